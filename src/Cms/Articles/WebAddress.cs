namespace Cms.Articles;

/// <summary>An absolute http or https address (RFC 3986).</summary>
public static class WebAddress
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 2000;

    public static bool IsWellFormed(string text) =>
        text.Length <= MaxLength
        && !text.AsSpan().ContainsAnyInRange('\0', ' ')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
