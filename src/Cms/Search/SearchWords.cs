using System.Globalization;
using System.Text;

namespace Cms.Search;

/// <summary>
/// The words of a text as SQLite's index has them (<c>porter unicode61 remove_diacritics 2</c>): lower case, without accents, stemmed.
/// Each has a space on both sides, so that LIKE finds whole words, beginnings of words and words in a row, and a bar ends each of
/// the three fields. Words hold letters and digits only, so none is a pattern of LIKE.
/// </summary>
public static class SearchWords
{
    private const char EndOfField = '|';

    // The marks that SQLite counts as accents, a bit for each from U+0300; any other mark divides words.
    private const int FirstAccent = 0x300;
    private const ulong Accents = 0x0003_61F8_0802_9FDF;

    /// <summary>What a <see cref="SearchDocument" /> stores.</summary>
    public static string Of(string headline, string summary, string text)
    {
        var words = new StringBuilder(headline.Length + summary.Length + text.Length + 8);
        foreach (var field in (ReadOnlySpan<string>)[headline, summary, text])
        {
            words.Append(' ');
            foreach (var word in Split(field))
            {
                words.Append(word).Append(' ');
            }

            words.Append(EndOfField);
        }

        return words.ToString();
    }

    /// <summary>The patterns of LIKE that find a term: anywhere, in the headline, in the summary; null for a term without a word.</summary>
    public static (string Anywhere, string Headline, string Summary)? Patterns(SearchTerm term)
    {
        var words = Split(string.Join(' ', term.Words)).ToList();
        if (words.Count == 0)
        {
            return null;
        }

        var row = $"% {string.Join(' ', words)}{(term.IsPrefix ? "" : " ")}%";
        return (row, $"{row}|%|%|", $"%|{row}|%|");
    }

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii ? Rune.IsLetterOrDigit(rune) : IsPart(rune))
            {
                Fold(rune, word);
            }
            else if (word.Length > 0)
            {
                yield return Stem(word);
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return Stem(word);
        }
    }

    private static bool IsPart(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter
                or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.LetterNumber
                or UnicodeCategory.OtherNumber
                or UnicodeCategory.PrivateUse
        || IsAccent(rune);

    private static bool IsAccent(Rune rune) =>
        rune.Value is >= FirstAccent and < FirstAccent + 64 && (Accents >> (rune.Value - FirstAccent) & 1) is 1;

    // Accents go from Latin letters, and from no others.
    private static void Fold(Rune rune, StringBuilder word)
    {
        if (IsAccent(rune))
        {
            return;
        }

        // By way of the capital, because some letters have two small ones: σ and ς.
        var lower = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        var plain = lower.IsAscii
            ? lower
            : lower.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes().First();
        word.Append((plain.IsAscii ? Rune.ToLowerInvariant(plain) : lower).ToString());
    }

    private static string Stem(StringBuilder word)
    {
        var text = word.ToString();
        var length = Encoding.UTF8.GetByteCount(text);
        var bytes = new byte[length + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return Encoding.UTF8.GetString(bytes, 0, PorterStem.Of(bytes, length));
    }
}
