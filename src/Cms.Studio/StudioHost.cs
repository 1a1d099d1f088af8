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

    /// <summary>The address of the reader site without a slash at the end: empty if this server shows it, null if nobody knows it.</summary>
    public string? SiteUrl { get; init; }

    /// <summary>Whether the address of the reader site is known.</summary>
    public bool HasSite => SiteUrl is not null;

    /// <summary>Returns the address of a page of the reader site.</summary>
    /// <param name="path">The path of the page.</param>
    public string SiteUrlOf(string path) => SiteUrl + path;

    /// <summary>Returns for whom a request asks the API.</summary>
    public Caller CallerOf(HttpContext http) =>
        new(
            http.Request.Cookies.TryGetValue(SessionCookie, out var session)
                ? $"{SessionCookie}={Uri.EscapeDataString(session)}"
                : null,
            Address: http.Connection.RemoteIpAddress
        );
}
