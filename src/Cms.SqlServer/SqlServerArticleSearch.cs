using System.Linq.Expressions;
using Cms.Data;
using Cms.Search;
using Microsoft.EntityFrameworkCore;

namespace Cms.SqlServer;

/// <summary>SQL Server full-text search, or LIKE where the server has no full-text component.</summary>
public sealed class SqlServerArticleSearch : IArticleSearch
{
    /// <summary>Whether the full-text index stands; learnt from the server at start.</summary>
    public bool HasFullText { get; set; } = true;

    /// <summary>CONTAINSTABLE takes its terms as an argument that EF writes anew each time.</summary>
    public Expression<Func<CmsDbContext, string, IQueryable<SearchHit>>>? MatchWritten => null;

    public IQueryable<SearchHit> Match(CmsDbContext db, SearchTerms terms) =>
        HasFullText ? FullText(db, terms) : Like(db, terms);

    private IQueryable<SearchHit> FullText(CmsDbContext db, SearchTerms terms) =>
        db.Database.SqlQuery<SearchHit>(
            $"""
            SELECT [found].[KEY] AS [DocumentId], CAST(-[found].[RANK] AS float) AS [Rank]
            FROM CONTAINSTABLE([SearchDocuments], ([Headline], [Summary], [Text]), {Write(terms)}) AS [found]
            """
        );

    // Each term is quoted letters and digits; INFLECTIONAL finds ‘ships’ and ‘shipped’ for ‘ship’.
    public string Write(SearchTerms terms) =>
        string.Join(
            " AND ",
            terms.All.Select(term =>
                term is { Words: [var word], IsPrefix: false }
                    ? $"FORMSOF(INFLECTIONAL, \"{word}\")"
                    : $"\"{string.Join(' ', term.Words)}{(term.IsPrefix ? "*" : "")}\""
            )
        );

    // The stored words hold nothing that LIKE reads as a pattern, and neither do the terms: see SearchWords.
    private static IQueryable<SearchHit> Like(CmsDbContext db, SearchTerms terms)
    {
        var documents = db.SearchDocuments.AsQueryable();
        var all = terms.All.Select(SearchWords.Patterns).OfType<(string Anywhere, string Headline, string Summary)>();
        var (headline, summary) = ("", "");
        foreach (var (pattern, inHeadline, inSummary) in all.Reverse())
        {
            documents = documents.Where(d => EF.Functions.Like(d.Words, pattern));
            (headline, summary) = (inHeadline, inSummary);
        }

        // Of a search without a word nothing is found, as in SQLite.
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
