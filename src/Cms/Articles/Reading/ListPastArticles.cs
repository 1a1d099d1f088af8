using Cms.GraphQL;
using Cms.Reading;

namespace Cms.Articles.Reading;

/// <summary>Lists articles as readers saw them at a past time, without those that have been withdrawn since.</summary>
public sealed class ListPastArticles(ReadContexts contexts, TimeProvider clock)
{
    /// <exception cref="RequestError">The time is in the future.</exception>
    public async Task<Connection<ArticleSnapshot>> Handle(
        PageArguments page,
        ArticleFilterInput? where,
        List<ArticleSortInput>? order,
        DateTimeOffset asOf,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var past = PastTime.Of(asOf, clock);
        var sort = ListArticles.Sort(order);
        var list = ListHash.Of("articles as of").With(where).With(order).With(past);
        var from = Keyset<ArticlePlace, ArticleId>.Read(list, page);
        var isWithin = ListArticles.Within(list, page, sort);
        using var lease = await contexts.RentAsync(
            contexts.Reads.List(new PastRead(past, Only: null)),
            cancellationToken
        );
        var narrowed = await ArticleFilter.CreateAsync(lease.Db, where, contexts.Reads, cancellationToken);
        var rows = await ListArticles.ReadAsync(
            lease.Db,
            narrowed.Ranges(lease.Db, past.At),
            sort,
            page,
            from,
            ArticleSnapshot.Columns.Of(columns),
            cancellationToken
        );
        return Connection.Page(
            rows,
            page,
            row => Cursor.Write(list, row.Id, sort.ByUpdate ? row.UpdatedAt : row.PublishedAt),
            contexts.Counting(db => narrowed.All(db, past.At), () => contexts.Reads.AsItGoes),
            isWithin
        );
    }
}
