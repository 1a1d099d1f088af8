using Cms.Foundation;
using Cms.Server.Health;
using Cms.Server.Telemetry;

namespace Cms.Server;

/// <summary>Does work when it is due, and regularly checks for changes made here or by another server.</summary>
/// <param name="check">Compares the clock with the database's. While it is wrong, no work is done.</param>
/// <param name="clock">The clock.</param>
/// <param name="longest">The longest time between two checks.</param>
internal abstract class ClockWatch(ClockCheck check, TimeProvider clock, TimeSpan longest) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private static readonly Task Never = new TaskCompletionSource().Task;

    private bool _isFailing;

    /// <summary>Does the work that is due. Returns when the next work is due; null if there is none.</summary>
    protected abstract Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken);

    /// <summary>Completes when there may be work before the next check. It is read before each check.</summary>
    protected virtual Task Woken => Never;

    /// <summary>Logs a failure. Called only once until the work succeeds again.</summary>
    protected abstract void Failed(Exception fault);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var woken = Woken;
            var wait = await RunOnceAsync(stoppingToken);
            using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(woken, Task.Delay(wait, clock, awake.Token));
            await awake.CancelAsync();
        }
    }

    // Returns the time to wait before the next check.
    private async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await check.IsOffAsync(cancellationToken))
            {
                return longest;
            }

            using var activity = ServerTraces.Timed(GetType().Name);
            var next = await CarryOutAsync(cancellationToken);
            _isFailing = false;
            var wait = next - clock.Now() ?? longest;
            return wait < Shortest ? Shortest
                : wait > longest ? longest
                : wait;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isFailing)
            {
                Failed(fault);
            }

            _isFailing = true;
            return longest;
        }
        catch (OperationCanceledException)
        {
            return Shortest;
        }
    }
}
