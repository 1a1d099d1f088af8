using System.Text;
using Cms.Articles;
using Cms.Body;
using Cms.Foundation;
using Cms.Reading;

namespace Cms.Search;

/// <summary>The part of an article in which search terms were found.</summary>
public enum SearchField
{
    /// <summary>The headline.</summary>
    Headline,

    /// <summary>The summary.</summary>
    Summary,

    /// <summary>The body of the article, or a take.</summary>
    Text,
}

/// <summary>A passage that contains search terms.</summary>
/// <param name="Field">The part of the article that contains the passage.</param>
/// <param name="Html">
/// The whole headline or summary, or the passage of the text that contains the largest number of different search
/// terms. It is escaped for HTML, with each match in a <c>mark</c> element. Other forms of a word also match: ‘ships’
/// and ‘shipping’ for ‘ship’.
/// </param>
public sealed record SearchHighlight(SearchField Field, string Html);

/// <summary>The searchable text of a published article.</summary>
public sealed record SearchText
{
    public ArticleId ArticleId { get; init; }

    public string Headline { get; init; } = "";

    public string Summary { get; init; } = "";

    public string Text { get; init; } = "";
}

/// <summary>Loads the searchable texts of published articles.</summary>
public sealed class SearchTextByArticle(ReadContexts contexts, CompiledQueries queries)
    : RowById<ArticleId, SearchDocument, SearchText>(contexts, queries)
{
    private static readonly Projection<SearchDocument, SearchText> Whole = new(
        document => new SearchText
        {
            ArticleId = document.ArticleId,
            Headline = document.Headline,
            Summary = document.Summary,
            Text = document.Text,
        },
        nameof(SearchText.ArticleId)
    );

    private static readonly KeyedQuery<ArticleId, SearchDocument> ByArticle = new(
        "search text by article",
        (db, id) => db.SearchDocuments.Where(d => d.ArticleId == id),
        (db, ids) => db.SearchDocuments.Where(d => ids.Contains(d.ArticleId))
    );

    private protected override Projection<SearchDocument, SearchText> Rows => Whole;

    private protected override KeyedQuery<ArticleId, SearchDocument> Query => ByArticle;

    private protected override ArticleId KeyOf(SearchText row) => row.ArticleId;
}

/// <summary>
/// Marks the words of a search in a text, in the same way for every database. It ignores accents and case, and matches
/// the regular English forms of a word.
/// </summary>
public sealed class SearchHighlighter(SearchTerms terms)
{
    // The lengths are in characters. A passage has about three lines on a phone.
    private const int PassageLength = 240;
    private const int Lead = 60;

    private const string Dot = " · ";

    // Many unrelated words share a shorter stem.
    private const int ShortestStem = 3;

    private static readonly HashSet<string> Endings = new(
        ["", "s", "es", "e", "d", "ed", "ing", "er", "ers", "ly", "y", "ies", "ied", "ion", "ions"],
        StringComparer.Ordinal
    );

    private readonly List<(List<string> Words, bool IsPrefix)> _terms =
    [
        .. terms.All.Select(term => (term.Words.Select(Fold).ToList(), term.IsPrefix)),
    ];

    public List<SearchHighlight> Of(SearchText text)
    {
        List<SearchHighlight> highlights = [];
        Add(SearchField.Headline, text.Headline, whole: true);
        Add(SearchField.Summary, text.Summary, whole: true);
        Add(SearchField.Text, text.Text, whole: false);
        return highlights;

        void Add(SearchField field, string value, bool whole)
        {
            value = InOneLine(value);
            if (Find(value) is [_, ..] found)
            {
                var (start, end) = whole ? (0, value.Length) : Passage(value, found);
                highlights.Add(new SearchHighlight(field, Mark(value, start, end, found)));
            }
        }
    }

    /// <summary>Finds the terms in the text and returns the matches in text order.</summary>
    private List<Match> Find(string text)
    {
        var words = Words(text);
        List<Match> found = [];
        for (var at = 0; at < words.Count; )
        {
            var (term, length) = TermAt(words, at);
            if (length > 0)
            {
                found.Add(new Match(words[at].Start, words[at + length - 1].End, term));
            }

            at += Math.Max(1, length);
        }

        return found;
    }

    private (int Term, int Length) TermAt(List<Word> words, int at)
    {
        for (var term = 0; term < _terms.Count; term++)
        {
            var (asked, isPrefix) = _terms[term];
            if (at + asked.Count > words.Count)
            {
                continue;
            }

            var matches = true;
            for (var i = 0; matches && i < asked.Count; i++)
            {
                var word = words[at + i].Folded;
                matches =
                    isPrefix && i == asked.Count - 1
                        ? word.StartsWith(asked[i], StringComparison.Ordinal)
                        : IsForm(word, asked[i]);
            }

            if (matches)
            {
                return (term, asked.Count);
            }
        }

        return (0, 0);
    }

