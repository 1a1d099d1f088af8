using Cms.Media.Rights;
using Cms.Server.Health;

namespace Cms.Server.Media;

/// <summary>Expires images when their rights end.</summary>
internal sealed partial class RightsWatch(
    ExpireMedia expire,
    ClockCheck check,
    TimeProvider clock,
    ILogger<RightsWatch> log
) : ClockWatch(check, clock, TimeSpan.FromSeconds(30))
{
    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken) =>
        (await expire.Handle(new ExpireMediaInput(), cancellationToken)).Value!.Next;

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Cannot check whether image rights have ended; the check is repeated")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
