using System.Collections.Concurrent;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;

namespace Cms.Delivery;

/// <summary>
/// Rows that nearly every answer shows and that hardly ever change — personas, tools and the taxonomy — kept until a
/// change of their kind stands in the log. Where the log is not followed nothing is kept.
/// </summary>
public sealed class RowCache : IChangeReader
{
    // Whoever walks through all tags of a large archive makes us begin anew, not grow.
    private const int MaxRows = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ChangeSubject, Kind> _kinds = Enum.GetValues<ChangeSubject>()
        .ToDictionary(subject => subject, _ => new Kind());
    private bool _isFollowed;

    /// <summary>A kept row, ready for the field that waits for it; null if it is not kept.</summary>
    internal IDataLoaderResult<TRow?>? Find<TRow>(ChangeSubject subject, Guid id)
        where TRow : class => _kinds[subject].Rows.TryGetValue(id, out var row) ? (IDataLoaderResult<TRow?>)row : null;

    /// <summary>Begins a read; the answer keeps what was read, unless a change of the kind came in between.</summary>
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

/// <summary>Rows by their id, of a kind that is kept from one request to the next; so they are read whole.</summary>
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
            // While readers do not see it, its changes are not in the log.
            if (Visibility.IsPublic(row))
            {
                keep(row, KeyOf(row).Value);
            }
        };
    }
}
