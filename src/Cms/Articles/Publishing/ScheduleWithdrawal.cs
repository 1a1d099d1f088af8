using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article to withdraw later, the time, and the public reason.</summary>
public sealed record ScheduleWithdrawalInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>When to withdraw the article. Set either this or atLocal.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// When to withdraw the article, in the newsroom's time zone. If the clocks skip this time, it is moved forward by
    /// the length of the gap. If they show it twice, the first occurrence is used.
    /// </summary>
    public DateTime? AtLocal { get; init; }

    /// <summary>The reason for the withdrawal. Readers see it after the withdrawal.</summary>
    public required string Reason { get; init; }

    /// <summary>The kind of withdrawal, for systems that hold copies of the article.</summary>
    public WithdrawalKind Kind { get; init; } = WithdrawalKind.Normal;

    /// <summary>
    /// The id of a published article to read instead. It is left out if it is no longer published at the time of the
    /// withdrawal.
    /// </summary>
    public ArticleId? Successor { get; init; }

    /// <summary>
    /// Whether to withdraw the article even if a published article embeds it, a front contains it or the notice of a
    /// withdrawn article names it. By default, the withdrawal is not scheduled in that case, and the error lists the
    /// uses.
    /// </summary>
    public bool AcknowledgeUse { get; init; }

    /// <summary>The time by which partners must confirm the withdrawal; null if there is no deadline.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Schedules the withdrawal of an article that is published, or that will be by then. Scheduling again replaces the
/// earlier plan.
/// </summary>
public sealed class ScheduleWithdrawal(CmsDatabase database, NewsroomTime newsroom, TimeProvider clock)
{
    public Task<Result<Article>> Handle(
        ScheduleWithdrawalInput input,
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
                        .PlannedTime(input.At, input.AtLocal, "at", clock.Now())
                        .Succeeded(out var at, out var refusals)
                )
                {
                    return refusals.ToList();
                }

                var terms = new Withdrawal
                {
                    Reason = input.Reason,
                    Kind = input.Kind,
                    SuccessorId = input.Successor,
                    AcknowledgeBy = input.AcknowledgeBy?.ToMilliseconds(),
                };
                if (await db.MissingSuccessorAsync(terms, token) is { } missing)
                {
                    return missing;
                }

                return !input.AcknowledgeUse && await db.PublicUseAsync(article, token) is { } inUse
                    ? inUse
                    : article.ScheduleWithdrawal(at, terms, actor.Contributor, clock.Now());
            },
            cancellationToken
        );
}
