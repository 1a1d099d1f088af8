using Cms.Data;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Access;

/// <summary>The person or application to unblock.</summary>
public sealed record UnblockPersonInput : MutationInput
{
    /// <summary>The tenant id and the object id in Entra ID, separated by a slash.</summary>
    public required string Person { get; init; }
}

/// <summary>Unblocks a person or an application.</summary>
public sealed class UnblockPerson(CmsDatabase database, BlockList blocks)
{
    public async Task<Result<BlockedPerson>> Handle(
        UnblockPersonInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (!PersonKey.TryParse(input.Person, out var person))
        {
            return new PersonKeyMalformed { Path = ["person"] };
        }

        var result = await database.WriteAsync<BlockedPerson>(
            actor,
            async (db, token) =>
            {
                if (await db.BlockedPeople.FindAsync([person.TenantId, person.ObjectId], token) is not { } blocked)
                {
                    return new PersonNotBlocked { Path = ["person"] };
                }

                db.Remove(blocked);
                return blocked;
            },
            cancellationToken
        );
        await blocks.RefreshAsync(CancellationToken.None);
        return result;
    }
}
