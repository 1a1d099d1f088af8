using System.Linq.Expressions;
using Cms.Data;
using Cms.Search;

namespace Cms.Sqlite;

/// <summary>
/// Searches with SQLite FTS5, which stems words and ignores accents. Headlines rank above summaries, and summaries
/// above text (bm25 weights 8, 4, 1).
/// </summary>
internal sealed class SqliteArticleSearch : IArticleSearch
{
    private static readonly Expression<Func<CmsDbContext, string, IQueryable<SearchHit>>> Matching = (db, written) =>
        db.Set<FullTextRow>()
            .Where(row => row.Terms == written)
            .Select(row => new SearchHit { DocumentId = row.RowId, Rank = row.Rank });

    private static readonly Func<CmsDbContext, string, IQueryable<SearchHit>> Find = Matching.Compile();

    public Expression<Func<CmsDbContext, string, IQueryable<SearchHit>>>? MatchWritten => Matching;

    public IQueryable<SearchHit> Match(CmsDbContext db, SearchTerms terms) => Find(db, Write(terms));

    public IQueryable<SearchHit> MatchDesk(CmsDbContext db, SearchTerms terms)
    {
        var written = Write(terms);
        return db.Set<DeskTextRow>()
            .Where(row => row.Terms == written)
            .Select(row => new SearchHit { DocumentId = row.RowId, Rank = row.Rank });
    }

    // Each term is a quoted FTS5 string of letters and digits. A star after it makes its last word a prefix.
    public string Write(SearchTerms terms)
    {
        var all = string.Join(
            " AND ",
            terms.All.Select(term => $"\"{string.Join(' ', term.Words)}\"{(term.IsPrefix ? "*" : "")}")
        );
        return terms.IsOnlyInHeadlines ? $"Headline : ({all})" : all;
    }
}
