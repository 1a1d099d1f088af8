using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel.Drafting;

/// <summary>The take to approve.</summary>
public sealed record ApproveTakeInput : MutationInput
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

                return await db.ApproveAsync(take, actor.Contributor, clock.Now(), token);
            },
            cancellationToken
        );
}
