using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Access;

/// <summary>The person or application to block, and why.</summary>
public sealed record BlockPersonInput : MutationInput
{
    /// <summary>
    /// The tenant id and the object id in Entra ID, separated by a slash, as <c>viewer { subject }</c> returns them.
    /// </summary>
    public required string Person { get; init; }

    /// <summary>The name to show in the block list.</summary>
    public string? Name { get; init; }

    /// <summary>The reason to show in the block list.</summary>
    public required string Reason { get; init; }
}

/// <summary>
/// Blocks a person or an application, or replaces the reason of an existing block. The preview links that the person
/// created are revoked.
/// </summary>
public sealed class BlockPerson(CmsDatabase database, BlockList blocks, TimeProvider clock)
{
    public async Task<Result<BlockedPerson>> Handle(
        BlockPersonInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (!PersonKey.TryParse(input.Person, out var person))
        {
            return new PersonKeyMalformed { Path = ["person"] };
        }

        if (person == actor.Person)
        {
            return new CannotBlockYourself { Path = ["person"] };
        }

        if (Refusals(input) is [_, ..] refusals)
        {
            return refusals;
        }

        var result = await database.WriteAsync<BlockedPerson>(
            actor,
            async (db, token) =>
            {
                // Otherwise, a link that the person creates at the same time would not be revoked.
                await db.LockBlocksOfAsync(person, token);
                await RevokeLinksAsync(db, person, token);
                if (await db.BlockedPeople.FindAsync([person.TenantId, person.ObjectId], token) is { } already)
                {
                    already.Reason = input.Reason.Trim();
                    return already;
                }

                var blocked = BlockedPerson.Of(
                    person,
                    input.Name?.Trim(),
                    input.Reason.Trim(),
                    actor.Person,
                    clock.Now()
                );
                db.Add(blocked);
                return blocked;
            },
            cancellationToken
        );
        await blocks.RefreshAsync(CancellationToken.None);
        return result;
    }

    // Otherwise, the person could still read the articles with a token.
    private static async Task RevokeLinksAsync(
        CmsDbContext db,
        PersonKey person,
        CancellationToken cancellationToken
    ) => db.RemoveRange(await db.PreviewLinks.Where(l => l.CreatorKey == person).ToListAsync(cancellationToken));

    private static List<UserError> Refusals(BlockPersonInput input)
    {
        List<UserError> refusals = [];
        if (string.IsNullOrWhiteSpace(input.Reason))
        {
            refusals.Add(new BlockReasonRequired { Path = ["reason"] });
        }
        else if (input.Reason.Length > BlockedPerson.MaxReason)
        {
            refusals.Add(new BlockTextTooLong("reason", BlockedPerson.MaxReason) { Path = ["reason"] });
        }

        if (input.Name?.Length > BlockedPerson.MaxName)
        {
            refusals.Add(new BlockTextTooLong("name", BlockedPerson.MaxName) { Path = ["name"] });
        }

        return refusals;
    }
}
