using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Access;

/// <summary>Lists blocked people and applications, most recently blocked first.</summary>
public sealed class ListBlockedPeople(ReadContexts contexts)
{
    private static readonly ListHash List = ListHash.Of("blocked people");

    public async Task<Connection<BlockedPerson>> Handle(PageArguments page, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);

        // The list is short enough to sort; an index would cost more than it saves.
        var people = lease.Db.BlockedPeople.AsNoTracking();
        if (page.Cursor is { } cursor)
        {
            Span<CursorKey> keys = stackalloc CursorKey[1];
            var id = Cursor.Read(List, cursor, keys);
            var at = keys[0].AsTime();
            people = page.Backward
                ? people.Where(b => b.BlockedAt > at || (b.BlockedAt == at && b.ObjectId > id))
                : people.Where(b => b.BlockedAt < at || (b.BlockedAt == at && b.ObjectId < id));
        }

        if (page.Until is { } end)
        {
            Span<CursorKey> keys = stackalloc CursorKey[1];
            var id = Cursor.Read(List, end, keys);
            var at = keys[0].AsTime();
            people = page.Backward
                ? people.Where(b => b.BlockedAt < at || (b.BlockedAt == at && b.ObjectId < id))
                : people.Where(b => b.BlockedAt > at || (b.BlockedAt == at && b.ObjectId > id));
        }

        var rows = await (
            page.Backward
                ? people.OrderBy(b => b.BlockedAt).ThenBy(b => b.ObjectId)
                : people.OrderByDescending(b => b.BlockedAt).ThenByDescending(b => b.ObjectId)
        )
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            blocked => Cursor.Write(List, blocked.ObjectId, blocked.BlockedAt),
            contexts.Counting(db => db.BlockedPeople, () => contexts.Reads.AsItGoes)
        );
    }
}
