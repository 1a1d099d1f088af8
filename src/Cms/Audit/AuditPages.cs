using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Audit;

internal static class AuditPages
{
    extension(ReadContexts contexts)
    {
        /// <summary>Reads a page of a part of the audit log, newest entry first.</summary>
        public async Task<Connection<AuditEntry>> AuditPageAsync(
            ListHash list,
            Func<CmsDbContext, IQueryable<AuditEntry>> matching,
            PageArguments page,
            CancellationToken cancellationToken
        )
        {
            using var lease = await contexts.RentAsync(cancellationToken);
            var entries = matching(lease.Db).AsNoTracking();
            if (Read(list, page.Cursor) is { } place)
            {
                // The AND gives the database a range to seek.
                var (at, seq) = (place.At, place.Seq);
                entries = page.Backward
                    ? entries.Where(e => e.At >= at && (e.At > at || e.Seq > seq))
                    : entries.Where(e => e.At <= at && (e.At < at || e.Seq < seq));
            }

            var until = Read(list, page.Until);
            var rows = await (
                page.Backward
                    ? entries.OrderBy(e => e.At).ThenBy(e => e.Seq)
                    : entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Seq)
            )
                .Take(page.Size + 1)
                .ToListAsync(cancellationToken);
            return Connection.Page(
                rows,
                page,
                entry => Cursor.Write(list, Guid.Empty, entry.At, entry.Seq),
                contexts.Counting(matching, () => contexts.Reads.AsItGoes),
                until is { } end ? row => page.Backward == (row.At, row.Seq).CompareTo((end.At, end.Seq)) < 0 : null
            );
        }
    }

    private static (DateTimeOffset At, long Seq)? Read(ListHash list, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<CursorKey> keys = stackalloc CursorKey[2];
        Cursor.Read(list, cursor, keys);
        return (keys[0].AsTime(), keys[1].Bits);
    }
}
