namespace Cms.Site.Parts;

/// <summary>Links to other sites.</summary>
internal static class Outside
{
    /// <summary>Returns the URL if it leads to a web page; otherwise null.</summary>
    public static Uri? Of(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp)
            ? parsed
            : null;

    /// <summary>Returns the host as readers know it, without <c>www.</c>.</summary>
    public static string HostOf(Uri url) => HostOf(url.IdnHost);

    /// <inheritdoc cref="HostOf(Uri)" />
    public static string HostOf(string host) =>
        host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}
