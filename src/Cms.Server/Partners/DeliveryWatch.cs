using Cms.Partners.Deliveries;
using Cms.Server.Health;

namespace Cms.Server.Partners;

/// <summary>Regularly saves when partners last received articles, and once more when the server stops.</summary>
internal sealed partial class DeliveryWatch(
    SaveLastDeliveries save,
    ClockCheck check,
    TimeProvider clock,
    ILogger<DeliveryWatch> log
) : ClockWatch(check, clock, Interval)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await save.Handle(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(fault);
        }
    }

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        await save.Handle(cancellationToken);
        return null;
    }

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Cannot save when partners last received articles; the next check tries again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
