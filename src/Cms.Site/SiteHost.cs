using Cms.Site.Partners;

namespace Cms.Site;

/// <summary>Where the site runs: inside the server, or alone in front of an API.</summary>
public sealed record SiteHost
{
    /// <summary>The GraphQL documents of the site.</summary>
    public static Operations Operations { get; } = new(typeof(SiteHost).Assembly);

    /// <summary>The name of the session cookie; null if the site cannot sign readers in.</summary>
    public string? SessionCookie { get; init; }

    /// <summary>Whether readers can sign in here.</summary>
    public bool CanSignIn => SessionCookie is not null;

    /// <summary>
    /// Returns whether a request that changes something comes from a page of this site. Without sessions there is
    /// nothing that another site could change.
    /// </summary>
    public Func<HttpRequest, bool> IsOwn { get; init; } = _ => true;

    /// <summary>Returns an address if it is on this site, otherwise the other address.</summary>
    public Func<string?, string, string> ReturnTo { get; init; } = (_, otherwise) => otherwise;

    /// <summary>How long a page is shown without asking the API whether it has changed.</summary>
    public TimeSpan Revalidate { get; init; }

    /// <summary>
    /// Returns the number of the last public change, and how often changes may have been missed. Files such as feeds are
    /// not checked again while both stay the same. Null if they are not known, as in front of an API on another server.
    /// </summary>
    public Func<(long Number, long Gaps)?> LastChange { get; init; } = () => null;

    /// <summary>
    /// Returns whether an article may have been withdrawn after a change. Pages from before are then not shown without a
    /// check, even if readers have to wait. In front of an API on another server, this is not known.
    /// </summary>
    public Func<(long Number, long Gaps), bool> IsWithdrawnSince { get; init; } = _ => false;

    /// <summary>
    /// How files are kept for partners. Null if a partner's requests cannot be admitted and counted without the API, as in
    /// front of an API on another server: then each file is made again.
    /// </summary>
    public PartnerGate? Partners { get; init; }

    /// <summary>Links for developers, which are shown on every page in Development.</summary>
    public IReadOnlyList<SiteLink> DeveloperLinks { get; init; } = [];

    /// <summary>The cookie with the token of a preview link.</summary>
    public const string PreviewCookie = "cms-preview";

    private const int MaxTokenLength = 200;

    /// <summary>Returns whether a text can be the token of a preview link, and so be sent in a header.</summary>
    internal static bool IsToken(string text) =>
        text.Length is > 0 and <= MaxTokenLength
        && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-');

    /// <summary>Returns for whom a request asks the API.</summary>
    public Caller CallerOf(HttpContext http) =>
        new(
            SessionCookie is { } name && http.Request.Cookies.TryGetValue(name, out var session)
                ? $"{name}={Uri.EscapeDataString(session)}"
                : null,
            // A preview is of one article, and no other page may show it.
            http.Request.Path.StartsWithSegments("/articles", StringComparison.OrdinalIgnoreCase)
            && http.Request.Cookies.TryGetValue(PreviewCookie, out var token)
            && IsToken(token)
                ? token
                : null,
            http.Connection.RemoteIpAddress
        );
}
