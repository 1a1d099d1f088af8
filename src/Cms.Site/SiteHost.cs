using Cms.Site.Api;

namespace Cms.Site;

/// <summary>Where the site runs: inside the server, or alone in front of an API.</summary>
public sealed record SiteHost
{
    /// <summary>The name of the session cookie; null if the site cannot sign readers in.</summary>
    public string? SessionCookie { get; init; }

    /// <summary>Whether readers can sign in here.</summary>
    public bool CanSignIn => SessionCookie is not null;

    /// <summary>How long a page is shown without asking the API whether it has changed.</summary>
    public TimeSpan Revalidate { get; init; }

    /// <summary>Links for developers, which are shown on every page in Development.</summary>
    public IReadOnlyList<SiteLink> DeveloperLinks { get; init; } = [];

    /// <summary>The cookie with the token of a preview link.</summary>
    public const string PreviewCookie = "cms-preview";

    /// <summary>Returns for whom a request asks the API.</summary>
    public Caller CallerOf(HttpContext http) =>
        new(
            SessionCookie is { } name && http.Request.Cookies.TryGetValue(name, out var session)
                ? $"{name}={Uri.EscapeDataString(session)}"
                : null,
            Preview: null,
            http.Connection.RemoteIpAddress
        );
}
