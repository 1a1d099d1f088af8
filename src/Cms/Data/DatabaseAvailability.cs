using Microsoft.Extensions.Logging;

namespace Cms.Data;

/// <summary>
/// Knows whether the database answers. Work that takes long has the database probed; when the probe fails too, whoever
/// waits gets <see cref="DatabaseUnavailableException" />. When two probes in a row have failed, new connections are
/// refused until a probe succeeds: one login that is slow says little of the others.
/// </summary>
public sealed partial class DatabaseAvailability(
    IDatabaseProvider provider,
    DatabaseGate gate,
    TimeProvider clock,
    ILogger<DatabaseAvailability> log
) : IAsyncDisposable
{
    /// <summary>How long work may take before the database is probed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    // With the patience before it, less than two seconds.
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<Exception?>? _probe;

    // Runs from the first probe that fails to the first that succeeds.
    private ITimer? _timer;
    private long _awaySince;
    private bool _isDisposed;

    /// <summary>Whether the last two probes failed, and none has succeeded since.</summary>
    public bool IsAway => gate.IsClosed;

    /// <summary>Completes when the probe that runs, or ran last, has ended and its result counts.</summary>
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
    /// Waits for work that uses the database. Work that is given up goes on: whoever calls this keeps what it uses
    /// alive until it ends.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The database does not answer.</exception>
    public async Task<T> WaitAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            // It may end at the moment of the timeout, so only the task itself says whether it did.
            await ((Task)work).WaitAsync(Patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!work.IsCompleted && await ProbeAsync() is { } fault && !work.IsCompleted)
            {
                throw new DatabaseUnavailableException(fault);
            }
        }

        return await work;
    }

    /// <summary>Runs work that owns whatever it uses, and cancels it when it is given up.</summary>
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
                        // Nobody else looks at what became of it.
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

    /// <summary>Has the database probed because something failed; returns at once.</summary>
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

    // Everybody who asks at the same time waits for one probe. Null when the database answered.
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

        // The driver does not always end when it is told to.
        var probe = provider.ProbeAsync(limit.Token).WaitAsync(limit.Token);
        await probe.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var fault =
            probe.Exception?.InnerException
            ?? (probe.IsCanceled ? new TimeoutException("The database did not answer a probe in time.") : null);
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
                LogAway(provider.Explain(fault) ?? "The database does not answer.", fault);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "The database is away; answers in memory are still served, all else is answered with 503. {Sentence}"
    )]
    private partial void LogAway(string sentence, Exception fault);

    [LoggerMessage(LogLevel.Information, "The database answers again after {Duration}")]
    private partial void LogBack(TimeSpan duration);
}
