using Cms.Api;
using Cms.Staff;

namespace Cms.Access;

[ObjectType<Desk>]
public static class AccessDesk
{
    /// <summary>Who is let in no longer, the latest blocked first.</summary>
    [Authorize(Policies.Admin)]
    public static async Task<Connection<BlockedPerson>?> GetBlockedPeopleAsync(
        PageArguments page,
        [Service] ListBlockedPeople people,
        CancellationToken cancellationToken
    ) => await people.Handle(page, cancellationToken);
}
