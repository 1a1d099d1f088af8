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

        return await database.WriteAsync<OwnTakedown>(
            await ActorAsync(viewer, partner, cancellationToken),
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
                            By = await NameAsync(db, viewer, token),
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

    // The audit log names the contact, or the partner if one of its programs confirms.
    private async Task<Actor> ActorAsync(Viewer viewer, PartnerId id, CancellationToken cancellationToken)
    {
        if (viewer.Contact is not null)
        {
            return viewer.ToActor();
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var partner = await db.Partners.SingleAsync(p => p.Id == id, cancellationToken);
        return new Actor
        {
            Contributor = Contributor.Person(partner.Name, partner.Id.ToString()),
            Key = viewer.Key,
            Operation = "acknowledgeTakedown",
        };
    }

    private static async Task<string> NameAsync(CmsDbContext db, Viewer viewer, CancellationToken cancellationToken) =>
        viewer switch
        {
            { Contact: not null } => PlainLine.Cut(
                viewer.Name ?? viewer.Key.ToString()!,
                TakedownAcknowledgement.MaxBy
            ),
            { FeedKey: { } key } =>
                $"Feed key …{await db.FeedKeys.Where(k => k.Id == key).Select(k => k.Ending).SingleAsync(cancellationToken)}",
            _ => $"Application {viewer.Key}",
        };
}
