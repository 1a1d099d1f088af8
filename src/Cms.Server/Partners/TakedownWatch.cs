using Cms.Partners.Takedowns;
using Cms.Server.Health;

namespace Cms.Server.Partners;

/// <summary>
/// Tells editors at the deadline of a takedown which partners have not confirmed it, also for deliveries that are found
/// later.
/// </summary>
internal sealed partial class TakedownWatch(
    EscalateTakedowns escalate,
    ClockCheck check,
    TimeProvider clock,
    ILogger<TakedownWatch> log
) : ClockWatch(check, clock, TimeSpan.FromMinutes(1))
{
    protected override Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken) =>
        escalate.Handle(cancellationToken);

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Cannot check which takedowns are due; the check is repeated")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
