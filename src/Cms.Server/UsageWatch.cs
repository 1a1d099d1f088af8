using Cms.Foundation;
using Cms.Partners.Usage;

namespace Cms.Server;

/// <summary>Regularly saves what partners have used, and once more when the server stops. Deletes old counts.</summary>
internal sealed partial class UsageWatch(
    UsageBuffer buffer,
    SaveUsage save,
    ForgetUsage forget,
    TimeProvider clock,
    ILogger<UsageWatch> log
) : ClockWatch(clock, PartnerLimits.Delay)
{
    private static readonly TimeSpan Sweep = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock = clock;
    private DateTimeOffset _sweptAt;

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
        if (_clock.Now() - _sweptAt >= Sweep)
        {
            await forget.Handle(cancellationToken);
            _sweptAt = _clock.Now();
        }

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
