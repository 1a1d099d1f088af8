using System.Runtime.InteropServices;
using Cms.Articles;
using Cms.People;

namespace Cms.Partners.Deliveries;

/// <summary>
/// What this server knows to be recorded, so that a partner that receives the same again costs no statement, and the
/// times that wait to be saved. Both are limited: what was not used for long is forgotten, and read again if needed.
/// </summary>
public sealed class DeliveryMemory
{
    private const int Most = 50_000;

    private readonly Lock _gate = new();
    private HashSet<(PartnerId Partner, EditionId Edition)> _recent = [];
    private HashSet<(PartnerId Partner, EditionId Edition)> _older = [];
    private Dictionary<(PartnerId Partner, EditionId Edition), DateTimeOffset> _unsaved = [];

    // Answers that were sent again, each with its latest time. To note one costs the same for any number of editions.
    private Dictionary<IReadOnlyCollection<ReceivedEdition>, (PartnerId Partner, DateTimeOffset At)> _again = [];
    private int _editionsAgain;

    /// <summary>Whether so many times wait that they should be saved now.</summary>
    internal bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _unsaved.Count + _editionsAgain >= Most;
            }
        }
    }

    /// <summary>Notes that a partner received editions, and returns those that are not known to be recorded.</summary>
    internal List<(ArticleId Article, EditionId Edition)> Note(
        PartnerId partner,
        IEnumerable<(ArticleId Article, EditionId Edition)> editions,
        DateTimeOffset now
    )
    {
        List<(ArticleId, EditionId)> unknown = [];
        lock (_gate)
        {
            foreach (var (article, edition) in editions)
            {
                if (_recent.Contains((partner, edition)) || _older.Contains((partner, edition)))
                {
                    Keep(partner, edition, now);
                }
                else
                {
                    unknown.Add((article, edition));
                }
            }
        }

        return unknown;
    }

    /// <summary>Notes that a partner received an answer again whose editions are recorded.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="editions">The editions of the answer, which no longer change.</param>
    /// <param name="now">The time.</param>
    internal void NoteAgain(PartnerId partner, IReadOnlyCollection<ReceivedEdition> editions, DateTimeOffset now)
    {
        lock (_gate)
        {
            // An answer without editions has nothing to save.
            if (editions.Count > 0)
            {
                _editionsAgain += _again.ContainsKey(editions) ? 0 : editions.Count;
                _again[editions] = (partner, now);
            }
        }
    }

    /// <summary>Remembers that a delivery is recorded.</summary>
    /// <param name="at">When the partner received it again, if that is to be saved; null if it is saved.</param>
    internal void Remember(PartnerId partner, EditionId edition, DateTimeOffset? at)
    {
        lock (_gate)
        {
            Keep(partner, edition, at);
        }
    }

    /// <summary>Takes the times that wait to be saved.</summary>
    internal IReadOnlyDictionary<(PartnerId Partner, EditionId Edition), DateTimeOffset> Take()
    {
        lock (_gate)
        {
            var (taken, again) = (_unsaved, _again);
            (_unsaved, _again, _editionsAgain) = ([], [], 0);
            foreach (var (editions, (partner, at)) in again)
            {
                foreach (var (_, edition) in editions)
                {
                    ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(taken, (partner, edition), out _);
                    last = last < at ? at : last;
                }
            }

            return taken;
        }
    }

    /// <summary>Returns times that could not be saved. Newer ones replace them.</summary>
    internal void Return(IEnumerable<KeyValuePair<(PartnerId Partner, EditionId Edition), DateTimeOffset>> times)
    {
        lock (_gate)
        {
            foreach (var (delivery, at) in times)
            {
                if (_unsaved.Count < Most)
                {
                    _unsaved.TryAdd(delivery, at);
                }
            }
        }
    }

    private void Keep(PartnerId partner, EditionId edition, DateTimeOffset? at)
    {
        if (_recent.Count >= Most)
        {
            (_older, _recent) = (_recent, []);
        }

        _recent.Add((partner, edition));
        if (at is { } time)
        {
            _unsaved[(partner, edition)] = time;
        }
    }
}
