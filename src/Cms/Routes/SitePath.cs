using System.Globalization;
using System.Text;

namespace Cms.Routes;

/// <summary>Paths of the front end, such as <c>/about/team</c>.</summary>
public static class SitePath
{
    /// <summary>The maximum length in characters, after unescaping.</summary>
    public const int MaxLength = 400;

    /// <summary>Returns the text before ? or #.</summary>
    public static ReadOnlySpan<char> WithoutQuery(string path) =>
        path.AsSpan(0, path.AsSpan().IndexOfAny('?', '#') is var end and >= 0 ? end : path.Length);

    /// <summary>
    /// Returns a path in the form in which paths are compared: unescaped, in lower case, without a slash at the end and
    /// without what follows ? or #. Returns null if it is not a path below the home page.
    /// </summary>
    public static string? Normalise(string path)
    {
        var plain = Uri.UnescapeDataString(WithoutQuery(path)).TrimEnd('/').ToLowerInvariant();
        return
            plain.Length is > 1 and <= MaxLength
            && plain[0] == '/'
            && plain[1] != '/'
            && !HasForbidden(plain)
            && !HasDots(plain)
            ? plain
            : null;
    }

    /// <summary>Returns whether a text has a letter that must be escaped in a URL, such as a space or a line break.</summary>
    public static bool HasForbidden(string text) => text.EnumerateRunes().Any(IsForbidden);

    // Browsers resolve the segments . and .. before they send a path (RFC 3986, section 5.2.4).
    private static bool HasDots(string path) => path.Split('/').Any(segment => segment is "." or "..");

    private static bool IsForbidden(Rune letter) =>
        letter.Value is '\\'
        || letter == Rune.ReplacementChar
        || Rune.IsWhiteSpace(letter)
        || Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format;
}
