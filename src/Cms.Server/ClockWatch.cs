using Cms.Foundation;

namespace Cms.Server;

/// <summary>Does what is due when its time comes, and looks again for what was changed meanwhile, here or by another server.</summary>
/// <param name="clock">The time.</param>
/// <param name="longest">How long a change may go unseen.</param>
internal abstract class ClockWatch(TimeProvider clock, TimeSpan longest) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private bool _isFailing;

    /// <summary>Carries out what is due; says when the next is, or null when nothing comes.</summary>
    protected abstract Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken);

    /// <summary>Says that it failed: once until it works again.</summary>
    protected abstract void Failed(Exception fault);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await RunOnceAsync(stoppingToken), clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Until the next look.
    private async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
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
