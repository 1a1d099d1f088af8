using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Access;

/// <summary>A person who has signed in as staff.</summary>
[ObjectType<StaffMember>(
    Name = "DeskPerson",
    Bind = Bind.Explicit,
    Fields = [
        nameof(StaffMember.Id),
        nameof(StaffMember.Name),
        nameof(StaffMember.Role),
        nameof(StaffMember.FirstSeenAt),
        nameof(StaffMember.LastSeenAt),
    ]
)]
public static class StaffMemberNode
{
    /// <summary>The tenant id and the object id in Entra ID, separated by a slash. blockPerson takes this value.</summary>
    [Authorize(Policies.Admin)]
    public static string? GetKey([Parent] StaffMember member) => member.Key.ToString();
}

[ObjectType<DeskRoot>]
public static class StaffDesk
{
    /// <summary>The people who have signed in as staff, most recently seen first.</summary>
    [Authorize(Policies.Author)]
    public static Task<Connection<StaffMember>?> GetPeopleAsync(
        PageArguments page,
        [Service] ListStaff staff,
        CancellationToken cancellationToken
    ) => staff.Handle(page, cancellationToken);
}

/// <summary>Loads members of staff by their keys in Entra ID.</summary>
public sealed class StaffByKey(ReadContexts contexts) : BatchLoader<PersonKey, StaffMember?>
{
    protected override async Task<Dictionary<PersonKey, StaffMember?>> ReadAsync(
        List<PersonKey> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Staff.AsNoTracking()
            .Where(s => keys.Contains(s.Key))
            .ToDictionaryAsync(s => s.Key, StaffMember? (s) => s, cancellationToken);
    }
}
