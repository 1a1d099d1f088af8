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

/// <summary>Who confirms a takedown, and how.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Channel">How.</param>
/// <param name="By">The name of the person who does; null for a program, which is named by its key or application.</param>
public sealed record Acknowledger(PartnerId Partner, AcknowledgementChannel Channel, string? By = null)
{
    /// <summary>The feed key of the request; null if it has none.</summary>
    public FeedKeyId? FeedKey { get; init; }

    /// <summary>The application that sent the request; null if none did.</summary>
    public PersonKey? Application { get; init; }
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
        Acknowledger by,
        CancellationToken cancellationToken
    ) =>
        await database.WriteAsync<OwnTakedown>(
            await ActorAsync(by, cancellationToken),
            async (db, token) =>
            {
                if (
                    await db.ReceivedTakedowns(by.Partner).SingleOrDefaultAsync(t => t.Id == input.Id, token)
                    is not { } takedown
                )
                {
                    return new TakedownNotFound(input.Id) { Path = ["id"] };
                }

                if (await db.TakedownAcknowledgements.FindAsync([takedown.Id, by.Partner], token) is null)
                {
                    db.Add(
                        new TakedownAcknowledgement
                        {
                            TakedownId = takedown.Id,
                            PartnerId = by.Partner,
                            ArticleId = takedown.ArticleId,
                            At = clock.Now(),
                            Channel = by.Channel,
                            By = await NameAsync(db, by, token),
                        }
                    );
                    await db.SaveChangesAsync(token);
                }

                return await db
                    .Takedowns.Where(t => t.Id == takedown.Id)
                    .Select(OwnTakedown.Of(db, by.Partner))
                    .SingleAsync(token);
            },
            cancellationToken
        );

    // The audit log names the partner.
    private async Task<Actor> ActorAsync(Acknowledger by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var partner = await db.Partners.SingleAsync(p => p.Id == by.Partner, cancellationToken);
        return new Actor
        {
            Contributor = Contributor.Person(partner.Name, partner.Id.ToString()),
            Key = by.Application,
            Operation = "acknowledgeTakedown",
        };
    }

    private static async Task<string> NameAsync(CmsDbContext db, Acknowledger by, CancellationToken cancellationToken)
    {
        if (by.By is { } person)
        {
            return PlainLine.Cut(person, TakedownAcknowledgement.MaxBy);
        }

        return by.FeedKey is { } key
            ? $"Feed key …{await db.FeedKeys.Where(k => k.Id == key).Select(k => k.Ending).SingleAsync(cancellationToken)}"
            : $"Application {by.Application}";
    }
}
