using Cms.Media.Rights;

namespace Cms.Server.Media;

/// <summary>Expires images when their rights end.</summary>
internal sealed partial class RightsWatch(ExpireMedia expire, TimeProvider clock, ILogger<RightsWatch> log)
    : ClockWatch(clock, TimeSpan.FromSeconds(30))
{
    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken) =>
        (await expire.Handle(new ExpireMediaInput(), cancellationToken)).Value!.Next;

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Whether rights in images have ended cannot be looked up; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
