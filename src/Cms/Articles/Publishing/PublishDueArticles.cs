using Cms.Articles.Gate;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Articles.Publishing;

/// <summary>The limit of a run. The run finds the due articles itself.</summary>
public sealed record PublishDueArticlesInput
{
    /// <summary>The maximum number of articles to publish or refuse in the run.</summary>
    public int Most { get; init; } = 100;
}

/// <summary>The result of publishing due articles.</summary>
/// <param name="Published">The published articles.</param>
/// <param name="Refused">The articles whose schedule was cancelled, and why.</param>
/// <param name="Failed">The articles to try again in the next run, and what went wrong.</param>
/// <param name="Next">When the next article is due; null if no more are scheduled.</param>
public sealed record DueArticles(
    IReadOnlyList<ArticleId> Published,
    IReadOnlyList<(ArticleId Id, string Reason)> Refused,
    IReadOnlyList<(ArticleId Id, Exception Fault)> Failed,
    DateTimeOffset? Next
);

/// <summary>
/// Publishes due articles, each in a separate transaction, so that one failure does not affect the others. If an
/// article fails the checks, its schedule is cancelled and the reason is stored. Repeated or concurrent runs do not
/// publish an article twice.
/// </summary>
public sealed partial class PublishDueArticles(
    CmsDatabase database,
    PublishGate gate,
    IDbContextFactory<CmsDbContext> databases,
    TimeProvider clock,
    ILogger<PublishDueArticles> log
)
{
    public async Task<DueArticles> Handle(PublishDueArticlesInput input, CancellationToken cancellationToken)
    {
        List<ArticleId> published = [];
        List<(ArticleId, string)> refused = [];
        List<(ArticleId, Exception)> failed = [];
        var next = await databases.CarryOutDueAsync(
            (db, last) =>
                db
                    .Articles.Where(a => a.ScheduledAt >= last.At && (a.ScheduledAt > last.At || a.Id > last.Id))
                    .OrderBy(a => a.ScheduledAt)
                    .ThenBy(a => a.Id)
                    .Select(a => new DuePlace(a.ScheduledAt!.Value, a.Id)),
            PublishAsync,
            input.Most,
            clock,
            failed,
            cancellationToken
        );
        return new DueArticles(published, refused, failed, next);

        async Task<bool> PublishAsync(ArticleId id)
        {
            var done = (await CarryOutAsync(id, cancellationToken)).Value!;
            if (done.Refusal is { } reason)
            {
                refused.Add((id, reason));
                LogRefused(log, id, reason);
            }
            else if (done.IsPublished)
            {
                published.Add(id);
            }

            return done.IsPublished || done.Refusal is not null;
        }
    }

    private Task<Result<Outcome>> CarryOutAsync(ArticleId id, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome>(
            Actor.Server.For("publishDueArticle"),
            async (db, token) =>
            {
                var now = clock.Now();
                var due = await db.Articles.SingleOrDefaultAsync(a => a.Id == id && a.ScheduledAt <= now, token);
                if (due is not { ScheduledRevisionId: { } scheduled } article)
                {
                    // Another server or an editor has already handled it.
                    return new Outcome(IsPublished: false);
                }

                var revision = await db.Revisions.AsNoTracking().SingleAsync(r => r.Id == scheduled, token);
                var panel = await db.PanelOfAsync(article.Id, token);
                if (await db.IsLiveAsync(article, revision, panel, token))
                {
                    await db.UnscheduleAsync(article, article.ScheduledBy!, now, token);
                    return new Outcome(IsPublished: false);
                }

                var agreed = article.PublishScheduled(revision, now);
                var submission = new Submission(article, revision, article.ScheduledBy!, now)
                {
                    Acknowledged = article.ScheduleAcknowledged,
                };
                var issued = await db.IssueAsync(gate, submission, agreed, panel, token);
                if (issued.IsRefused)
                {
                    await db.UnshowScheduledAsync(article.Id, token);
                    article.RefuseSchedule(issued.Errors.SelectMany(Reasons), now);
                    return new Outcome(IsPublished: false, article.ScheduleRefusal);
                }

                return new Outcome(IsPublished: true);
            },
            cancellationToken
        );

    // Nobody can acknowledge a warning now, so its own message says more.
    private static IEnumerable<string> Reasons(UserError error) =>
        error is WarningsNotAcknowledged { Warnings: var warnings }
            ? warnings.Select(warning => warning.Message)
            : [error.Message];

    [LoggerMessage(
        LogLevel.Warning,
        "{Article} was due but could not be published; its schedule was cancelled: {Reason}"
    )]
    private static partial void LogRefused(ILogger logger, ArticleId article, string reason);

    private sealed record Outcome(bool IsPublished, string? Refusal = null);
}
