using GraphQL.DataLoader;

namespace Cms.GraphQL;

/// <summary>
/// Collects keys while a request's fields are resolved, then reads them together. Each request uses a separate loader,
/// which caches the values that it reads. A failed batch fails only the fields that wait for it.
/// </summary>
public abstract class BatchLoader<TKey, TValue>
    where TKey : notnull
{
    /// <summary>
    /// The most keys per read. SQL Server allows 2,100 parameters and plans long <c>IN</c> lists badly.
    /// </summary>
    public const int MaxBatch = 500;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Pending> _known = [];
    private Batch _open = new();

    /// <summary>Returns the value of <paramref name="key"/> with at least these <paramref name="columns"/>.</summary>
    public IDataLoaderResult<TValue> Load(TKey key, ColumnSet columns = default)
    {
        if (FindCached(key) is { } ready)
        {
            return ready;
        }

        lock (_gate)
        {
            if (_known.TryGetValue(key, out var pending) && pending.Batch.Take(columns))
            {
                return pending;
            }

            if (_open.Keys.Count == MaxBatch || _open.Sent is not null)
            {
                _open = new();
            }

            _open.Keys.Add(key);
            _open.Take(columns);
            return _known[key] = new(this, key, _open);
        }
    }

    /// <summary>Reads all keys together. The result has no entry for a key that does not exist.</summary>
    /// <param name="keys">Distinct keys, at most <see cref="MaxBatch"/>.</param>
    /// <param name="columns">The columns that the waiting fields need; empty if no field named any.</param>
    /// <param name="cancellationToken">Cancelled when the request ends.</param>
    protected abstract Task<Dictionary<TKey, TValue>> ReadAsync(
        List<TKey> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    );

    /// <summary>Returns a value that is already in memory; null if it must be read.</summary>
    protected virtual IDataLoaderResult<TValue>? FindCached(TKey key) => null;

    /// <summary>Returns the value of a key that does not exist; null unless overridden.</summary>
    protected virtual TValue Missing(TKey key) => default!;

    private Task<Dictionary<TKey, TValue>> Send(Batch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return batch.Sent ??= StartAsync(batch, cancellationToken);
        }
    }

    // This method is async, so that an exception before the first await of a read also becomes a failed task.
    private async Task<Dictionary<TKey, TValue>> StartAsync(Batch batch, CancellationToken cancellationToken)
    {
        var values = await ReadAsync(batch.Keys, batch.Columns, cancellationToken);
        batch.Values = values;
        return values;
    }

    private sealed class Batch
    {
        public List<TKey> Keys { get; } = [];

        public ColumnSet Columns { get; private set; }

        public Task<Dictionary<TKey, TValue>>? Sent { get; set; }

        /// <summary>The values; null until they have been read.</summary>
        public volatile Dictionary<TKey, TValue>? Values;

        /// <summary>Adds columns to an open batch. For a sent batch, returns whether it includes them.</summary>
        public bool Take(ColumnSet columns)
        {
            if (Sent is not null)
            {
                return Columns.Covers(columns);
            }

            Columns |= columns;
            return true;
        }
    }

    private sealed class Pending(BatchLoader<TKey, TValue> owner, TKey key, Batch batch)
        : IDataLoaderResult<TValue>,
            IReadyResult
    {
        public Batch Batch => batch;

        public bool TryGet(out object? ready)
        {
            if (batch.Values is not { } values)
            {
                ready = null;
                return false;
            }

            ready = values.TryGetValue(key, out var value) ? value : owner.Missing(key);
            return true;
        }

        public async Task<TValue> GetResultAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                var values = await owner.Send(batch, cancellationToken);
                return values.TryGetValue(key, out var value) ? value : owner.Missing(key);
            }
            catch (RequestError refusal)
            {
                // GraphQL.NET writes the field's path into the error, so each field needs its own error.
                throw new RequestError(refusal.Code!, refusal.Message);
            }
        }

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }
}
