using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>Rows by their id, for all fields of a request that wait for one; null for an id that leads nowhere.</summary>
public abstract class RowById<TKey, TStored, TRow>(ReadContexts contexts, CompiledQueries queries)
    : BatchLoader<TKey, TRow?>
    where TKey : struct
    where TRow : class
{
    private protected abstract Projection<TStored, TRow> Rows { get; }

    private protected abstract KeyedQuery<TKey, TStored> Query { get; }

    private protected abstract TKey KeyOf(TRow row);

    /// <summary>Says what a change must be about to make others of these rows: of the rows themselves, unless overridden.</summary>
    private protected virtual void Record(ReadTracker reads, List<TKey> keys, List<TRow> rows) => reads.Rows(keys);

    /// <summary>The columns read where these are asked for.</summary>
    private protected virtual ColumnSet Reading(ColumnSet asked) => asked;

    /// <summary>Called before a read: what shall be done with each row, if anything.</summary>
    private protected virtual Action<TRow>? CacheAction() => null;

    protected sealed override async Task<Dictionary<TKey, TRow?>> ReadAsync(
        List<TKey> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(contexts.Reads.AsItGoes, cancellationToken);
        var read = Reading(columns);
        var keep = CacheAction();
        var rows = await queries
            .Read(Query, lease.Db, keys, Rows.Read(read).Bits, () => Rows.Of(read))
            .ReadAllAsync(keys.Count, cancellationToken);
        Record(contexts.Reads, keys, rows);
        if (keep is not null)
        {
            rows.ForEach(keep);
        }

        return rows.ToDictionary(KeyOf, TRow? (row) => row);
    }
}
