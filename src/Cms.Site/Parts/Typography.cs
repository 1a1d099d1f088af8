using System.Text;

namespace Cms.Site.Parts;

/// <summary>Typographic quotes for English words that were typed with straight ones.</summary>
public static class Typography
{
    private const string OpensAfter = " \u00a0\t\n\r([{—–-“‘/";

    /// <summary>Returns the text with typographic quotes.</summary>
    /// <param name="language">The language of the text (BCP 47). Only English is changed, because other languages have other quotes.</param>
    public static string Curl(string text, string language)
    {
        var before = ' ';
        return IsCurled(language) ? Curl(text, ref before) : text;
    }

    /// <summary>Returns whether text in a language gets typographic quotes.</summary>
    public static bool IsCurled(string language) =>
        language.Equals("en", StringComparison.OrdinalIgnoreCase)
        || language.StartsWith("en-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a part of a text with typographic quotes.</summary>
    /// <param name="before">The character before the part; afterwards its last one.</param>
    internal static string Curl(string text, ref char before)
    {
        if (text.Length == 0)
        {
            return text;
        }

        if (text.AsSpan().IndexOfAny('"', '\'') < 0)
        {
            before = text[^1];
            return text;
        }

        StringBuilder curled = new(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var mark = text[i];
            if (mark is '"' or '\'')
            {
                // Before digits an apostrophe stands for what is left out, as in ’90s.
                var isLeftOut = mark is '\'' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]);
                var opens = OpensAfter.Contains(before, StringComparison.Ordinal) && !isLeftOut;
                mark = (mark, opens) switch
                {
                    ('"', true) => '“',
                    ('"', false) => '”',
                    (_, true) => '‘',
                    _ => '’',
                };
            }

            before = mark;
            curled.Append(mark);
        }

        return curled.ToString();
    }
}
