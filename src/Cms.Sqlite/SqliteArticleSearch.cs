using Cms.Data;
using Cms.Search;
using Microsoft.EntityFrameworkCore;

namespace Cms.Sqlite;

/// <summary>SQLite FTS5: stemmed words, accents aside, headlines before summaries before text (bm25 weights 8, 4, 1).</summary>
internal sealed class SqliteArticleSearch : IArticleSearch
{
    public IQueryable<SearchHit> Match(CmsDbContext db, SearchTerms terms) =>
        db.Database.SqlQuery<SearchHit>(
            $"""
            SELECT "rowid" AS "DocumentId", bm25("ArticleSearch", 8.0, 4.0, 1.0) AS "Rank"
            FROM "ArticleSearch" WHERE "ArticleSearch" MATCH {Expression(terms)}
            """
        );

    // Each term is a quoted FTS5 string of letters and digits; a star behind it makes its last word a prefix.
    private static string Expression(SearchTerms terms) =>
        string.Join(
            " AND ",
            terms.All.Select(term => $"\"{string.Join(' ', term.Words)}\"{(term.IsPrefix ? "*" : "")}")
        );
}
