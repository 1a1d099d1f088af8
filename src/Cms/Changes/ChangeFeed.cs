using System.Runtime.CompilerServices;
using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Changes;

/// <summary>
/// Follows the change log for everyone in this process: one reader of the table, any number of followers, each of whom
/// is only a number. Commits of this process are seen at once, those of others (an import, another replica) when the
/// log is looked at next.
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
    /// <summary>How long a change made by another process may go unseen.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // Followers further behind than this read from the table.
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

    // The change at the tail, and whether a look has failed since it was read.
    private (Guid Epoch, long Seq, Guid Subject, DateTimeOffset At)? _mark;
    private bool _isInterrupted;

    /// <summary>The last change that kept answers know of; null until the log was first read, or when it cannot be read.</summary>
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

    /// <summary>Begins to look at the log; whoever depends on <see cref="Tail" /> calls it first.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Whoever comes while the server stops winds up nothing that is not taken down again.
            if (!_stopping.IsCancellationRequested)
            {
                var stop = _stopping.Token;
                _poll ??= clock.CreateTimer(_ => _ = CatchUpAsync(stop), null, Poll, Poll);
            }
        }

        await CatchUpAsync(cancellationToken);
    }

    /// <summary>Every change after a number, as it is committed; ends only with the token.</summary>
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

    /// <summary>Reads what this process has committed, so that answers after a write are up to date. Never throws.</summary>
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
    /// Reads what was committed since the last look. While the database is away the answers in memory stay: whatever was
    /// written meanwhile follows when it is back, and a server that alone has lost it says so by its readiness. After any
    /// other failure nothing in memory can be trusted.
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
                // A long way behind: one batch after another.
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
            // The next look finds what this one did not.
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

    // The database that comes back may be another: one restored from a backup lacks changes that were seen here.
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

    // Names the change with that number, or the last one; the numbers start at 1, so an empty log has none.
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

    // What followers at this place get from memory, and what tells them of more; null where memory does not reach back.
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
        return await db.PublicChangesAsync(changes, cancellationToken);
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

    [LoggerMessage(LogLevel.Error, "The change log cannot be read; nothing is served from memory until it can be")]
    private partial void LogUnread(Exception fault);

    [LoggerMessage(LogLevel.Error, "The change log cannot be read for now; answers in memory stay as they are")]
    private partial void LogInterrupted(Exception fault);

    [LoggerMessage(LogLevel.Warning, "The change log is not the one seen before; answers in memory are discarded")]
    private partial void LogReplaced();
}
