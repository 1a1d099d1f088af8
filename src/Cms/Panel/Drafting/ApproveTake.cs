using Cms.Articles;
using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Drafting;

/// <summary>The take to approve.</summary>
public sealed record ApproveTakeInput : MutationInput
{
    /// <summary>The id of the take.</summary>
    public required TakeId Id { get; init; }

    /// <summary>
    /// The id of the revision that the editor read, which must be the newest revision; null to approve the newest
    /// revision.
    /// </summary>
    public TakeRevisionId? Revision { get; init; }

    /// <summary>
    /// Whether to publish the take at once, as an update of the published article; default false. The update adds this
    /// take, or replaces its published revision, and publishes no other changes.
    /// </summary>
    public bool Publish { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Approves the newest revision of a take for the article's next edition, or publishes it at once as an update.
/// </summary>
public sealed class ApproveTake(CmsDatabase database, PublishGate gate, TimeProvider clock)
{
    public Task<Result<Take>> Handle(ApproveTakeInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeTakeAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, take, token) =>
            {
                if (take.CannotApprove(input.Revision) is { } refusal)
                {
                    return refusal;
                }

                var now = clock.Now();
                if (await db.ApproveAsync(gate, take, actor.Contributor, now, token) is { } undisclosed)
                {
                    return undisclosed;
                }

                if (!input.Publish)
                {
                    return take;
                }

                var article = await db.Articles.SingleAsync(a => a.Id == take.ArticleId, token);
                if (article.LiveEditionId is not { } live)
                {
                    return new ArticleNotPublished(article.Id) { Path = ["publish"] };
                }

                if (
                    await db.EditionTakes.AnyAsync(
                        t => t.EditionId == live && t.RevisionId == take.ApprovedRevisionId,
                        token
                    )
                )
                {
                    return take;
                }

                var approved = await db.PanelTakeAsync(take, token);
                var issued = await db.ReissueLiveAsync(
                    article,
                    shown => [.. shown.Where(t => t.Take.Id != take.Id).Append(approved).OrderBy(t => t.Order)],
                    actor.Contributor,
                    now,
                    token
                );
                return issued.Then(take);
            },
            cancellationToken
        );
}
