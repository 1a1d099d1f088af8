using Cms.Articles.Gate;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article to release under embargo, and the end of the embargo.</summary>
public sealed record ReleaseUnderEmbargoInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>When the embargo ends and the article is published. Set either this or untilLocal.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// When the embargo ends and the article is published, in the newsroom's time zone. If the clocks skip this time,
    /// it is moved forward by the length of the gap. If they show it twice, the first occurrence is used.
    /// </summary>
    public DateTime? UntilLocal { get; init; }

    /// <summary>The publishing rules whose warnings you have seen and accept. None by default.</summary>
    public IReadOnlyList<CheckRule>? Acknowledge { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Releases the current working copy and the approved takes to partners before readers can see them, puts the article
/// under embargo and schedules it for the end of the embargo. Releasing again includes later saves or changes the time.
/// </summary>
public sealed class ReleaseUnderEmbargo(
    CmsDatabase database,
    PublishGate gate,
    NewsroomTime newsroom,
    TimeProvider clock
)
{
    public Task<Result<Article>> Handle(
        ReleaseUnderEmbargoInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                if (
                    !newsroom
                        .PlannedTime(input.Until, input.UntilLocal, "until", clock.Now())
                        .Succeeded(out var until, out var refusals)
                )
                {
                    return refusals.ToList();
                }

                var head = await db.HeadOfAsync(article, token);
                var submission = new Submission(article, head, actor.Contributor, clock.Now())
                {
                    At = until,
                    Acknowledged = input.Acknowledge ?? [],
                };
                return await db.ReleaseAsync(gate, submission, token);
            },
            cancellationToken
        );
}
