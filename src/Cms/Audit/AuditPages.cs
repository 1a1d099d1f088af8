using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;

namespace Cms.Audit;

/// <summary>Pages of the audit log, newest entry first. An entry's place is its time and its number.</summary>
internal static class AuditPages
{
    extension(IQueryable<AuditEntry> entries)
    {
        /// <summary>Returns a page of these entries, in order, plus one entry if the list continues.</summary>
        public IQueryable<AuditEntry> Page(ListHash list, PageArguments page)
        {
            if (Read(list, page.Cursor) is { } place)
            {
                // The AND gives the database a range to seek.
                var (at, seq) = (place.At, place.Seq);
                entries = page.Backward
                    ? entries.Where(e => e.At >= at && (e.At > at || e.Seq > seq))
                    : entries.Where(e => e.At <= at && (e.At < at || e.Seq < seq));
            }

            return (
                page.Backward
                    ? entries.OrderBy(e => e.At).ThenBy(e => e.Seq)
                    : entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Seq)
            ).Take(page.Size + 1);
        }
    }

    extension(ReadContexts contexts)
    {
        /// <summary>Returns the connection of a page that was read.</summary>
        /// <param name="list">The list.</param>
        /// <param name="page">The page.</param>
        /// <param name="rows">The entries that <see cref="Page" /> returns.</param>
        /// <param name="matching">Returns the whole list, to count it.</param>
        public Connection<AuditEntry> Connect(
            ListHash list,
            PageArguments page,
            List<AuditEntry> rows,
            Func<CmsDbContext, IQueryable<AuditEntry>> matching
        )
        {
            var until = Read(list, page.Until);
            return Connection.Page(
                rows,
                page,
                entry => Cursor.Write(list, Guid.Empty, entry.At, entry.Seq),
                contexts.Counting(matching, () => contexts.Reads.AsItGoes),
                until is { } end ? row => page.Backward == (row.At, row.Seq).CompareTo((end.At, end.Seq)) < 0 : null
            );
        }
    }

    /// <summary>Reads a cursor of a list; null if there is none.</summary>
    /// <exception cref="RequestError">The cursor belongs to a different list.</exception>
    public static (DateTimeOffset At, long Seq)? Read(ListHash list, string? cursor)
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
