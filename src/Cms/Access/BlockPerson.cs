using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Access;

/// <summary>Whom to let in no longer, and why.</summary>
public sealed record BlockPersonInput
{
    /// <summary>Tenant and object id in Entra ID with a slash between them, as <c>viewer { subject }</c> tells them.</summary>
    public required string Person { get; init; }

    /// <summary>What they are called, for the list.</summary>
    public string? Name { get; init; }

    /// <summary>Why, for those who ask later.</summary>
    public required string Reason { get; init; }
}

/// <summary>Lets somebody in no longer, from the next request on and on every connection that they hold open.</summary>
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
