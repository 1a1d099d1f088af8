using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Articles.Publishing;

/// <summary>Nothing is told: what is due is found.</summary>
public sealed record PublishDueArticlesInput
{
    /// <summary>As many before looking again.</summary>
    public int Most { get; init; } = 100;
}

/// <summary>What carrying out the schedule came to.</summary>
/// <param name="Published">What went before readers.</param>
/// <param name="Refused">What was taken off the schedule, and why.</param>
/// <param name="Failed">What is tried again, and what went wrong.</param>
/// <param name="Next">When the next is due; null when nothing is scheduled.</param>
public sealed record DueArticles(
    IReadOnlyList<ArticleId> Published,
    IReadOnlyList<(ArticleId Id, string Reason)> Refused,
    IReadOnlyList<(ArticleId Id, Exception Fault)> Failed,
    DateTimeOffset? Next
);

/// <summary>
/// Puts before readers what is due, each article in a transaction of its own, so that none waits for another. What the
/// gate refuses is taken off the schedule with the reason. Run again, or by several servers at once, it does nothing twice.
/// </summary>
public sealed partial class PublishDueArticles(
    CmsDatabase database,
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
        var last = new Place(DateTimeOffset.UnixEpoch, default);
        while (true)
        {
            // Nearly always nothing is due, and nobody is kept from writing by looking.
            var next = await NextAsync(last, cancellationToken);
            if (next is null || next.At > clock.Now() || published.Count + refused.Count >= input.Most)
            {
                return new DueArticles(published, refused, failed, next?.At);
            }

            last = next;
            try
            {
                var done = (await CarryOutAsync(next.Id, cancellationToken)).Value!;
                if (done.Refusal is { } reason)
                {
                    refused.Add((next.Id, reason));
                    LogRefused(log, next.Id, reason);
                }
                else if (done.IsPublished)
                {
                    published.Add(next.Id);
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                failed.Add((next.Id, fault));
            }
        }
    }

    private async Task<Place?> NextAsync(Place last, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .Articles.Where(a => a.ScheduledAt >= last.At && (a.ScheduledAt > last.At || a.Id > last.Id))
            .OrderBy(a => a.ScheduledAt)
            .ThenBy(a => a.Id)
            .Select(a => new Place(a.ScheduledAt!.Value, a.Id))
            .FirstOrDefaultAsync(cancellationToken);
    }

    private Task<Result<Outcome>> CarryOutAsync(ArticleId id, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome>(
            Actor.Server,
            async (db, token) =>
            {
                var now = clock.Now();
                var due = await db.Articles.SingleOrDefaultAsync(a => a.Id == id && a.ScheduledAt <= now, token);
                if (due is not { ScheduledRevisionId: { } scheduled } article)
                {
                    // Another server was faster, or an editor.
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
                var issued = await db.IssueAsync(article, agreed, revision.Content, panel, now, token);
                if (issued.IsRefused)
                {
                    await db.UnshowScheduledAsync(article, token);
                    article.RefuseSchedule(issued.Errors, now);
                    return new Outcome(IsPublished: false, article.ScheduleRefusal);
                }

                return new Outcome(IsPublished: true);
            },
            cancellationToken
        );

    [LoggerMessage(LogLevel.Warning, "{Article} was due, cannot go before readers and is off the schedule: {Reason}")]
    private static partial void LogRefused(ILogger logger, ArticleId article, string reason);

    private sealed record Place(DateTimeOffset At, ArticleId Id);

    private sealed record Outcome(bool IsPublished, string? Refusal = null);
}
