using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Reading;

/// <summary>
/// Reads pages of a list that is one range of an index, as most lists are. Each query is compiled once, not for each
/// request.
/// </summary>
/// <param name="name">A name that is unique among all queries.</param>
/// <param name="keyset">The order of the list.</param>
/// <param name="range">The range that an argument selects.</param>
/// <param name="stored">Maps the list's entries to the stored rows, in the same order.</param>
internal sealed class RangePages<TArgument, T, TId, TStored>(
    string name,
    Keyset<T, TId> keyset,
    Expression<Func<CmsDbContext, TArgument, IQueryable<T>>> range,
    Expression<Func<CmsDbContext, IQueryable<T>, IQueryable<TStored>>> stored
)
    where TId : struct, IEntityId<TId>
{
    /// <summary>Returns one page plus one row. Backward pages are in reverse order.</summary>
    public Task<List<TRow>> ReadAsync<TRow>(
        CompiledQueries queries,
        CmsDbContext db,
        TArgument argument,
        PageArguments page,
        Keyset<T, TId>.Place? from,
        bool descending,
        Projection<TStored, TRow> rows,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var latestFirst = descending != page.Backward;
        var read = rows.Read(columns).Bits;
        var key = $"{name} {(from is null ? "from its end" : "beyond a place")}, {(latestFirst ? "down" : "up")}";
        var query =
            queries.Find<Func<CmsDbContext, TArgument, DateTimeOffset, TId, int, IAsyncEnumerable<TRow>>>(key, read)
            ?? queries.Keep(key, read, Compile(from is not null, latestFirst, rows.Of(columns)));
        return query(db, argument, from?.At ?? default, from?.Id ?? default, page.Size + 1)
            .ReadAllAsync(page.Size + 1, cancellationToken);
    }

    private Func<CmsDbContext, TArgument, DateTimeOffset, TId, int, IAsyncEnumerable<TRow>> Compile<TRow>(
        bool beyondPlace,
        bool latestFirst,
        Expression<Func<TStored, TRow>> row
    )
    {
        var visible = Visibility.Expand(range);
        var (db, argument) = (visible.Parameters[0], visible.Parameters[1]);
        var at = Expression.Parameter(typeof(DateTimeOffset), "at");
        var id = Expression.Parameter(typeof(TId), "id");
        var count = Expression.Parameter(typeof(int), "count");
        var slice = QueryExpressions.Take<T>(
            keyset.Slice(visible.Body, beyondPlace ? at : null, beyondPlace ? id : null, latestFirst),
            count
        );
        var behind = new Substitution(stored.Parameters[0], db).Visit(stored.Body);
        behind = new Substitution(stored.Parameters[1], slice).Visit(behind);
        return EF.CompileAsyncQuery(
            Expression.Lambda<Func<CmsDbContext, TArgument, DateTimeOffset, TId, int, IQueryable<TRow>>>(
                QueryExpressions.Select(behind, row),
                db,
                argument,
                at,
                id,
                count
            )
        );
    }
}
