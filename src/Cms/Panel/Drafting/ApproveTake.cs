using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Drafting;

/// <summary>The take to approve.</summary>
public sealed record ApproveTakeInput
{
    /// <summary>The id of the take.</summary>
    public required TakeId Id { get; init; }
}

/// <summary>
/// Approves a take for the article's next edition. It replaces the persona's earlier approved take on the article.
/// </summary>
public sealed class ApproveTake(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Take>> Handle(ApproveTakeInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Take>(
            actor,
            async (db, token) =>
            {
                if (await db.Takes.FindAsync([input.Id], token) is not { } take)
                {
                    return new TakeNotFound(input.Id) { Path = ["id"] };
                }

                // Lock the article's row. Otherwise, two simultaneous approvals would not see each other.
                await db
                    .Articles.Where(a => a.Id == take.ArticleId)
                    .ExecuteUpdateAsync(a => a.SetProperty(x => x.Version, x => x.Version), token);
                var approved = take.Approve(actor.Contributor, clock.Now());
                if (approved.IsRefused)
                {
                    return approved;
                }

                var replaced = db.Takes.Where(t =>
                    t.ArticleId == take.ArticleId
                    && t.PersonaId == take.PersonaId
                    && t.Status == TakeStatus.Approved
                    && t.Id != take.Id
                );
                await foreach (var earlier in replaced.AsAsyncEnumerable().WithCancellation(token))
                {
                    earlier.Replace();
                }

                return approved;
            },
            cancellationToken
        );
}
