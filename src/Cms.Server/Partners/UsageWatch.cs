using Cms.Partners.Usage;
using Cms.Server.Health;

namespace Cms.Server.Partners;

/// <summary>Regularly saves what partners have used, and once more when the server stops.</summary>
internal sealed partial class UsageWatch(
    UsageBuffer buffer,
    SaveUsage save,
    ClockCheck check,
    TimeProvider clock,
    ILogger<UsageWatch> log
) : ClockWatch(check, clock, PartnerLimits.Delay)
{
    protected override Task Woken => buffer.Filled;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Requests have ended before.
        await base.StopAsync(cancellationToken);
        try
        {
            await save.Handle(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogLost(log, fault);
        }
    }

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        await save.Handle(cancellationToken);
        return null;
    }

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Cannot save what partners have used; it is kept in memory and tried again")]
    private static partial void LogFailed(ILogger logger, Exception fault);

    [LoggerMessage(
        LogLevel.Error,
        "Cannot save what partners have used before the server stops; the last counts are lost"
    )]
    private static partial void LogLost(ILogger logger, Exception fault);
}

/// <summary>Regularly deletes old counts of what partners have used.</summary>
internal sealed partial class UsageSweep(
    ForgetUsage forget,
    ClockCheck check,
    TimeProvider clock,
    ILogger<UsageSweep> log
) : ClockWatch(check, clock, Interval)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        await forget.Handle(cancellationToken);
        return null;
    }

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Cannot delete old counts of what partners have used; the next check tries again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
