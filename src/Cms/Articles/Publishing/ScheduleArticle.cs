using Cms.Articles.Gate;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article to schedule, and the time.</summary>
public sealed record ScheduleArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>When to publish the article. Set either this or atLocal.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// When to publish the article, in the newsroom's time zone. If the clocks skip this time, it is moved forward by
    /// the length of the gap. If they show it twice, the first occurrence is used.
    /// </summary>
    public DateTime? AtLocal { get; init; }

    /// <summary>The publishing rules whose warnings you have seen and accept. None by default.</summary>
    public IReadOnlyList<CheckRule>? Acknowledge { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Schedules the current working copy for publication. The checks run now and again at the scheduled time. Scheduling
/// again changes the time and includes later saves.
/// </summary>
public sealed class ScheduleArticle(CmsDatabase database, PublishGate gate, NewsroomTime newsroom, TimeProvider clock)
{
    public Task<Result<Article>> Handle(ScheduleArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                if (
                    !newsroom
                        .PlannedTime(input.At, input.AtLocal, "at", clock.Now())
                        .Succeeded(out var at, out var refusals)
                )
                {
                    return refusals.ToList();
                }

                var head = await db.HeadOfAsync(article, token);
                var submission = new Submission(article, head, actor.Contributor, clock.Now())
                {
                    At = at,
                    Acknowledged = input.Acknowledge ?? [],
                };
                return await db.ScheduleAsync(gate, submission, token);
            },
            cancellationToken
        );
}
