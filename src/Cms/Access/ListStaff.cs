using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Access;

/// <summary>Lists the people who have signed in as staff, most recently seen first.</summary>
public sealed class ListStaff(ReadContexts contexts)
{
    private static readonly ListHash List = ListHash.Of("desk people");

    private static readonly Keyset<StaffMember, StaffId> BySeen = new(s => s.LastSeenAt, s => s.Id);

    public async Task<Connection<StaffMember>?> Handle(PageArguments page, CancellationToken cancellationToken)
    {
        var from = Keyset<StaffMember, StaffId>.Read(List, page);
        var isWithin = Keyset<StaffMember, StaffId>.Within<StaffMember>(
            List,
            page,
            member => (member.LastSeenAt, member.Id),
            descending: true
        );
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await BySeen
            .Slice(lease.Db.Staff.AsNoTracking(), page, from, descending: true)
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            member => Cursor.Write(List, member.Id, member.LastSeenAt),
            contexts.Counting(db => db.Staff, () => contexts.Reads.AsItGoes),
            isWithin
        );
    }
}
