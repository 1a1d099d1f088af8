using GraphQL.DataLoader;

namespace Cms.GraphQL;

/// <summary>
/// Gathers keys while a request's fields are resolved, then reads them together. One per request (scoped); what it has
/// read once it gives again. A batch that fails takes only its own fields with it.
/// </summary>
public abstract class BatchLoader<TKey, TValue>
    where TKey : notnull
{
    /// <summary>SQL Server takes 2,100 parameters and plans long <c>IN</c> lists badly.</summary>
    public const int MaxBatch = 500;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Pending> _known = [];
    private Batch _open = new();

    /// <summary>The value of <paramref name="key"/>, with at least <paramref name="columns"/> of it.</summary>
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

    /// <summary>Reads all keys at once: distinct, at most <see cref="MaxBatch"/>; a key without an entry is missing.</summary>
    /// <param name="keys">What to read.</param>
    /// <param name="columns">The columns that any of the waiting fields needs; empty when none said.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    protected abstract Task<Dictionary<TKey, TValue>> ReadAsync(
        List<TKey> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    );

    /// <summary>A value that need not be read; null for one that must.</summary>
    protected virtual IDataLoaderResult<TValue>? FindCached(TKey key) => null;

    /// <summary>What stands for a key without an entry; null unless overridden.</summary>
    protected virtual TValue Missing(TKey key) => default!;

    private Task<Dictionary<TKey, TValue>> Send(Batch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return batch.Sent ??= StartAsync(batch, cancellationToken);
        }
    }

    // A read that throws before its first await is a failed batch like any other.
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

        /// <summary>What was read, once it is there.</summary>
        public volatile Dictionary<TKey, TValue>? Values;

        /// <summary>A batch still open reads more columns when asked; a sent one has what it has.</summary>
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
                // The engine writes a field's path into the error, so each field gets one of its own.
                throw new RequestError(refusal.Code!, refusal.Message);
            }
        }

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }
}
