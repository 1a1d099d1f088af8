using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Takedowns;

/// <summary>The takedown that you confirm.</summary>
public sealed record AcknowledgeTakedownInput : MutationInput
{
    /// <summary>The id of the takedown, from `takedowns`.</summary>
    public required EditionId Id { get; init; }
}

/// <summary>
/// Confirms that a partner has removed a withdrawn article. A partner that never received the article gets the same answer
/// as for a takedown that does not exist. Repeating it changes nothing and returns the first time.
/// </summary>
public sealed class AcknowledgeTakedown(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    TimeProvider clock
)
{
    public async Task<Result<OwnTakedown>> Handle(
        AcknowledgeTakedownInput input,
        Viewer viewer,
        AcknowledgementChannel channel,
        CancellationToken cancellationToken
    )
    {
        if (viewer.ActsFor is not { } partner)
        {
            return new TakedownNotFound(input.Id) { Path = ["id"] };
        }

        await using var reading = await databases.CreateDbContextAsync(cancellationToken);
        return await database.WriteAsync<OwnTakedown>(
            await reading.ActorForAsync(viewer, partner, "acknowledgeTakedown", cancellationToken),
            async (db, token) =>
            {
                if (
                    await db.ReceivedTakedowns(partner).SingleOrDefaultAsync(t => t.Id == input.Id, token)
                    is not { } takedown
                )
                {
                    return new TakedownNotFound(input.Id) { Path = ["id"] };
                }

                if (await db.TakedownAcknowledgements.FindAsync([takedown.Id, partner], token) is null)
                {
                    db.Add(
                        new TakedownAcknowledgement
                        {
                            TakedownId = takedown.Id,
                            PartnerId = partner,
                            ArticleId = takedown.ArticleId,
                            At = clock.Now(),
                            Channel = channel,
                            By = await db.NameOfAsync(viewer, TakedownAcknowledgement.MaxBy, token),
                        }
                    );
                    await db.SaveChangesAsync(token);
                }

                return await db
                    .Takedowns.Where(t => t.Id == takedown.Id)
                    .Select(OwnTakedown.Of(db, partner))
                    .SingleAsync(token);
            },
            cancellationToken
        );
    }
}
