using System.Runtime.CompilerServices;
using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Changes;

/// <summary>
/// Follows the change log for the whole process. It reads each change once for any number of followers. A follower's
/// only state is the number of the last change it received. Changes that this process commits are read immediately.
/// Those of other processes, such as imports, are read at the next poll.
/// </summary>
public sealed partial class ChangeFeed(
    IDbContextFactory<CmsDbContext> databases,
    TimeProvider clock,
    IEnumerable<IChangeReader> readers,
    IDatabaseProvider provider,
    DatabaseAvailability availability,
    ILogger<ChangeFeed> log
) : IAsyncDisposable
{
    /// <summary>The interval at which changes of other processes are read.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // The number of changes in memory. Followers that are further behind read from the table.
    private const int MaxRecent = 2_000;
    private const int MaxBatch = 500;

    private readonly IChangeReader[] _readers = [.. readers];
    private readonly SemaphoreSlim _reading = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<SeenChange> _recent = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _tail;
    private ITimer? _poll;

    // The last change that was read, and whether a read has failed since.
    private (Guid Epoch, long Seq, Guid Subject, DateTimeOffset At)? _mark;
    private bool _isInterrupted;

    /// <summary>
    /// The number of the last change that cached answers reflect. It is null until the log is first read. After a
    /// failure other than an outage, it is null until the next successful read.
    /// </summary>
    public long? Tail
    {
        get
        {
            lock (_gate)
            {
                return _tail;
            }
        }
    }

    /// <summary>Starts polling the log and reads it once. Call this before you use <see cref="Tail" />.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Do not start a timer while the feed stops, because nothing would dispose of the timer.
            if (!_stopping.IsCancellationRequested)
            {
                var stop = _stopping.Token;
                _poll ??= clock.CreateTimer(_ => _ = CatchUpAsync(stop), null, Poll, Poll);
            }
        }

        await CatchUpAsync(cancellationToken);
    }

    /// <summary>
    /// Returns every change after a number, as soon as the change is committed. Ends only when the token is cancelled.
    /// </summary>
    public async IAsyncEnumerable<SeenChange> FollowAsync(
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await StartAsync(cancellationToken);
        while (true)
        {
            var (changes, more) = Recent(after);
            changes ??= await ReadAsync(after, cancellationToken);
            foreach (var change in changes)
            {
                after = change.Change.Seq;
                yield return change;
            }

            if (changes.Count == 0)
            {
                await more.WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>
    /// Reads the changes that this process has committed, so that answers after a write are up to date. Never throws.
    /// </summary>
    public Task CommittedAsync()
    {
        lock (_gate)
        {
            return _poll is null || _stopping.IsCancellationRequested
                ? Task.CompletedTask
                : CatchUpAsync(_stopping.Token);
        }
    }

    /// <summary>
    /// Reads the changes that were committed since the last read. During a database outage, cached answers are
    /// retained, and changes are read after the outage. If only this server has lost the database, its readiness check
    /// fails. After any other failure, the data in memory may be wrong, so everything is cleared.
    /// </summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _reading.WaitAsync(cancellationToken);
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
        {
            return;
        }

        try
        {
            while (await ReadMoreAsync(cancellationToken))
            {
                // Repeat until the feed has caught up.
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (provider.FaultOf(fault) is DatabaseFault.None or DatabaseFault.Damaged)
            {
                LogUnread(fault);
                Forget();
            }
            else
            {
                if (!_isInterrupted)
                {
                    LogInterrupted(fault);
                }

                _isInterrupted = true;
                availability.Suspect();
            }
        }
        catch (OperationCanceledException)
        {
            // The next read returns the changes that this read missed.
        }
        finally
        {
            _reading.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        ITimer? poll;
        lock (_gate)
        {
            poll = _poll;
        }

        if (poll is not null)
        {
            await poll.DisposeAsync();
        }

        await _reading.WaitAsync();
        _reading.Dispose();
        _stopping.Dispose();
    }

    private async Task<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        if (_isInterrupted)
        {
            await ResumeAsync(cancellationToken);
        }

        if (Tail is not { } tail)
        {
            var mark = await MarkAsync(null, cancellationToken);
            Restart(isFollowed: true);
            lock (_gate)
            {
                _tail = mark.Seq;
            }

            _mark = mark;
            return false;
        }

        var changes = await ReadAsync(tail, cancellationToken);
        if (changes.Count == 0)
        {
            return false;
        }

        var last = changes[^1].Change;
        _mark = (_mark!.Value.Epoch, last.Seq, last.SubjectId.Value, last.OccurredAt);
        foreach (var reader in _readers)
        {
            reader.OnChanges(changes);
        }

        TaskCompletionSource waiting;
        lock (_gate)
        {
            _recent.AddRange(changes);
            _recent.RemoveRange(0, Math.Max(0, _recent.Count - MaxRecent));
            _tail = changes[^1].Change.Seq;
            waiting = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult();
        return changes.Count == MaxBatch;
    }

    // The database can have different content after an outage: a restored backup lacks changes that this process has
    // read.
    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (Tail is { } tail)
        {
            if (await MarkAsync(tail, cancellationToken) != _mark)
            {
                LogReplaced();
                Forget();
            }
        }

        _isInterrupted = false;
    }

    private Task<(Guid Epoch, long Seq, Guid Subject, DateTimeOffset At)> MarkAsync(
        long? seq,
        CancellationToken cancellationToken
    ) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                return await MarkAsync(db, seq, token);
            },
            cancellationToken
        );

    // Identifies the change with the given number, or the last change if no number is given. Returns the default if the
    // log is shorter. Numbers start at 1, so the result for an empty log contains only the epoch.
    private static async Task<(Guid Epoch, long Seq, Guid Subject, DateTimeOffset At)> MarkAsync(
        CmsDbContext db,
        long? seq,
        CancellationToken cancellationToken
    )
    {
        var counter = await db
            .ChangeCounters.Select(counter => new { counter.Epoch, counter.Seq })
            .SingleAsync(cancellationToken);
        var at = seq ?? counter.Seq;
        var change = await db
            .Changes.AsNoTracking()
            .Where(change => change.Seq == at)
            .SingleOrDefaultAsync(cancellationToken);
        return at > counter.Seq
            ? default
            : (counter.Epoch, at, change?.SubjectId.Value ?? default, change?.OccurredAt ?? default);
    }

    // Returns the changes after a number from memory, and a task that completes when there are more changes. The list
    // is null if the changes in memory do not go back far enough.
    private (IReadOnlyList<SeenChange>? Changes, Task More) Recent(long after)
    {
        lock (_gate)
        {
            var known =
                after >= _tail ? []
                : _recent is [var oldest, ..] && oldest.Change.Seq <= after + 1
                    ? _recent.GetRange((int)(after + 1 - oldest.Change.Seq), (int)(_tail!.Value - after))
                : null;
            return (known, _more.Task);
        }
    }

    private Task<IReadOnlyList<SeenChange>> ReadAsync(long after, CancellationToken cancellationToken) =>
        availability.RunAsync(token => ReadAfterAsync(after, token), cancellationToken);

    private async Task<IReadOnlyList<SeenChange>> ReadAfterAsync(long after, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var changes = await db
            .Changes.Where(change => change.Seq > after)
            .OrderBy(change => change.Seq)
            .Take(MaxBatch)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return await db.WithStatesAsync(changes, cancellationToken);
    }

    private void Forget()
    {
        lock (_gate)
        {
            _tail = null;
            _recent.Clear();
        }

        Restart(isFollowed: false);
    }

    private void Restart(bool isFollowed)
    {
        foreach (var reader in _readers)
        {
            reader.Restart(isFollowed);
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "The change log cannot be read; no cached answers are served until it can be read again"
    )]
    private partial void LogUnread(Exception fault);

    [LoggerMessage(LogLevel.Error, "The change log cannot be read at the moment; cached answers are still served")]
    private partial void LogInterrupted(Exception fault);

    [LoggerMessage(LogLevel.Warning, "The database now has a different change log; all cached answers are discarded")]
    private partial void LogReplaced();
}
