using Cms.Api;
using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles;

/// <summary>Visible articles, narrowed and ordered as asked; by default the newest first.</summary>
public sealed class ListArticles(ReadContexts contexts)
{
    private static readonly Keyset<ListedArticle, ArticleId> ByPublishedAt = new(l => l.PublishedAt, l => l.ArticleId);
    private static readonly Keyset<ListedArticle, ArticleId> ByUpdatedAt = new(l => l.UpdatedAt, l => l.ArticleId);

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
        var from = Keyset<ListedArticle, ArticleId>.Read(list, page);
        using var lease = await contexts.RentAsync(cancellationToken);
        var narrowed = await ArticleNarrowing.OfAsync(lease.Db, where, cancellationToken);
        var keyset = byUpdate ? ByUpdatedAt : ByPublishedAt;

        var slices = narrowed.Ranges(lease.Db).Select(range => keyset.Slice(range, page, from, descending)).ToList();
        if (slices.Count == 0)
        {
            return Connection.Page<PublicArticle>([], page, _ => "", _ => Task.FromResult(0));
        }

        var rows = await keyset
            .Merge(slices, page, descending)
            .Join(lease.Db.Editions, l => l.EditionId, e => e.Id, (l, e) => e)
            .Select(PublicArticle.Columns.Of(columns))
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            row => Cursor.Write(list, row.Id, byUpdate ? row.UpdatedAt : row.PublishedAt),
            contexts.Counting(narrowed.All)
        );
    }

    private static (bool ByUpdate, bool Descending) Sort(List<ArticleSortInput>? order) =>
        order switch
        {
            null or [] => (false, true),
            [{ PublishedAt: { } direction, UpdatedAt: null }] => (false, direction is SortEnumType.Desc),
            [{ PublishedAt: null, UpdatedAt: { } direction }] => (true, direction is SortEnumType.Desc),
            _ => throw new RequestError(
                ErrorCodes.BadUserInput,
                "Order by publishedAt or by updatedAt, one of them: order: [{ publishedAt: DESC }]."
            ),
        };
}
