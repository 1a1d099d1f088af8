using System.Linq.Expressions;
using Cms.Articles;
using Cms.Articles.Reading;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Search;

/// <summary>An article that a search found.</summary>
public sealed class SearchResult
{
    /// <summary>The article.</summary>
    public required PublicArticle Article { get; init; }

    /// <summary>The article's rank among the results, used only in cursors.</summary>
    [GraphQLIgnore]
    public double Rank { get; init; }

    /// <summary>Marks the words of the search in texts.</summary>
    [GraphQLIgnore]
    public SearchHighlighter? Highlighter { get; set; }
}

/// <summary>A page of search results.</summary>
public sealed class SearchResultPage(Connection<SearchResult> page, SearchTerms terms) : Connection<SearchResult>(page)
{
    public SearchTerms Terms => terms;

    /// <summary>The filter of the search; null if it has none.</summary>
    internal ArticleFilter? Filter { get; init; }
}

/// <summary>Searches the articles visible to readers and returns the best matches first.</summary>
public sealed class SearchArticles(
    ReadContexts contexts,
    CompiledQueries queries,
    IArticleSearch search,
    CurrentViewer viewer
)
{
    /// <summary>The maximum length of a query, in characters.</summary>
    public const int MaxQuery = 400;

    /// <exception cref="RequestError">The search text is too long.</exception>
    internal static void Limit(string? query)
    {
        if (query?.Length > MaxQuery)
        {
            throw new RequestError(
                ErrorCodes.BadUserInput,
                $"Shorten the search text to at most {MaxQuery} characters."
            );
        }
    }

    public async Task<SearchResultPage> Handle(
        string query,
        PageArguments page,
        ArticleFilterInput? where,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        Limit(query);
        var list = ListHash.Of("search").With(query);
        list = where is null ? list : list.With(where);
        var (place, until) = (Place.Of(list, page.Cursor), Place.Of(list, page.Until));
        var terms = SearchTerms.Parse(query) with
        {
            IsOnlyInHeadlines = viewer.Value.Entitlement is { HasFullText: false } or { HiddenPersonas: [_, ..] },
        };
        if (terms.IsEmpty)
        {
            return new SearchResultPage(Connection.Empty<SearchResult>(page), terms);
        }

        // Every article affects the answer: a word's frequency in all articles determines its weight, and so the order.
        using var lease = await contexts.RentAsync(contexts.Reads.Any(ChangeSubject.Article), cancellationToken);
        var filter = where is null
            ? null
            : await ArticleFilter.CreateAsync(lease.Db, where, contexts.Reads, cancellationToken);
        var rows =
            (place, until, filter) is (null, null, null) && !page.Backward && search.MatchWritten is { } written
                ? await First(written, columns)(lease.Db, search.Write(terms), page.Size + 1)
                    .ReadAllAsync(page.Size + 1, cancellationToken)
                : await Page(lease.Db, Hits(search, lease.Db, terms, filter), page, place, until, columns)
                    .ToListAsync(cancellationToken);
        var highlighter = new SearchHighlighter(terms);
        rows.ForEach(row => row.Highlighter = highlighter);
        return new SearchResultPage(
            Connection.Page(
                rows,
                page,
                row => Cursor.Write(list, row.Article.Id, row.Rank),
                contexts.Counting(
                    db => Hits(search, db, terms, filter),
                    () => contexts.Reads.Any(ChangeSubject.Article)
                )
            ),
            terms
        )
        {
            Filter = filter,
        };
    }

    // Most requests are for the first page, so its query is compiled once and reused.
    private Func<CmsDbContext, string, int, IAsyncEnumerable<SearchResult>> First(
        Expression<Func<CmsDbContext, string, IQueryable<SearchHit>>> match,
        ColumnSet columns
    )
    {
        const string name = "first page of a search";
        var read = PublicArticle.Columns.Read(columns).Bits;
        return queries.Find<Func<CmsDbContext, string, int, IAsyncEnumerable<SearchResult>>>(name, read)
            ?? queries.Keep(name, read, Compile(match, columns));
    }

    private static Func<CmsDbContext, string, int, IAsyncEnumerable<SearchResult>> Compile(
        Expression<Func<CmsDbContext, string, IQueryable<SearchHit>>> match,
        ColumnSet columns
    )
    {
        Expression<Func<CmsDbContext, IQueryable<SearchHit>, int, IQueryable<Found>>> best = (db, matched, count) =>
            (
                from hit in matched
                join document in db.SearchDocuments on hit.DocumentId equals document.Id
                join listing in Visibility.Articles(db) on document.ArticleId equals listing.ArticleId
                where listing.FacetId == FacetId.All
                orderby hit.Rank, listing.ArticleId descending
                select new { listing.EditionId, hit.Rank }
            )
                .Take(count)
                .Join(db.Editions, h => h.EditionId, e => e.Id, (h, e) => new Found { Rank = h.Rank, Edition = e })
                .OrderBy(f => f.Rank);
        var (db, written, count) = (match.Parameters[0], match.Parameters[1], best.Parameters[2]);
        var found = new Substitution(best.Parameters[0], db).Visit(Visibility.Expand(best).Body);
        found = new Substitution(best.Parameters[1], match.Body).Visit(found);
        return EF.CompileAsyncQuery(
            Expression.Lambda<Func<CmsDbContext, string, int, IQueryable<SearchResult>>>(
                QueryExpressions.Select(found, Results(columns)),
                db,
                written,
                count
            )
        );
    }

    private static IQueryable<SearchResult> Page(
        CmsDbContext db,
        IQueryable<Hit> hits,
        PageArguments page,
        Place? place,
        Place? until,
        ColumnSet columns
    )
    {
        if (place is not null)
        {
            hits = Beside(hits, place, isBefore: page.Backward);
        }

        if (until is not null)
        {
            hits = Beside(hits, until, isBefore: !page.Backward);
        }

        var ordered = page.Backward
            ? hits.OrderByDescending(h => h.Rank).ThenBy(h => h.ArticleId)
            : hits.OrderBy(h => h.Rank).ThenByDescending(h => h.ArticleId);
        return ordered
            .Take(page.Size + 1)
            .Join(db.Editions, h => h.EditionId, e => e.Id, (h, e) => new Found { Rank = h.Rank, Edition = e })
            .OrderBy(f => page.Backward ? -f.Rank : f.Rank)
            .Select(Results(columns));
    }

    private static IQueryable<Hit> Beside(IQueryable<Hit> hits, Place place, bool isBefore) =>
        isBefore
            ? hits.Where(h => h.Rank <= place.Rank && (h.Rank < place.Rank || h.ArticleId > place.Id))
            : hits.Where(h => h.Rank >= place.Rank && (h.Rank > place.Rank || h.ArticleId < place.Id));

    /// <summary>Returns the articles visible to readers that match the terms and the filter, if there is one.</summary>
    internal static IQueryable<Hit> Hits(
        IArticleSearch search,
        CmsDbContext db,
        SearchTerms terms,
        ArticleFilter? filter
    ) =>
        from hit in search.Match(db, terms)
        join document in db.SearchDocuments on hit.DocumentId equals document.Id
        join listing in filter?.Each(db) ?? db.VisibleArticles.Where(l => l.FacetId == FacetId.All)
            on document.ArticleId equals listing.ArticleId
        select new Hit
        {
            ArticleId = listing.ArticleId,
            EditionId = listing.EditionId,
            Rank = hit.Rank,
        };

    // found => new SearchResult { Article = new PublicArticle { requested columns only }, Rank = found.Rank }
    private static Expression<Func<Found, SearchResult>> Results(ColumnSet columns)
    {
        var row = PublicArticle.Columns.Of(columns);
        Expression<Func<Found, SearchResult>> whole = found => new SearchResult { Article = null!, Rank = found.Rank };
        var found = whole.Parameters[0];
        var article = new Substitution(row.Parameters[0], Expression.Property(found, nameof(Found.Edition))).Visit(
            row.Body
        );
        var made = (MemberInitExpression)whole.Body;
        return Expression.Lambda<Func<Found, SearchResult>>(
            Expression.MemberInit(
                made.NewExpression,
                Expression.Bind(typeof(SearchResult).GetProperty(nameof(SearchResult.Article))!, article),
                made.Bindings[1]
            ),
            found
        );
    }

    internal sealed class Hit
    {
        public required ArticleId ArticleId { get; init; }

        public required EditionId EditionId { get; init; }

        public required double Rank { get; init; }
    }

    private sealed class Found
    {
        public required double Rank { get; init; }

        public required Edition Edition { get; init; }
    }

    private sealed class Place
    {
        public required double Rank { get; init; }

        public required ArticleId Id { get; init; }

        public static Place? Of(ListHash list, string? cursor)
        {
            if (cursor is null)
            {
                return null;
            }

            Span<CursorKey> keys = stackalloc CursorKey[1];
            var id = Cursor.Read<ArticleId>(list, cursor, keys);
            return new Place { Rank = keys[0].AsDouble(), Id = id };
        }
    }
}
