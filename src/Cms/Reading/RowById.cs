using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>
/// Loads rows by id, in one batch for all fields of a request that wait for a row. The result is null for an id without
/// a row.
/// </summary>
public abstract class RowById<TKey, TStored, TRow>(ReadContexts contexts, CompiledQueries queries)
    : BatchLoader<TKey, TRow?>
    where TKey : struct
    where TRow : class
{
    private protected abstract Projection<TStored, TRow> Rows { get; }

    private protected abstract KeyedQuery<TKey, TStored> Query { get; }

    private protected abstract TKey KeyOf(TRow row);

    /// <summary>
    /// Records which changes invalidate the answer. By default, these are the changes of the requested rows.
    /// </summary>
    private protected virtual void Record(ReadTracker reads, List<TKey> keys, List<TRow> rows) => reads.Rows(keys);

    /// <summary>Returns the key of the row that replaced a row; null if the row is current.</summary>
    private protected virtual TKey? ReplacedBy(TRow row) => null;

    /// <summary>Returns the columns to read for the requested columns.</summary>
    private protected virtual ColumnSet Reading(ColumnSet asked) => asked;

    /// <summary>Returns the action to run for each row, or null. This is called before the read.</summary>
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

        var found = rows.ToDictionary(KeyOf, TRow? (row) => row);
        List<TKey> replacing = [.. rows.Select(ReplacedBy).OfType<TKey>().Distinct()];
        if (replacing.Count == 0)
        {
            return found;
        }

        var current = await queries
            .Read(Query, lease.Db, replacing, Rows.Read(read).Bits, () => Rows.Of(read))
            .ReadAllAsync(replacing.Count, cancellationToken);
        Record(contexts.Reads, replacing, current);
        var replacements = current.ToDictionary(KeyOf);
        foreach (var row in rows)
        {
            if (ReplacedBy(row) is { } key)
            {
                found[KeyOf(row)] = replacements.GetValueOrDefault(key);
            }
        }

        return found;
    }
}
