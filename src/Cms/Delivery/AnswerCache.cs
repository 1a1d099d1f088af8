using System.Collections.Concurrent;
using Cms.Changes;
using Cms.Reading;

namespace Cms.Delivery;

/// <summary>
/// Caches public answers until a change invalidates them. Each change in the log is compared with the recorded reads of
/// the answers. If changes may have been missed, the whole cache is cleared.
/// </summary>
public sealed class AnswerCache : IChangeReader
{
    /// <summary>The maximum size of all answers together, in bytes.</summary>
    public const long MaxSize = 64 * 1024 * 1024;

    // An answer is not cached if more changes than this were made while it was being produced.
    private const int MaxRecent = 1_000;

    private readonly ConcurrentDictionary<AnswerKey, Answer> _answers = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, HashSet<AnswerKey>> _byId = [];
    private readonly Dictionary<ChangeSubject, HashSet<AnswerKey>> _bySubject = [];
    private readonly HashSet<AnswerKey> _withLists = [];
    private readonly Queue<SeenChange> _recent = [];
    private long _size;
    private long _gaps;
    private long _time;

    /// <summary>The number of cached answers.</summary>
    public int Count => _answers.Count;

    /// <summary>
    /// The number of times that changes may have been missed. If it increases while an answer is produced, the answer
    /// is not cached.
    /// </summary>
    public long Gaps => Interlocked.Read(ref _gaps);

    /// <summary>Returns a cached answer; null if there is none.</summary>
    public Answer? Find(AnswerKey key)
    {
        if (!_answers.TryGetValue(key, out var answer))
        {
            return null;
        }

        answer.Touch(Interlocked.Increment(ref _time));
        return answer;
    }

    /// <summary>
    /// Caches an answer, unless a change since the request arrived invalidates it. Returns whether it was cached.
    /// </summary>
    /// <param name="key">The request.</param>
    /// <param name="answer">The answer to the request.</param>
    /// <param name="since">The last change seen when the request arrived.</param>
    /// <param name="gaps">The value of <see cref="Gaps" /> when the request arrived.</param>
    public bool Add(AnswerKey key, Answer answer, long since, long gaps)
    {
        lock (_gate)
        {
            if (
                !answer.Reads.AreKnown
                || gaps != _gaps
                || answer.Size + key.Size > MaxSize / 16
                || (_recent.TryPeek(out var oldest) && oldest.Change.Seq > since + 1 && _recent.Count == MaxRecent)
                || _recent.Any(seen => seen.Change.Seq > since && Changes(seen, answer.Reads))
            )
            {
                return false;
            }

            Remove(key);
            _answers[key] = answer;
            _size += answer.Size + key.Size;
            answer.Touch(Interlocked.Increment(ref _time));
            Index(key, answer.Reads);
            if (_size > MaxSize)
            {
                Shrink();
            }

            return true;
        }
    }

    public void Restart(bool isFollowed)
    {
        lock (_gate)
        {
            _gaps++;
            _answers.Clear();
            _byId.Clear();
            _bySubject.Clear();
            _withLists.Clear();
            _recent.Clear();
            _size = 0;
        }
    }

    /// <summary>Removes the answers that these changes invalidate.</summary>
    public void OnChanges(IReadOnlyList<SeenChange> changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                _recent.Enqueue(change);
                if (_recent.Count > MaxRecent)
                {
                    _recent.Dequeue();
                }

                Drop(change);
            }
        }
    }

    private void Drop(SeenChange change)
    {
        HashSet<AnswerKey> gone =
        [
            .. _byId.GetValueOrDefault(change.Change.SubjectId.Value, []),
            .. _bySubject.GetValueOrDefault(change.Change.Kind.Subject, []),
            .. _withLists.Where(key => ChangesLists(change, _answers[key].Reads)),
        ];
        foreach (var key in gone)
        {
            Remove(key);
        }
    }

    private void Index(AnswerKey key, ReadTracker reads)
    {
        foreach (var id in reads.Ids)
        {
            Of(_byId, id).Add(key);
        }

        foreach (var subject in reads.Subjects)
        {
            Of(_bySubject, subject).Add(key);
        }

        if (reads.Lists.Count > 0)
        {
            _withLists.Add(key);
        }
    }

    private void Remove(AnswerKey key)
    {
        if (!_answers.TryRemove(key, out var answer))
        {
            return;
        }

        _size -= answer.Size + key.Size;
        foreach (var id in answer.Reads.Ids)
        {
            Leave(_byId, id, key);
        }

        foreach (var subject in answer.Reads.Subjects)
        {
            Leave(_bySubject, subject, key);
        }

        _withLists.Remove(key);
    }

    // Removes a tenth of the cache at a time, least recently used first, so that not every new answer shrinks the cache
    // again.
    private void Shrink()
    {
        foreach (var (key, _) in _answers.OrderBy(answer => answer.Value.LastUsed).ToList())
        {
            Remove(key);
            if (_size <= MaxSize * 9 / 10)
            {
                return;
            }
        }
    }

    private static HashSet<AnswerKey> Of<TKey>(Dictionary<TKey, HashSet<AnswerKey>> index, TKey key)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var keys))
        {
            index.Add(key, keys = []);
        }

        return keys;
    }

    private static void Leave<TKey>(Dictionary<TKey, HashSet<AnswerKey>> index, TKey key, AnswerKey answer)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var keys) && keys.Remove(answer) && keys.Count == 0)
        {
            index.Remove(key);
        }
    }

    private static bool Changes(SeenChange seen, ReadTracker reads) =>
        reads.Ids.Contains(seen.Change.SubjectId.Value)
        || reads.Subjects.Contains(seen.Change.Kind.Subject)
        || ChangesLists(seen, reads);

    private static bool ChangesLists(SeenChange seen, ReadTracker reads) =>
        reads.Lists.Any(list => list.IsChangedBy(seen.Before, seen.After));
}
