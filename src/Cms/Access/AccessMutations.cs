using Cms.GraphQL;
using Cms.People;

namespace Cms.Access;

[MutationType]
public static class AccessMutations
{
    /// <summary>
    /// Blocks a person or an application. Within a second, their requests are rejected and their open connections are
    /// closed. The preview links that the person created are revoked. Blocking again replaces the reason.
    /// </summary>
    [Authorize(Policies.Admin)]
    [Errors<PersonKeyMalformed, BlockReasonRequired, BlockTextTooLong, CannotBlockYourself>]
    public static Task<Result<BlockedPerson>> BlockPersonAsync(
        BlockPersonInput input,
        Viewer viewer,
        [Service] BlockPerson operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Unblocks a person or an application.</summary>
    [Authorize(Policies.Admin)]
    [Payload("blockedPerson", Words = "unblocked person or application")]
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
    /// <summary>The tenant id and the object id in Entra ID, separated by a slash.</summary>
    public static string GetPerson([Parent] BlockedPerson blocked) => blocked.Key.ToString();
}
