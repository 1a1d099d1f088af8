using System.Collections.Concurrent;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;

namespace Cms.Delivery;

/// <summary>
/// Caches rows that almost every answer shows and that rarely change (personas, tools and the taxonomy) until the log
/// contains a change of their kind. Nothing is cached while the log is not followed.
/// </summary>
public sealed class RowCache : IChangeReader
{
    // The rows of a kind are cleared at this number, so that reading a whole archive cannot fill the memory.
    private const int MaxRows = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ChangeSubject, Kind> _kinds = Enum.GetValues<ChangeSubject>()
        .ToDictionary(subject => subject, _ => new Kind());
    private bool _isFollowed;

    /// <summary>Returns a cached row in the form that loaders return; null if the row is not cached.</summary>
    internal IDataLoaderResult<TRow?>? Find<TRow>(ChangeSubject subject, Guid id)
        where TRow : class => _kinds[subject].Rows.TryGetValue(id, out var row) ? (IDataLoaderResult<TRow?>)row : null;

    /// <summary>
    /// Begins a read. The returned action caches a row, unless a change of its kind has arrived since the read began.
    /// </summary>
    internal Action<TRow, Guid> Reading<TRow>(ChangeSubject subject)
        where TRow : class
    {
        var kind = _kinds[subject];
        long seen;
        lock (_gate)
        {
            seen = kind.Changes;
        }

        return (row, id) =>
        {
            var ready = LoaderResults.Ready<TRow?>(row);
            ForcedPauses.Here();
            lock (_gate)
            {
                if (_isFollowed && kind.Changes == seen)
                {
                    if (kind.Rows.Count >= MaxRows)
                    {
                        kind.Rows.Clear();
                    }

                    kind.Rows[id] = ready;
                }
            }
        };
    }

    public void Restart(bool isFollowed)
    {
        lock (_gate)
        {
            _isFollowed = isFollowed;
            foreach (var kind in _kinds.Values)
            {
                kind.Forget();
            }
        }
    }

    public void OnChanges(IReadOnlyList<SeenChange> changes)
    {
        foreach (var subject in changes.Select(seen => seen.Change.Kind.Subject).Distinct())
        {
            lock (_gate)
            {
                _kinds[subject].Forget();
            }
        }
    }

    private sealed class Kind
    {
        public ConcurrentDictionary<Guid, object> Rows { get; } = new();

        public long Changes { get; private set; }

        public void Forget()
        {
            Changes++;
            Rows.Clear();
        }
    }
}

/// <summary>
/// Loads rows of a cached kind by id. It reads all columns, so that a cached row serves every request.
/// </summary>
public abstract class CachedRowById<TKey, TStored, TRow>(ReadContexts contexts, CompiledQueries queries, RowCache kept)
    : RowById<TKey, TStored, TRow>(contexts, queries)
    where TKey : struct, IEntityId<TKey>
    where TRow : class
{
    private readonly ReadContexts _contexts = contexts;

    private protected abstract ChangeSubject Subject { get; }

    protected sealed override IDataLoaderResult<TRow?>? FindCached(TKey key)
    {
        if (kept.Find<TRow>(Subject, key.Value) is not { } row)
        {
            return null;
        }

        _contexts.Reads.Row(key);
        return row;
    }

    private protected sealed override ColumnSet Reading(ColumnSet asked) => ColumnSet.All;

    private protected sealed override Action<TRow>? CacheAction()
    {
        var keep = kept.Reading<TRow>(Subject);
        return row =>
        {
            // Cache only public rows: changes to other rows are not in the log.
            if (Visibility.IsPublic(row))
            {
                keep(row, KeyOf(row).Value);
            }
        };
    }
}
