using System.Globalization;
using System.Text;

namespace Cms.Search;

/// <summary>A search term: a word, a prefix or a phrase.</summary>
public sealed record SearchTerm(IReadOnlyList<string> Words, bool IsPrefix);

/// <summary>
/// A reader's query, split into words, <c>"quoted phrases"</c> and prefixes<c>*</c> of three letters or more. Only
/// letters, accents and digits are retained, so databases cannot interpret the query as syntax.
/// </summary>
public sealed record SearchTerms(IReadOnlyList<SearchTerm> All)
{
    public const int MaxTerms = 16;
    public const int MaxWords = 16;

    /// <summary>The maximum length of a word, in characters.</summary>
    public const int MaxWordLength = 64;
    private const int ShortestPrefix = 3;

    /// <summary>
    /// Whether to search only headlines, for a partner who does not receive the whole texts. Otherwise, a match would tell
    /// that a text contains a word.
    /// </summary>
    public bool IsOnlyInHeadlines { get; init; }

    /// <summary>Whether the query contains no words.</summary>
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
                        // A word that splits into several, such as ‘HTTP/3’, becomes a phrase.
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
                // Appends only whole characters, because half of a surrogate pair is not valid text.
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
