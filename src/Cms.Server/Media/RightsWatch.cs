using Cms.Data;
using Cms.Media;

namespace Cms.Server.Media;

/// <summary>Carries out the end of rights when it comes, and looks again for those that were changed meanwhile.</summary>
internal sealed partial class RightsWatch(ExpireMedia expire, TimeProvider clock, ILogger<RightsWatch> log)
    : BackgroundService
{
    /// <summary>How long rights that were just shortened may go unseen.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await LookAsync(stoppingToken), clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Until the next look.
    private async Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var done = (await expire.Handle(new ExpireMediaInput(), cancellationToken)).Value!;
            var wait = done.Next - clock.Now() ?? Longest;
            return wait < Shortest ? Shortest
                : wait > Longest ? Longest
                : wait;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(log, fault);
            return Longest;
        }
        catch (OperationCanceledException)
        {
            return Shortest;
        }
    }

    [LoggerMessage(LogLevel.Error, "Whether rights in images have ended cannot be looked up; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
