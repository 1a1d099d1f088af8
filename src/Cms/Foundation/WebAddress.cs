using System.Globalization;
using System.Text;

namespace Cms.Foundation;

/// <summary>
/// An absolute http or https URL (RFC 3986), in which letters of any alphabet are allowed (RFC 3987). A user name is
/// not allowed, because it can hide where a link goes.
/// </summary>
public static class WebAddress
{
    /// <summary>The maximum length in characters.</summary>
    public const int MaxLength = 2000;

    public static bool IsWellFormed(string text) =>
        text.Length <= MaxLength
        && !text.EnumerateRunes().Any(IsForbidden)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0;

    // Uri accepts these characters, but a URL must escape them.
    private static bool IsForbidden(Rune letter) =>
        letter.Value is '\\' or '"' or '<' or '>'
        || letter == Rune.ReplacementChar
        || Rune.IsWhiteSpace(letter)
        || Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format;
}
