using Cms.Studio.Access;

namespace Cms.Studio;

/// <summary>What the server tells the Studio about itself.</summary>
public sealed record StudioHost
{
    /// <summary>The GraphQL documents of the Studio.</summary>
    public static Operations Operations { get; } = new(typeof(StudioHost).Assembly);

    /// <summary>The name of the session cookie.</summary>
    public required string SessionCookie { get; init; }

    /// <summary>Returns who is signed in; null if nobody is.</summary>
    public required Func<HttpContext, StudioVisitor?> VisitorOf { get; init; }

    /// <summary>Returns whether a request that changes something comes from a page of this server.</summary>
    public required Func<HttpRequest, bool> IsOwn { get; init; }

    /// <summary>
    /// Stores the file of an upload that the API has created. Returns false if the file is too large.
    /// </summary>
    public required Func<string, Stream, CancellationToken, Task<bool>> StoreFile { get; init; }

    /// <summary>The origin to which browsers send files, if it is not this server; otherwise null.</summary>
    public string? UploadOrigin { get; init; }

    /// <summary>The time zone in which the newsroom plans.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Whether readers can be shown a story by this server.</summary>
    public bool HasSite { get; init; }

    /// <summary>Returns for whom a request asks the API.</summary>
    public Caller CallerOf(HttpContext http) =>
        new(
            http.Request.Cookies.TryGetValue(SessionCookie, out var session)
                ? $"{SessionCookie}={Uri.EscapeDataString(session)}"
                : null,
            Address: http.Connection.RemoteIpAddress
        );
}
