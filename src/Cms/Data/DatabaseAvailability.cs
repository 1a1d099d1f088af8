using Microsoft.Extensions.Logging;

namespace Cms.Data;

/// <summary>
/// Tracks whether the database responds. If work takes long, the database is probed. If the probe fails, the waiting
/// caller gets a <see cref="DatabaseUnavailableException" />. After two failed probes in a row, new connections are
/// rejected until a probe succeeds. One failure is not enough, because a single login can be slow.
/// </summary>
public sealed partial class DatabaseAvailability(
    IDatabaseProvider provider,
    DatabaseGate gate,
    TimeProvider clock,
    ILogger<DatabaseAvailability> log
) : IAsyncDisposable
{
    /// <summary>How long work can take before the database is probed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    // Patience and ProbeLimit together are less than two seconds.
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<Exception?>? _probe;

    // Probes the database every second, from the first failed probe until a probe succeeds.
    private ITimer? _timer;
    private long _awaySince;
    private bool _isDisposed;

    /// <summary>Whether two probes in a row have failed and none has succeeded since.</summary>
    public bool IsAway => gate.IsClosed;

    /// <summary>A task that completes when the latest probe has ended and its result has taken effect.</summary>
    internal Task Probed
    {
        get
        {
            lock (_gate)
            {
                return _probe ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>
    /// Waits for work that uses the database. Abandoned work continues, so the caller must not dispose of what the work
    /// uses until the work ends.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The database does not respond.</exception>
    public async Task<T> WaitAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            // The work may end at the moment of the timeout. Only the task itself shows whether it has ended.
            await ((Task)work).WaitAsync(Patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!work.IsCompleted && await ProbeAsync() is { } fault && !work.IsCompleted)
            {
                throw new DatabaseUnavailableException(fault);
            }
        }

        return await work;
    }

    /// <summary>Runs work that owns everything it uses, and cancels the work if it is abandoned.</summary>
    /// <inheritdoc cref="WaitAsync" />
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(stop.Token);
        try
        {
            return await WaitAsync(running);
        }
        finally
        {
            if (running.IsCompleted)
            {
                stop.Dispose();
            }
            else
            {
                _ = stop.CancelAsync();
                _ = running.ContinueWith(
                    ended =>
                    {
                        // Nobody else observes the exception.
                        _ = ended.Exception;
                        stop.Dispose();
                    },
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );
            }
        }
    }

    /// <summary>Starts a probe after a failure and returns immediately.</summary>
    public void Suspect()
    {
        if (!IsAway)
        {
            _ = ProbeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        ITimer? timer;
        lock (_gate)
        {
            _isDisposed = true;
            timer = _timer;
        }

        if (timer is not null)
        {
            await timer.DisposeAsync();
        }
    }

    // Concurrent callers wait for the same probe. The result is null if the database responded.
    private Task<Exception?> ProbeAsync()
    {
        lock (_gate)
        {
            return _probe is { IsCompleted: false } running ? running : _probe = Task.Run(ProbeOnceAsync);
        }
    }

    private async Task<Exception?> ProbeOnceAsync()
    {
        using var limit = new CancellationTokenSource(ProbeLimit, clock);

        // The driver does not always stop when it is cancelled.
        var probe = provider.ProbeAsync(limit.Token).WaitAsync(limit.Token);
        await probe.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var fault =
            probe.Exception?.InnerException
            ?? (probe.IsCanceled ? new TimeoutException("The database did not respond to a probe in time.") : null);
        Set(fault);
        return fault;
    }

    private void Set(Exception? fault)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            if (fault is null)
            {
                _timer?.Dispose();
                _timer = null;
                if (gate.IsClosed)
                {
                    gate.IsClosed = false;
                    LogBack(clock.GetElapsedTime(_awaySince));
                }
            }
            else if (_timer is null)
            {
                _awaySince = clock.GetTimestamp();
                _timer = clock.CreateTimer(_ => _ = ProbeAsync(), null, Interval, Interval);
            }
            else if (!gate.IsClosed)
            {
                gate.IsClosed = true;
                LogAway(provider.Explain(fault) ?? "The database does not respond.", fault);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "The database is down. Cached responses are still served; all other requests get 503. {Sentence}"
    )]
    private partial void LogAway(string sentence, Exception fault);

    [LoggerMessage(LogLevel.Information, "The database responds again after {Duration}")]
    private partial void LogBack(TimeSpan duration);
}
