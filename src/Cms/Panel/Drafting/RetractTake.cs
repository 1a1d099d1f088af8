using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Drafting;

/// <summary>The take to retract, and why.</summary>
public sealed record RetractTakeInput : MutationInput
{
    /// <summary>The id of the take.</summary>
    public required TakeId Id { get; init; }

    /// <summary>Why it is retracted. Only staff see it.</summary>
    public required string Reason { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Retracts a take, or cancels a request for one. If readers see the take, this makes an edition with the same text and
/// without the take.
/// </summary>
public sealed class RetractTake(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Take>> Handle(RetractTakeInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeTakeAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, take, token) =>
            {
                if (string.IsNullOrWhiteSpace(input.Reason))
                {
                    return new RetractionReasonRequired() { Path = ["reason"] };
                }

                if (input.Reason.Length > Take.MaxReason)
                {
                    return new TextTooLong("reason", Take.MaxReason) { Path = ["reason"] };
                }

                var now = clock.Now();
                take.Retract(input.Reason.Trim(), actor.Contributor, now);
                var article = await db.Articles.SingleAsync(a => a.Id == take.ArticleId, token);
                if (article.AdvanceEditionId is { } advance)
                {
                    // Partners no longer see it either.
                    await db
                        .EditionTakes.Where(t => t.EditionId == advance && t.TakeId == take.Id)
                        .ExecuteDeleteAsync(token);
                }

                if (
                    article.LiveEditionId is not { } live
                    || !await db.EditionTakes.AnyAsync(t => t.EditionId == live && t.TakeId == take.Id, token)
                )
                {
                    return take;
                }

                var issued = await db.ReissueLiveAsync(
                    article,
                    shown => [.. shown.Where(t => t.Take.Id != take.Id)],
                    actor.Contributor,
                    now,
                    token
                );
                return issued.Then(take);
            },
            cancellationToken
        );
}
