using System.Globalization;
using System.Text;

namespace Cms.Search;

/// <summary>One thing to look for: a word, the beginning of a word, or words in a row.</summary>
public sealed record SearchTerm(IReadOnlyList<string> Words, bool IsPrefix);

/// <summary>
/// A reader's words, taken apart: terms, <c>"quoted phrases"</c> and prefixes<c>*</c> of three letters or more. Only
/// letters and digits come through, so no engine ever sees what a reader typed as its own syntax.
/// </summary>
public sealed record SearchTerms(IReadOnlyList<SearchTerm> All)
{
    public const int MaxTerms = 16;
    public const int MaxWords = 16;

    /// <summary>In characters.</summary>
    public const int MaxWordLength = 64;
    private const int ShortestPrefix = 3;

    /// <summary>Nothing but spaces and marks was typed.</summary>
    public bool IsEmpty => All.Count == 0;

    public static SearchTerms Parse(string text)
    {
        List<SearchTerm> terms = [];
        var quoted = false;
        foreach (var part in text.Split('"'))
        {
            if (quoted)
            {
                if (Words(part) is [_, ..] phrase)
                {
                    terms.Add(new SearchTerm(phrase, IsPrefix: false));
                }
            }
            else
            {
                foreach (var word in part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                {
                    if (Words(word) is [_, ..] words)
                    {
                        // What one word breaks into, as in ‘HTTP/3’, stands in a row.
                        terms.Add(new SearchTerm(words, word.EndsWith('*') && words[^1].Length >= ShortestPrefix));
                    }
                }
            }

            quoted = !quoted;
        }

        return new SearchTerms([.. terms.Take(MaxTerms)]);
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                // Whole letters only: half of one would be no text.
                if (word.Length + rune.Utf16SequenceLength <= MaxWordLength)
                {
                    word.Append(rune);
                }
            }
            else
            {
                Close();
            }
        }

        Close();
        return words.Count > MaxWords ? words[..MaxWords] : words;

        void Close()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }
}
