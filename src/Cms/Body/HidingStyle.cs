using System.Globalization;
using System.Text.RegularExpressions;

namespace Cms.Body;

/// <summary>Checks whether a <c>style</c> attribute hides its element, by the rules of CSS.</summary>
internal static partial class HidingStyle
{
    /// <summary>Returns whether the declarations hide the element and everything in it.</summary>
    public static bool Hides(string style)
    {
        var (isCut, isEmpty) = (false, false);
        foreach (var (name, value) in Declarations(style))
        {
            switch (name)
            {
                case "display" when value is "none" || IsComputed(value):
                case "visibility" when value is "hidden" or "collapse" || IsComputed(value):
                case "content-visibility" when value is "hidden" || IsComputed(value):
                case "opacity" when IsNone(value):
                    return true;
                case "overflow" or "overflow-x" or "overflow-y":
                    isCut |=
                        value.Contains("hidden", StringComparison.Ordinal)
                        || value.Contains("clip", StringComparison.Ordinal);
                    break;
                case "height" or "max-height" or "width" or "max-width":
                    isEmpty |= Zero().IsMatch(value);
                    break;
                default:
                    break;
            }
        }

        return isCut && isEmpty;
    }

    /// <summary>Returns whether the font size is zero. An element inside it can set a different size.</summary>
    public static bool HasNoSize(string style) =>
        Declarations(style).Any(declaration => declaration.Name is "font-size" && Zero().IsMatch(declaration.Value));

    private static IEnumerable<(string Name, string Value)> Declarations(string style)
    {
        foreach (var declaration in Token().Replace(style, Plain).Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                var value = declaration[(colon + 1)..];
                var important = value.IndexOf('!', StringComparison.Ordinal);
                yield return (
                    declaration[..colon].Trim().ToLowerInvariant(),
                    (important < 0 ? value : value[..important]).Trim().ToLowerInvariant()
                );
            }
        }
    }

    // The result of a function such as var() is not known, so it may hide the element.
    private static bool IsComputed(string value) => value.Contains('(', StringComparison.Ordinal);

    private static bool IsNone(string value) =>
        double.TryParse(value.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var part)
            ? part <= 0
            : IsComputed(value);

    // Replaces a comment with a space, a quoted string with an empty string, and an escape sequence with the letter,
    // digit or hyphen that it stands for. Escape sequences for other characters become an underscore.
    private static string Plain(Match token) =>
        token.Value switch
        {
            ['/', ..] => " ",
            ['"' or '\'', ..] => "''",
            ['\\', .. var hex] when char.IsAsciiHexDigit(hex[0]) => Letter(
                int.Parse(hex.AsSpan().Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            ),
            ['\\', var other] => Letter(other),
            _ => "_",
        };

    private static string Letter(int code) =>
        code is '-' || (code < 128 && char.IsAsciiLetterOrDigit((char)code)) ? ((char)code).ToString() : "_";

    [GeneratedRegex(
        """/\*.*?(\*/|$)|"([^"\\\n]|\\.)*"?|'([^'\\\n]|\\.)*'?|\\([0-9a-f]{1,6}[ \t\r\n\f]?|.)""",
        RegexOptions.Singleline
            | RegexOptions.IgnoreCase
            | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Token();

    [GeneratedRegex(
        @"^[+-]?(0+\.?0*|\.0+)[a-z%]*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Zero();
}
