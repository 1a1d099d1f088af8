using System.Globalization;
using System.Text;

namespace Cms.Search;

/// <summary>
/// Splits a text into words as SQLite's index does (<c>porter unicode61 remove_diacritics 2</c>). The words are stemmed
/// and in lower case, without accents. A space on both sides of each word lets LIKE find whole words, prefixes and
/// phrases. A bar ends each of the three fields. Words consist of letters and digits, without LIKE wildcards.
/// </summary>
public static class SearchWords
{
    private const char EndOfField = '|';

    // The combining marks that SQLite treats as accents: one bit per mark, from U+0300. Other marks separate words.
    private const int FirstAccent = 0x300;
    private const ulong Accents = 0x0003_61F8_0802_9FDF;

    /// <summary>Returns the words that a <see cref="SearchDocument" /> stores.</summary>
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

    /// <summary>
    /// Returns three LIKE patterns that find a term: in any field, in the headline, and in the summary. Returns null if
    /// the term contains no word.
    /// </summary>
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

    // Removes combining accents after all letters, but removes precomposed accents only from ASCII letters.
    private static void Fold(Rune rune, StringBuilder word)
    {
        if (IsAccent(rune))
        {
            return;
        }

        // Converts to upper case first, because some letters have two lower-case forms, such as σ and ς.
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
