using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Server.Health;

namespace Cms.Server.Articles;

/// <summary>
/// Publishes and withdraws articles when they are due. At startup, it carries out what is overdue.
/// </summary>
internal sealed partial class ScheduleWatch(
    PublishDueArticles publish,
    WithdrawDueArticles withdraw,
    ClockCheck check,
    TimeProvider clock,
    ILogger<ScheduleWatch> log
) : ClockWatch(check, clock, TimeSpan.FromSeconds(5))
{
    // Articles whose failure has been logged. They are retried.
    private HashSet<ArticleId> _failing = [];

    protected override async Task<DateTimeOffset?> CarryOutAsync(CancellationToken cancellationToken)
    {
        var published = await publish.Handle(new PublishDueArticlesInput(), cancellationToken);
        var withdrawn = await withdraw.Handle(new WithdrawDueArticlesInput(), cancellationToken);
        List<(ArticleId Id, Exception Fault)> all = [.. published.Failed, .. withdrawn.Failed];
        foreach (var (article, fault) in all.Where(failed => !_failing.Contains(failed.Id)))
        {
            LogArticleFailed(log, fault, article);
        }

        _failing = [.. all.Select(failed => failed.Id)];

        return withdrawn.Next < published.Next ? withdrawn.Next : published.Next ?? withdrawn.Next;
    }

    protected override void Failed(Exception fault) => LogFailed(log, fault);

    [LoggerMessage(
        LogLevel.Error,
        "{Article} is due to be published or withdrawn, but this failed; the next check tries again"
    )]
    private static partial void LogArticleFailed(ILogger logger, Exception fault, ArticleId article);

    [LoggerMessage(LogLevel.Error, "Cannot check which articles are due; the check is repeated")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
