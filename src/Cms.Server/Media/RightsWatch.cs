using Cms.Media.Rights;

namespace Cms.Server.Media;

/// <summary>Expires images when their rights end.</summary>
internal sealed partial class RightsWatch(ExpireMedia expire, TimeProvider clock, ILogger<RightsWatch> log)
    : ClockWatch(clock, TimeSpan.FromSeconds(30))
{
    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken) =>
        (await expire.Handle(new ExpireMediaInput(), cancellationToken)).Value!.Next;

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Cannot check whether image rights have ended; the check is repeated")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
