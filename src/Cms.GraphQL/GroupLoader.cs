namespace Cms.GraphQL;

/// <summary>A <see cref="BatchLoader{TKey,TValue}"/> for lists: one read loads the rows of many parents.</summary>
public abstract class GroupLoader<TKey, TRow> : BatchLoader<TKey, List<TRow>>
    where TKey : notnull
{
    /// <summary>Reads the rows of all keys, in the order in which each list must contain them.</summary>
    protected abstract Task<List<TRow>> ReadRowsAsync(
        List<TKey> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    );

    /// <summary>Returns the key of the list that the row belongs to.</summary>
    protected abstract TKey KeyOf(TRow row);

    protected sealed override async Task<Dictionary<TKey, List<TRow>>> ReadAsync(
        List<TKey> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var groups = new Dictionary<TKey, List<TRow>>(keys.Count);

        foreach (var row in await ReadRowsAsync(keys, columns, cancellationToken))
        {
            var key = KeyOf(row);

            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = []);
            }

            group.Add(row);
        }

        return groups;
    }

    protected sealed override List<TRow> Missing(TKey key) => [];
}
