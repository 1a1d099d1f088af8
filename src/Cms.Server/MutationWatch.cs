using Cms.Data;
using Cms.Server.Health;

namespace Cms.Server;

/// <summary>Regularly deletes old records of completed mutations.</summary>
internal sealed partial class MutationWatch(
    ForgetMutations forget,
    ClockCheck check,
    TimeProvider clock,
    ILogger<MutationWatch> log
) : ClockWatch(check, clock, Interval)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        await forget.Handle(cancellationToken);
        return null;
    }

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "Cannot delete old records of completed mutations; the next check tries again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
