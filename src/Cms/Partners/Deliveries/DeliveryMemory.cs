using Cms.Articles;

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

    /// <summary>Whether so many times wait that they should be saved now.</summary>
    internal bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _unsaved.Count >= Most;
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
            var taken = _unsaved;
            _unsaved = [];
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
