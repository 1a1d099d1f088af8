using Cms.Server.Health;
using Cms.Webhooks;

namespace Cms.Server.Webhooks;

/// <summary>Regularly deletes old deliveries of webhooks.</summary>
internal sealed partial class WebhookSweep(
    ForgetDeliveries forget,
    ClockCheck check,
    TimeProvider clock,
    ILogger<WebhookSweep> log
) : ClockWatch(check, clock, Interval)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        await forget.Handle(cancellationToken);
        return null;
    }

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Cannot delete old deliveries of webhooks; the next check tries again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
