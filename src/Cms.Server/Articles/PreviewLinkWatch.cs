using Cms.Articles.Preview;
using Cms.Server.Health;

namespace Cms.Server.Articles;

/// <summary>Regularly deletes preview links that have expired.</summary>
internal sealed partial class PreviewLinkWatch(
    ForgetPreviewLinks forget,
    ClockCheck check,
    TimeProvider clock,
    ILogger<PreviewLinkWatch> log
) : ClockWatch(check, clock, Interval)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        await forget.Handle(cancellationToken);
        return null;
    }

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Cannot delete expired preview links; the next check tries again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
