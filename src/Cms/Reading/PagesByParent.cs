using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>
/// Loads pages of several parents' lists, newest first. One statement loads all pages that have the same arguments.
/// </summary>
public abstract class PagesByParent<TParent, T, TId, TStored, TRow>(
    ReadContexts contexts,
    CompiledQueries queries,
    CountByParent<TParent> counts
) : BatchLoader<(TParent Parent, PageArguments Page), Connection<TRow>>
    where TParent : notnull
    where TId : struct, IEntityId<TId>
    where TRow : notnull
{
    /// <summary>Reads the pages of one parent's list.</summary>
    private protected abstract RangePages<TParent, T, TId, TStored> One { get; }

    /// <summary>Reads the first pages of several parents' lists.</summary>
    private protected abstract FirstPages<TParent, TStored> Several { get; }

    private protected abstract Projection<TStored, TRow> Rows { get; }

    /// <summary>Identifies a parent's list in cursors.</summary>
    private protected abstract ListHash HashOf(TParent parent);

    private protected abstract (DateTimeOffset At, TId Id) PlaceOf(TRow row);

    /// <summary>Records what was read. Returns an action to call if the list is counted too.</summary>
    /// <param name="reads">Records what the request reads.</param>
    /// <param name="parent">The parent of the list.</param>
    /// <param name="page">The page.</param>
    /// <param name="from">Where the page begins; null at an end of the list.</param>
    /// <param name="rows">The rows of the page, plus one row if the list continues.</param>
    private protected abstract Action Record(
        ReadTracker reads,
        TParent parent,
        PageArguments page,
        (DateTimeOffset At, TId Id)? from,
        List<TRow> rows
    );

    protected sealed override async Task<Dictionary<(TParent Parent, PageArguments Page), Connection<TRow>>> ReadAsync(
        List<(TParent Parent, PageArguments Page)> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var pages = new Dictionary<(TParent, PageArguments), Connection<TRow>>(keys.Count);
        using var lease = await contexts.RentAsync(contexts.Reads.AsItGoes, cancellationToken);
        foreach (var asked in keys.GroupBy(key => key.Page, key => key.Parent))
        {
            var page = asked.Key;
            List<TParent> parents = [.. asked];
            // A cursor belongs to one list, so reading it throws if there are several lists.
            var from = parents.ConvertAll(parent => Keyset<T, TId>.Read(HashOf(parent), page))[0];
            var isWithin = page.Until is null
                ? null
                : parents.ConvertAll(parent => Keyset<T, TId>.Within<TRow>(HashOf(parent), page, PlaceOf))[0];
            var rows = parents is [var only]
                ? (
                    await One.ReadAsync(
                        queries,
                        lease.Db,
                        only,
                        page,
                        from,
                        descending: true,
                        Rows,
                        columns,
                        cancellationToken
                    )
                ).ToLookup(_ => only)
                : await Several.ReadAsync(queries, lease.Db, parents, page, Rows, columns, cancellationToken);
            foreach (var parent in parents)
            {
                pages.Add(
                    (parent, page),
                    Page(parent, page, from is null ? null : (from.At, from.Id), rows[parent], isWithin)
                );
            }
        }

        return pages;
    }

    private Connection<TRow> Page(
        TParent parent,
        PageArguments page,
        (DateTimeOffset At, TId Id)? from,
        IEnumerable<TRow> found,
        Func<TRow, bool>? isWithin
    )
    {
        List<TRow> rows =
        [
            .. (
                page.Backward
                    ? found.OrderBy(row => PlaceOf(row).At).ThenBy(row => PlaceOf(row).Id.Value)
                    : found.OrderByDescending(row => PlaceOf(row).At).ThenByDescending(row => PlaceOf(row).Id.Value)
            ).Take(page.Size + 1),
        ];
        var counted = Record(contexts.Reads, parent, page, from, rows);
        var list = HashOf(parent);
        return Connection.Page(
            rows,
            page,
            row => Cursor.Write(list, PlaceOf(row).Id, PlaceOf(row).At),
            () =>
            {
                counted();
                return counts.Load(parent);
            },
            isWithin
        );
    }
}
