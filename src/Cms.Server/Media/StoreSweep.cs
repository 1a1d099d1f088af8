using Cms.Media.Intake;
using Cms.Server.Telemetry;

namespace Cms.Server.Media;

/// <summary>Sweeps the store every hour, like the command <c>media sweep</c>.</summary>
internal sealed partial class StoreSweep(SweepMedia sweep, TimeProvider clock, ILogger<StoreSweep> log)
    : BackgroundService
{
    /// <summary>The time between two sweeps, and between the start and the first sweep.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var activity = ServerTraces.Timed(nameof(StoreSweep));
            var swept = await sweep.Handle(cancellationToken);
            if (swept is not (0, 0, 0, 0))
            {
                LogSwept(log, swept.Uploads, swept.Files, swept.Renditions, swept.Remnants);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(log, fault);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Removed from the store: {Uploads} uploads, {Files} files, {Renditions} renditions, {Remnants} remnants"
    )]
    private static partial void LogSwept(ILogger logger, int uploads, int files, int renditions, int remnants);

    [LoggerMessage(LogLevel.Error, "Unused files could not be removed from the store; the next attempt is in an hour")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
