using System.Globalization;
using System.Text;

namespace Cms.Foundation;

/// <summary>
/// An absolute http or https address (RFC 3986), letters of other alphabets allowed (RFC 3987). It names no user, which
/// only misleads about where a link goes.
/// </summary>
public static class WebAddress
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 2000;

    public static bool IsWellFormed(string text) =>
        text.Length <= MaxLength
        && !text.EnumerateRunes().Any(IsForbidden)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0;

    // Uri lets these through; none of them may stand in an address unescaped.
    private static bool IsForbidden(Rune letter) =>
        letter.Value is '\\' or '"' or '<' or '>'
        || letter == Rune.ReplacementChar
        || Rune.IsWhiteSpace(letter)
        || Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format;
}
