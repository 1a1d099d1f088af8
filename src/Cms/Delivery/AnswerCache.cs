using System.Collections.Concurrent;
using Cms.Changes;
using Cms.Reading;

namespace Cms.Delivery;

/// <summary>
/// Public answers, kept until a change makes others of them, and no longer: each change in the log is compared with what
/// the answers were made of. Where the log cannot be read nothing is served.
/// </summary>
public sealed class AnswerCache : IChangeReader
{
    /// <summary>Bytes of all answers together.</summary>
    public const long MaxSize = 64 * 1024 * 1024;

    // An answer that was being made while more changes than these came is not kept.
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

    /// <summary>How many answers are kept.</summary>
    public int Count => _answers.Count;

    /// <summary>How many gaps there were in the log as it was read; an answer made across one is not kept.</summary>
    public long Gaps => Interlocked.Read(ref _gaps);

    /// <summary>A kept answer; null if there is none.</summary>
    public Answer? Find(AnswerKey key)
    {
        if (!_answers.TryGetValue(key, out var answer))
        {
            return null;
        }

        answer.Touch(Interlocked.Increment(ref _time));
        return answer;
    }

    /// <summary>Keeps an answer unless a change since it was begun makes another of it.</summary>
    /// <param name="key">The request.</param>
    /// <param name="answer">What it was answered.</param>
    /// <param name="since">The last change seen when the request came.</param>
    /// <param name="gaps"><see cref="Gaps" /> when the request came.</param>
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

    /// <summary>Drops the answers that these changes, in their order, make others of.</summary>
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

    // The least recently used tenth goes at once, so that not each new answer has to look for one.
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
