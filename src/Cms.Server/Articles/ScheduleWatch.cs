using Cms.Articles;
using Cms.Articles.Publishing;

namespace Cms.Server.Articles;

/// <summary>Publishes scheduled articles when they are due. At startup, publishes those that are overdue.</summary>
internal sealed partial class ScheduleWatch(PublishDueArticles publish, TimeProvider clock, ILogger<ScheduleWatch> log)
    : ClockWatch(clock, TimeSpan.FromSeconds(5))
{
    // Articles whose failure has been logged. They are retried.
    private HashSet<ArticleId> _failing = [];

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        var done = await publish.Handle(new PublishDueArticlesInput(), cancellationToken);
        foreach (var (article, fault) in done.Failed.Where(failed => !_failing.Contains(failed.Id)))
        {
            LogArticleFailed(log, fault, article);
        }

        _failing = [.. done.Failed.Select(failed => failed.Id)];

        return done.Next;
    }

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(LogLevel.Error, "{Article} is due but could not be published; the next check tries again")]
    private static partial void LogArticleFailed(ILogger logger, Exception fault, ArticleId article);

    [LoggerMessage(LogLevel.Error, "Cannot check which articles are due; the check is repeated")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
