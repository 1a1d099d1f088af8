using Cms.GraphQL;
using Cms.People;

namespace Cms.Access;

[ObjectType<DeskRoot>]
public static class AccessDesk
{
    /// <summary>Blocked people and applications, most recently blocked first.</summary>
    [Authorize(Policies.Admin)]
    public static async Task<Connection<BlockedPerson>?> GetBlockedPeopleAsync(
        PageArguments page,
        [Service] ListBlockedPeople people,
        CancellationToken cancellationToken
    ) => await people.Handle(page, cancellationToken);
}
