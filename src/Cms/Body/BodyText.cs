using System.Buffers;

namespace Cms.Body;

/// <summary>Checks and cleans the characters of a body.</summary>
internal static class BodyText
{
    public const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> Suspects = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(code => (char)code),
        .. Enumerable.Range(0x7F, 0x21).Select(code => (char)code),
        '\u2028',
        '\u2029',
        '\uFFFE',
        '\uFFFF',
    ]);

    /// <summary>
    /// Cleans inline text. Tabs and line ends become spaces, as in HTML. Returns null if the text contains any other
    /// control character.
    /// </summary>
    public static string? Running(string text) =>
        text.AsSpan().IndexOfAny(Suspects) < 0 ? text : Clean(text, code: false, strict: true);

    /// <summary>
    /// Cleans code. Tabs stay, and every line end becomes a line feed. Returns null if the code contains any other
    /// control character.
    /// </summary>
    public static string? Code(string text) =>
        text.AsSpan().IndexOfAny(Suspects) < 0 ? text : Clean(text, code: true, strict: true);

    /// <summary>Cleans text of unknown origin. Characters that are not allowed become U+FFFD.</summary>
    public static string Repair(string text, bool code = false)
    {
        var repaired = text.AsSpan().IndexOfAny(Suspects) < 0 ? text : Clean(text, code, strict: false)!;
        return repaired.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? repaired : WithoutLoneSurrogates(repaired);
    }

    private static string? Clean(string text, bool code, bool strict)
    {
        var clean = new char[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is '\r' && i + 1 < text.Length && text[i + 1] is '\n')
            {
                continue;
            }

            clean[length++] = character switch
            {
                '\t' when code => '\t',
                '\n' or '\r' or '\u2028' or '\u2029' => code ? '\n' : ' ',
                '\t' => ' ',
                _ when !Suspects.Contains(character) => character,
                _ => Replacement,
            };
            if (strict && clean[length - 1] is Replacement && character is not Replacement)
            {
                return null;
            }
        }

        return new string(clean, 0, length);
    }

    private static string WithoutLoneSurrogates(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
