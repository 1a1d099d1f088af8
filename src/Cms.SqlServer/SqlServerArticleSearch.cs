using System.Linq.Expressions;
using Cms.Data;
using Cms.Search;
using Microsoft.EntityFrameworkCore;

namespace Cms.SqlServer;

/// <summary>
/// Searches with SQL Server's full-text search, or with LIKE if the server has no full-text component.
/// </summary>
public sealed class SqlServerArticleSearch : IArticleSearch
{
    /// <summary>Whether the full-text index exists; read from the server at startup.</summary>
    public bool HasFullText { get; set; } = true;

    /// <summary>Whether the desk's full-text index exists; read from the server at startup.</summary>
    public bool HasDeskFullText { get; set; } = true;

    /// <summary>
    /// Always null: EF writes the argument of CONTAINSTABLE again for each execution, so the query cannot be compiled
    /// once.
    /// </summary>
    public Expression<Func<CmsDbContext, string, IQueryable<SearchHit>>>? MatchWritten => null;

    public IQueryable<SearchHit> Match(CmsDbContext db, SearchTerms terms) =>
        !HasFullText ? Like(db.SearchDocuments, terms)
        : terms.IsOnlyInHeadlines ? InHeadlines(db, terms)
        : FullText(db, terms);

    public IQueryable<SearchHit> MatchDesk(CmsDbContext db, SearchTerms terms) =>
        HasDeskFullText
            ? db.Database.SqlQuery<SearchHit>(
                $"""
                SELECT [found].[KEY] AS [DocumentId], CAST(-[found].[RANK] AS float) AS [Rank]
                FROM CONTAINSTABLE([DeskDocuments], ([Headline], [Summary], [Text]), {Write(terms)}) AS [found]
                """
            )
            : Like(db.DeskDocuments, terms);

    private IQueryable<SearchHit> FullText(CmsDbContext db, SearchTerms terms) =>
        db.Database.SqlQuery<SearchHit>(
            $"""
            SELECT [found].[KEY] AS [DocumentId], CAST(-[found].[RANK] AS float) AS [Rank]
            FROM CONTAINSTABLE([SearchDocuments], ([Headline], [Summary], [Text]), {Write(terms)}) AS [found]
            """
        );

    private IQueryable<SearchHit> InHeadlines(CmsDbContext db, SearchTerms terms) =>
        db.Database.SqlQuery<SearchHit>(
            $"""
            SELECT [found].[KEY] AS [DocumentId], CAST(-[found].[RANK] AS float) AS [Rank]
            FROM CONTAINSTABLE([SearchDocuments], ([Headline]), {Write(terms)}) AS [found]
            """
        );

    // Each term is a quoted text of letters and digits. INFLECTIONAL finds ‘ships’ and ‘shipped’ for ‘ship’.
    public string Write(SearchTerms terms) =>
        string.Join(
            " AND ",
            terms.All.Select(term =>
                term is { Words: [var word], IsPrefix: false }
                    ? $"FORMSOF(INFLECTIONAL, \"{word}\")"
                    : $"\"{string.Join(' ', term.Words)}{(term.IsPrefix ? "*" : "")}\""
            )
        );

    // Neither the stored words nor the terms contain wildcards of LIKE: see SearchWords.
    private static IQueryable<SearchHit> Like<T>(IQueryable<T> documents, SearchTerms terms)
        where T : SearchableText
    {
        var all = terms.All.Select(SearchWords.Patterns).OfType<(string Anywhere, string Headline, string Summary)>();
        var (headline, summary) = ("", "");
        foreach (var (pattern, inHeadline, inSummary) in all.Reverse())
        {
            var searched = terms.IsOnlyInHeadlines ? inHeadline : pattern;
            documents = documents.Where(d => EF.Functions.Like(d.Words, searched));
            (headline, summary) = (inHeadline, inSummary);
        }

        // A search without a word finds nothing, as on SQLite.
        documents = headline.Length == 0 ? documents.Where(d => false) : documents;
        return documents.Select(d => new SearchHit
        {
            DocumentId = d.Id,
            Rank =
                EF.Functions.Like(d.Words, headline) ? 0
                : EF.Functions.Like(d.Words, summary) ? 1
                : 2,
        });
    }
}
