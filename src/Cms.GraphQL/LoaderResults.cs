using GraphQL.DataLoader;

namespace Cms.GraphQL;

/// <summary>Combines and converts the results of loaders.</summary>
public static class LoaderResults
{
    extension<T>(IDataLoaderResult<T> result)
    {
        /// <summary>Converts the value once it is loaded.</summary>
        public IDataLoaderResult<TNext> Then<TNext>(Func<T, TNext> next) =>
            result is Known<T> known ? Ready(next(known.Result)) : new Next<T, TNext>(result, next);

        /// <summary>Combines this value with a second value once both are loaded.</summary>
        public IDataLoaderResult<TBoth> And<TOther, TBoth>(
            IDataLoaderResult<TOther> other,
            Func<T, TOther, TBoth> both
        ) => new Both<T, TOther, TBoth>(result, other, both);
    }

    extension<TKey, TValue>(BatchLoader<TKey, TValue> loader)
        where TKey : notnull
    {
        /// <summary>Loads the values of several keys, in the order of the keys. Null values are left out.</summary>
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

    /// <summary>Combines several results into a list, in order. Null values are left out.</summary>
    public static IDataLoaderResult<List<T>> Gather<T>(IEnumerable<IDataLoaderResult<T>> results) =>
        new All<T>([.. results]);

    /// <summary>Returns the result for a value that needs no loading.</summary>
    public static IDataLoaderResult<T> Ready<T>(T value) => new Known<T>(value);

    /// <summary>Returns the value of a result that is ready; returns any other object unchanged.</summary>
    internal static object? Unwrap(object? value) =>
        value is IReadyResult result && result.TryGet(out var ready) ? ready : value;

    /// <summary>Returns a result that is fetched separately, after the fields that need no loading have run.</summary>
    public static IDataLoaderResult<T> Later<T>(Func<CancellationToken, Task<T>> fetch) => new Fetched<T>(fetch);

    private sealed class Fetched<T>(Func<CancellationToken, Task<T>> fetch) : IDataLoaderResult<T>
    {
        public Task<T> GetResultAsync(CancellationToken cancellationToken = default) => fetch(cancellationToken);

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) =>
            await fetch(cancellationToken);
    }

    private sealed class Known<T>(T value) : IDataLoaderResult<T>, IReadyResult
    {
        // The same result can be returned many times, so a value type is boxed only once.
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

/// <summary>A loader's result that is sometimes available without waiting.</summary>
internal interface IReadyResult
{
    /// <summary>Gets the value if it is already available.</summary>
    bool TryGet(out object? ready);
}
