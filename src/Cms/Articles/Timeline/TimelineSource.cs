using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Timeline;

/// <summary>An item of a list that is merged from several tables, in order of time.</summary>
internal interface ITimelineItem
{
    /// <summary>When it happened or will happen.</summary>
    DateTimeOffset At { get; }

    /// <summary>The number of its kind, which orders items with the same time.</summary>
    int Rank { get; }

    /// <summary>The id of its row, which orders items of one kind with the same time.</summary>
    Guid RowId { get; }
}

/// <summary>The position of an item.</summary>
internal sealed record TimelinePlace(DateTimeOffset At, int Rank, Guid RowId)
{
    /// <summary>Orders by time, then by kind, then by row.</summary>
    public static Comparer<TimelinePlace> Order { get; } = Comparer<TimelinePlace>.Create(Compare);

    public static TimelinePlace Of(ITimelineItem item) => new(item.At, item.Rank, item.RowId);

    /// <summary>Compares two positions: by time, then by kind, then by row.</summary>
    public static int Compare(TimelinePlace a, TimelinePlace b) =>
        (a.At, a.Rank, a.RowId).CompareTo((b.At, b.Rank, b.RowId));
}

/// <summary>One of the tables from which a list is merged. Each is a range of an index in order of time.</summary>
internal abstract class TimelineSource<TItem>
{
    /// <summary>Returns the first items beyond a position: one page plus one.</summary>
    public abstract Task<List<TItem>> ReadAsync(
        PageArguments page,
        TimelinePlace? from,
        bool descending,
        CancellationToken cancellationToken
    );

    /// <summary>Returns the earliest items, at most as many as the limit.</summary>
    public abstract Task<List<TItem>> ReadAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Counts the items: all, or at most as many as the limit.</summary>
    public abstract Task<int> CountAsync(int? limit, CancellationToken cancellationToken);
}

/// <param name="rank">The number of the kind of item that this source has.</param>
/// <param name="rows">The rows, unordered.</param>
/// <param name="keyset">The time and the id of a row.</param>
/// <param name="item">Makes the item from a row.</param>
internal sealed class TimelineSource<T, TId, TItem>(
    int rank,
    IQueryable<T> rows,
    Keyset<T, TId> keyset,
    Expression<Func<T, TItem>> item
) : TimelineSource<TItem>
    where T : class
    where TId : struct, IEntityId<TId>
{
    private static readonly TId First = new() { Value = Guid.Empty };
    private static readonly TId Last = new() { Value = Guid.AllBitsSet };

    public override Task<List<TItem>> ReadAsync(
        PageArguments page,
        TimelinePlace? from,
        bool descending,
        CancellationToken cancellationToken
    ) => keyset.Slice(rows.AsNoTracking(), page, Place(from), descending).Select(item).ToListAsync(cancellationToken);

    public override Task<List<TItem>> ReadAsync(int limit, CancellationToken cancellationToken) =>
        keyset
            .Beyond(rows.AsNoTracking(), from: null, descending: false)
            .Take(limit)
            .Select(item)
            .ToListAsync(cancellationToken);

    public override Task<int> CountAsync(int? limit, CancellationToken cancellationToken) =>
        (limit is { } most ? rows.Take(most) : rows).CountAsync(cancellationToken);

    // Items with the same time are in order of their kind. So all rows of a later kind with that time come after the
    // position, and no row of an earlier kind does.
    private Keyset<T, TId>.Place? Place(TimelinePlace? from) =>
        from is null
            ? null
            : new Keyset<T, TId>.Place
            {
                At = from.At,
                Id =
                    rank < from.Rank ? Last
                    : rank > from.Rank ? First
                    : new TId { Value = from.RowId },
            };
}

internal static class TimelinePages
{
    extension(ReadContexts contexts)
    {
        /// <summary>Reads a page of a list that is merged from several sources.</summary>
        /// <param name="list">The list.</param>
        /// <param name="page">The page.</param>
        /// <param name="descending">Whether the newest items come first.</param>
        /// <param name="sources">Returns the sources in a context.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        /// <param name="counted">Returns the sources to count, if the count reads them in another way.</param>
        public async Task<Connection<TItem>> PageAsync<TItem>(
            ListHash list,
            PageArguments page,
            bool descending,
            Func<CmsDbContext, IReadOnlyList<TimelineSource<TItem>>> sources,
            CancellationToken cancellationToken,
            Func<CmsDbContext, IReadOnlyList<TimelineSource<TItem>>>? counted = null
        )
            where TItem : class, ITimelineItem
        {
            var (from, until) = (Read(list, page.Cursor), Read(list, page.Until));
            var newestFirst = descending != page.Backward;
            using var lease = await contexts.RentAsync(cancellationToken);
            List<TItem> read = [];
            foreach (var source in sources(lease.Db))
            {
                read.AddRange(await source.ReadAsync(page, from, descending, cancellationToken));
            }

            var ordered = newestFirst
                ? read.OrderByDescending(TimelinePlace.Of, TimelinePlace.Order)
                : read.OrderBy(TimelinePlace.Of, TimelinePlace.Order);
            return Connection.Page(
                [.. ordered.Take(page.Size + 1)],
                page,
                item => Cursor.Write(list, item.RowId, item.At, (long)item.Rank),
                contexts.Counting(counted ?? sources),
                until is null
                    ? null
                    : item =>
                        TimelinePlace.Compare(TimelinePlace.Of(item), until) is var order
                        && (newestFirst ? order > 0 : order < 0)
            );
        }

        /// <summary>Returns whether the articles that a viewer sees are many.</summary>
        public async Task<bool> SeesManyAsync(Viewer viewer, CancellationToken cancellationToken)
        {
            using var lease = await contexts.RentAsync(cancellationToken);
            return await lease.Db.SeesManyAsync(viewer, cancellationToken);
        }

        /// <summary>Returns a function that counts the items of all sources: all, or at most as many as the limit.</summary>
        public Func<IDataLoaderResult<int>> Counting<TItem>(
            Func<CmsDbContext, IReadOnlyList<TimelineSource<TItem>>> sources,
            int? limit = null
        ) =>
            () =>
                LoaderResults.Later(async token =>
                {
                    using var lease = await contexts.RentAsync(token);
                    var count = 0;
                    foreach (var source in sources(lease.Db))
                    {
                        count += await source.CountAsync(limit - count, token);
                        if (count == limit)
                        {
                            break;
                        }
                    }

                    return count;
                });
    }

    private static TimelinePlace? Read(ListHash list, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<CursorKey> keys = stackalloc CursorKey[2];
        var id = Cursor.Read(list, cursor, keys);
        return new TimelinePlace(keys[0].AsTime(), (int)keys[1].Bits, id);
    }
}
