using System.Runtime.InteropServices;
using Cms.Articles;
using Cms.Foundation;
using Cms.People;

namespace Cms.Partners.Usage;

/// <summary>What a row of counts is about.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Day">The day (UTC).</param>
/// <param name="Channel">How the partner received it.</param>
/// <param name="Article">The article; zero for what is about the requests, not about one article.</param>
public readonly record struct UsageKey(PartnerId Partner, DateOnly Day, UsageChannel Channel, ArticleId Article);

/// <summary>
/// Counts in memory what partners use, until it is saved. The number of rows is limited. If it is reached, because the
/// database cannot be written, articles are still counted, but not one by one.
/// </summary>
public sealed class UsageBuffer(TimeProvider clock) : IDisposable
{
    /// <summary>The most rows in memory that are about one article.</summary>
    public const int MaxRows = 20_000;

    private readonly Lock _gate = new();
    private Dictionary<UsageKey, UsageCounts> _rows = [];
    private Dictionary<UsageKey, UsageCounts> _saving = [];
    private TaskCompletionSource _filled = NewSource();

    /// <summary>Increases when counts were saved, so that what was read of the database before is out of date.</summary>
    public long Saves { get; private set; }

    /// <summary>Held by who saves what was counted. Only one may take rows at a time.</summary>
    internal SemaphoreSlim Saving { get; } = new(1);

    /// <summary>Completes when so much is counted that it should be saved before its time.</summary>
    public Task Filled
    {
        get
        {
            lock (_gate)
            {
                return _filled.Task;
            }
        }
    }

    /// <summary>Counts a request or a message, and the articles in it.</summary>
    public void Add(
        PartnerId partner,
        UsageChannel channel,
        UsageCounts counts,
        IReadOnlyCollection<ArticleId> articles,
        ArticleId about = default
    )
    {
        var day = DateOnly.FromDateTime(clock.Now().UtcDateTime);
        lock (_gate)
        {
            AddRow(new UsageKey(partner, day, channel, about), counts);
            foreach (var article in articles)
            {
                AddRow(new UsageKey(partner, day, channel, article), new UsageCounts { Items = 1 });
            }

            if (_rows.Count >= MaxRows / 2)
            {
                _filled.TrySetResult();
            }
        }
    }

    /// <summary>
    /// Returns how many requests of a partner in a month count towards its quota and are not in the database yet.
    /// </summary>
    public (long Saves, long Requests) PendingOf(PartnerId partner, DateOnly month)
    {
        lock (_gate)
        {
            return (
                Saves,
                _rows
                    .Concat(_saving)
                    .Where(row =>
                        row.Key.Partner == partner
                        && row.Key.Article == default
                        && (row.Key.Day.Year, row.Key.Day.Month) == (month.Year, month.Month)
                    )
                    .Sum(row => row.Value.Hits - row.Value.NotModified)
            );
        }
    }

    /// <summary>Takes some of the rows to save them. Call <see cref="Saved" /> or <see cref="NotSaved" /> next.</summary>
    internal IReadOnlyDictionary<UsageKey, UsageCounts> Take(int most)
    {
        lock (_gate)
        {
            _saving = _rows
                .OrderBy(row => row.Key.Partner.Value)
                .ThenBy(row => row.Key.Day)
                .ThenBy(row => row.Key.Channel)
                .ThenBy(row => row.Key.Article.Value)
                .Take(most)
                .ToDictionary();
            _rows = _rows.Where(row => !_saving.ContainsKey(row.Key)).ToDictionary();
            if (_filled.Task.IsCompleted)
            {
                _filled = NewSource();
            }

            return _saving;
        }
    }

    /// <summary>The rows that were taken are in the database.</summary>
    internal void Saved()
    {
        lock (_gate)
        {
            _saving = [];
            Saves++;
        }
    }

    /// <summary>The rows that were taken are not in the database. They are saved next time.</summary>
    internal void NotSaved()
    {
        lock (_gate)
        {
            var taken = _saving;
            _saving = [];
            foreach (var (key, counts) in taken)
            {
                AddRow(key, counts);
            }
        }
    }

    public void Dispose() => Saving.Dispose();

    private void AddRow(UsageKey key, UsageCounts counts)
    {
        if (key.Article != default && _rows.Count >= MaxRows && !_rows.ContainsKey(key))
        {
            key = key with { Article = default };
        }

        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out _);
        row += counts;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