    // Returns the first passage with the most distinct terms. It begins a little before a match.
    private static (int Start, int End) Passage(string text, List<Match> found)
    {
        var (best, most) = (0, 0);
        for (var i = 0; i < found.Count; i++)
        {
            var limit = found[i].Start + PassageLength - Lead;
            var terms = new HashSet<int>();
            for (var j = i; j < found.Count && found[j].End <= limit; j++)
            {
                terms.Add(found[j].Term);
            }

            if (terms.Count > most)
            {
                (best, most) = (i, terms.Count);
            }
        }

        var first = found[best];
        var start = Math.Max(0, first.Start - Lead);
        var end = Math.Min(text.Length, Math.Max(start + PassageLength, first.End));
        return (
            start == 0 ? 0 : WordStart(text, start, first.Start),
            end == text.Length ? end : WordEnd(text, end, first.End)
        );
    }

    private static int WordStart(string text, int from, int limit)
    {
        var space = text.AsSpan(from, limit - from).IndexOf(' ');
        return space < 0 ? limit
            : text.AsSpan(from + space).StartsWith(Dot, StringComparison.Ordinal) ? from + space + Dot.Length
            : from + space + 1;
    }

    private static int WordEnd(string text, int to, int limit)
    {
        var space = text.AsSpan(limit, to - limit).LastIndexOf(' ');
        return space < 0 ? limit
            : text.AsSpan(limit, space + 1).EndsWith(Dot, StringComparison.Ordinal) ? limit + space + 1 - Dot.Length
            : limit + space;
    }

    private static string Mark(string text, int start, int end, List<Match> found)
    {
        var html = new StringBuilder(end - start + 64);
        if (start > 0)
        {
            html.Append("… ");
        }

        var at = start;
        foreach (var match in found)
        {
            if (match.Start >= at && match.End <= end)
            {
                html.AppendEscaped(text[at..match.Start])
                    .Append("<mark>")
                    .AppendEscaped(text[match.Start..match.End])
                    .Append("</mark>");
                at = match.End;
            }
        }

        html.AppendEscaped(text[at..end]);
        return (end < text.Length ? html.Append(" …") : html).ToString();
    }

    // Headings, list items and table cells often end without a mark, so a dot keeps them apart from what follows.
    private static string InOneLine(string text)
    {
        if (!text.AsSpan().ContainsAny('\n', '\t'))
        {
            return text;
        }

        var line = new StringBuilder(text.Length + 32);
        var isBreak = false;
        foreach (var c in text)
        {
            if (c is '\n' or '\t')
            {
                isBreak = true;
                continue;
            }

            if (isBreak && line.Length > 0)
            {
                line.Append(char.IsLetterOrDigit(line[^1]) ? Dot : " ");
            }

            isBreak = false;
            line.Append(c);
        }

        return line.ToString();
    }

    private static bool IsForm(string word, string asked)
    {
        if (word == asked)
        {
            return true;
        }

        var shared = word.AsSpan().CommonPrefixLength(asked);
        return shared >= ShortestStem
            && IsEnding(word, shared)
            && IsEnding(asked, shared)
            && (word[shared..], asked[shared..])
                is not
                    ("y", not "ies" and not "ied")
                    and not
                    (not "ies" and not "ied", "y");
    }

    // A doubled consonant is part of the ending: ‘shipped’ for ‘ship’.
    private static bool IsEnding(string word, int at) =>
        Endings.Contains(word[at..])
        || (word.Length > at + 1 && word[at] == word[at - 1] && word[(at + 1)..] is "ed" or "ing" or "er" or "ers");

    private static List<Word> Words(string text)
    {
        List<Word> words = [];
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && IsPart(text[i]);
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                words.Add(new Word(start, i, Fold(text[start..i])));
                start = -1;
            }
        }

        return words;
    }

    // Surrogates are halves of characters and are treated as parts of words.
    private static bool IsPart(char c) =>
        char.IsLetterOrDigit(c)
        || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;

    private static string Fold(string word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            if (char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (char.IsAscii(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (LatinLetters.Spell(c) is { Length: 1 } plain)
            {
                folded.Append(plain);
            }
            else
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }

    private readonly record struct Word(int Start, int End, string Folded);

    private readonly record struct Match(int Start, int End, int Term);
}
