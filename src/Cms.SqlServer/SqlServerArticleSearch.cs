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

    private static IQueryable<SearchHit> Like(CmsDbContext db, SearchTerms terms)
    {
        var documents = db.SearchDocuments.AsQueryable();
        foreach (var term in terms.All)
        {
            var pattern = $"%{string.Join('%', term.Words)}%";
            documents = documents.Where(d =>
                EF.Functions.Like(d.Headline, pattern)
                || EF.Functions.Like(d.Summary, pattern)
                || EF.Functions.Like(d.Text, pattern)
            );
        }

        var first = $"%{string.Join('%', terms.All[0].Words)}%";
        return documents.Select(d => new SearchHit
        {
            DocumentId = d.Id,
            Rank =
                EF.Functions.Like(d.Headline, first) ? 0
                : EF.Functions.Like(d.Summary, first) ? 1
                : 2,
        });
    }
}
