using Cms.GraphQL;
using Cms.People;

namespace Cms.Access;

[MutationType]
public static class AccessMutations
{
    /// <summary>Lets somebody in no longer, from the next request on; connections that they hold open end.</summary>
    [Authorize(Policies.Admin)]
    [Errors<PersonKeyMalformed, BlockReasonRequired, BlockTextTooLong, CannotBlockYourself>]
    public static Task<Result<BlockedPerson>> BlockPersonAsync(
        BlockPersonInput input,
        Viewer viewer,
        [Service] BlockPerson operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Lets somebody in again.</summary>
    [Authorize(Policies.Admin)]
    [Errors<PersonKeyMalformed, PersonNotBlocked>]
    public static Task<Result<BlockedPerson>> UnblockPersonAsync(
        UnblockPersonInput input,
        Viewer viewer,
        [Service] UnblockPerson operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}

[ObjectType<BlockedPerson>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(BlockedPerson.Name),
        nameof(BlockedPerson.Reason),
        nameof(BlockedPerson.BlockedBy),
        nameof(BlockedPerson.BlockedAt),
    ]
)]
public static class BlockedPersonNode
{
    /// <summary>Tenant and object id in Entra ID with a slash between them.</summary>
    public static string GetPerson([Parent] BlockedPerson blocked) => blocked.Key.ToString();
}
