using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Reading;

/// <summary>Lists visible articles, filtered and ordered as requested; newest first by default.</summary>
public sealed class ListArticles(ReadContexts contexts, CompiledQueries queries)
{
    private static readonly Keyset<ArticlePlace, ArticleId> ByPublishedAt = new(l => l.PublishedAt, l => l.ArticleId);
    private static readonly Keyset<ArticlePlace, ArticleId> ByUpdatedAt = new(l => l.UpdatedAt, l => l.ArticleId);

    /// <summary>The articles of one facet by publication date.</summary>
    internal static readonly RangePages<FacetId, ArticlePlace, ArticleId, Edition> PagesByPublishedAt = Pages(
        "articles by publication",
        ByPublishedAt
    );

    private static readonly RangePages<FacetId, ArticlePlace, ArticleId, Edition> PagesByUpdatedAt = Pages(
        "articles by update",
        ByUpdatedAt
    );

    public async Task<Connection<PublicArticle>> Handle(
        PageArguments page,
        ArticleFilterInput? where,
        List<ArticleSortInput>? order,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var (byUpdate, descending) = Sort(order);
        var list = ListHash.Of("articles").With(where).With(order);
        var from = Keyset<ArticlePlace, ArticleId>.Read(list, page);
        var isWithin = Within(list, page, (byUpdate, descending));
        using var lease = await contexts.RentAsync(contexts.Reads.AsItGoes, cancellationToken);
        var narrowed = await ArticleFilter.CreateAsync(lease.Db, where, contexts.Reads, cancellationToken);
        var read = new ArticleListRead(
            narrowed,
            byUpdate,
            Upward: descending == page.Backward,
            from is null ? null : (from.At, from.Id)
        );
        contexts.Reads.List(read);
        List<PublicArticle> rows;
        if (narrowed.OnlyFacet is { } facet)
        {
            rows = await (byUpdate ? PagesByUpdatedAt : PagesByPublishedAt).ReadAsync(
                queries,
                lease.Db,
                facet,
                page,
                from,
                descending,
                PublicArticle.Columns,
                columns,
                cancellationToken
            );
        }
        else
        {
            rows = await ReadAsync(
                lease.Db,
                narrowed.Ranges(lease.Db),
                (byUpdate, descending),
                page,
                from,
                PublicArticle.Columns.Of(columns),
                cancellationToken
            );
        }

        read.To = rows.Count <= page.Size ? null : (byUpdate ? rows[^1].UpdatedAt : rows[^1].PublishedAt, rows[^1].Id);
        contexts.Reads.Rows(rows.Take(page.Size).Select(row => row.Id));
        return Connection.Page(
            rows,
            page,
            row => Cursor.Write(list, row.Id, byUpdate ? row.UpdatedAt : row.PublishedAt),
            contexts.Counting(
                narrowed.All,
                () =>
                {
                    read.IsCounted = true;
                    return contexts.Reads.AsItGoes;
                }
            ),
            isWithin
        );
    }

    /// <summary>Reads a page from ranges of listings.</summary>
    internal static async Task<List<TView>> ReadAsync<TView>(
        CmsDbContext db,
        IEnumerable<IQueryable<ArticlePlace>> ranges,
        (bool ByUpdate, bool Descending) sort,
        PageArguments page,
        Keyset<ArticlePlace, ArticleId>.Place? from,
        Expression<Func<Edition, TView>> view,
        CancellationToken cancellationToken
    )
    {
        var keyset = sort.ByUpdate ? ByUpdatedAt : ByPublishedAt;
        var slices = ranges.Select(range => keyset.Slice(range, page, from, sort.Descending)).ToList();
        return slices.Count == 0
            ? []
            : await keyset
                .Merge(slices, page, sort.Descending)
                .Join(db.Editions, l => l.EditionId, e => e.Id, (l, e) => e)
                .Select(view)
                .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Returns a function that tests whether a row comes before the page's end cursor; null if the page has none.
    /// </summary>
    internal static Func<EditionView, bool>? Within(
        ListHash list,
        PageArguments page,
        (bool ByUpdate, bool Descending) sort
    ) =>
        Keyset<ArticlePlace, ArticleId>.Within<EditionView>(
            list,
            page,
            row => (sort.ByUpdate ? row.UpdatedAt : row.PublishedAt, row.Id),
            sort.Descending
        );

    private static RangePages<FacetId, ArticlePlace, ArticleId, Edition> Pages(
        string name,
        Keyset<ArticlePlace, ArticleId> keyset
    ) =>
        new(
            name,
            keyset,
            Expression.Lambda<Func<CmsDbContext, FacetId, IQueryable<ArticlePlace>>>(
                QueryExpressions.Select(Visibility.ArticlesOf.Body, ArticlePlaces.Of<ArticleListing>()),
                Visibility.ArticlesOf.Parameters
            ),
            (db, list) => list.Join(db.Editions, l => l.EditionId, e => e.Id, (l, e) => e)
        );

    internal static (bool ByUpdate, bool Descending) Sort(List<ArticleSortInput>? order) =>
        order switch
        {
            null or [] => (false, true),
            [{ PublishedAt: { } direction, UpdatedAt: null }] => (false, direction is SortEnumType.Desc),
            [{ PublishedAt: null, UpdatedAt: { } direction }] => (true, direction is SortEnumType.Desc),
            _ => throw new RequestError(
                ErrorCodes.BadUserInput,
                "Order by either publishedAt or updatedAt: order: [{ publishedAt: DESC }]."
            ),
        };
}
