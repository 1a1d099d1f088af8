using GraphQL.DataLoader;

namespace Cms.GraphQL;

/// <summary>Going on from what a loader will have read.</summary>
public static class LoaderResults
{
    extension<T>(IDataLoaderResult<T> result)
    {
        /// <summary>Makes something of the value once it is there.</summary>
        public IDataLoaderResult<TNext> Then<TNext>(Func<T, TNext> next) =>
            result is Known<T> known ? Ready(next(known.Result)) : new Next<T, TNext>(result, next);

        /// <summary>Makes something of this value and another once both are there.</summary>
        public IDataLoaderResult<TBoth> And<TOther, TBoth>(
            IDataLoaderResult<TOther> other,
            Func<T, TOther, TBoth> both
        ) => new Both<T, TOther, TBoth>(result, other, both);
    }

    extension<TKey, TValue>(BatchLoader<TKey, TValue> loader)
        where TKey : notnull
    {
        /// <summary>The values of several keys, in their order, without those that are missing.</summary>
        public IDataLoaderResult<List<TValue>> LoadMany(IReadOnlyCollection<TKey> keys, ColumnSet columns)
        {
            var results = new List<IDataLoaderResult<TValue>>(keys.Count);
            foreach (var key in keys)
            {
                results.Add(loader.Load(key, columns));
            }

            return new All<TValue>(results);
        }
    }

    /// <summary>Several values, in their order, without those that are missing.</summary>
    public static IDataLoaderResult<List<T>> Gather<T>(IEnumerable<IDataLoaderResult<T>> results) =>
        new All<T>([.. results]);

    /// <summary>A value that needs no loading.</summary>
    public static IDataLoaderResult<T> Ready<T>(T value) => new Known<T>(value);

    /// <summary>The value itself where it need not be waited for.</summary>
    internal static object? Unwrap(object? value) =>
        value is IReadyResult result && result.TryGet(out var ready) ? ready : value;

    /// <summary>A value that is fetched by itself once everything that can be gathered has been.</summary>
    public static IDataLoaderResult<T> Later<T>(Func<CancellationToken, Task<T>> fetch) => new Fetched<T>(fetch);

    private sealed class Fetched<T>(Func<CancellationToken, Task<T>> fetch) : IDataLoaderResult<T>
    {
        public Task<T> GetResultAsync(CancellationToken cancellationToken = default) => fetch(cancellationToken);

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await fetch(cancellationToken);
    }

    private sealed class Known<T>(T value) : IDataLoaderResult<T>, IReadyResult
    {
        // Kept rows are handed out often: the box, if one is needed, is made once.
        private readonly object? _boxed = value;
        private readonly Task<T> _task = Task.FromResult(value);

        public T Result => value;

        public bool TryGet(out object? ready)
        {
            ready = _boxed;
            return true;
        }

        public Task<T> GetResultAsync(CancellationToken cancellationToken = default) => _task;

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await _task;
    }

    private sealed class Next<T, TNext>(IDataLoaderResult<T> result, Func<T, TNext> next) : IDataLoaderResult<TNext>
    {
        public async Task<TNext> GetResultAsync(CancellationToken cancellationToken = default) =>
            next(await result.GetResultAsync(cancellationToken));

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }

    private sealed class Both<T, TOther, TBoth>(
        IDataLoaderResult<T> result,
        IDataLoaderResult<TOther> other,
        Func<T, TOther, TBoth> both
    ) : IDataLoaderResult<TBoth>
    {
        public async Task<TBoth> GetResultAsync(CancellationToken cancellationToken = default) =>
            both(await result.GetResultAsync(cancellationToken), await other.GetResultAsync(cancellationToken));

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }

    private sealed class All<T>(List<IDataLoaderResult<T>> results) : IDataLoaderResult<List<T>>
    {
        public async Task<List<T>> GetResultAsync(CancellationToken cancellationToken = default)
        {
            var values = new List<T>(results.Count);
            foreach (var result in results)
            {
                if (await result.GetResultAsync(cancellationToken) is { } value)
                {
                    values.Add(value);
                }
            }

            return values;
        }

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await GetResultAsync(cancellationToken);
    }
}

/// <summary>A loader's result that may be there already.</summary>
internal interface IReadyResult
{
    /// <summary>The value, if it need not be waited for.</summary>
    bool TryGet(out object? ready);
}
