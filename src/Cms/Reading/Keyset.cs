using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>Pages of a list ordered by a time and then by id: each is a range of an index, wherever in the list it lies.</summary>
/// <param name="time">The sort key, in the list's index.</param>
/// <param name="id">What tells two of the same time apart.</param>
internal sealed class Keyset<T, TId>(Expression<Func<T, DateTimeOffset>> time, Expression<Func<T, TId>> id)
    where TId : struct, IEntityId<TId>
{
    // The form of an AND gives SQL Server a range to seek; an OR alone would make it read the index from the start.
    private static readonly Expression<Func<DateTimeOffset, TId, DateTimeOffset, TId, bool>> Earlier = (
        at,
        id,
        placeAt,
        placeId
    ) => at <= placeAt && (at < placeAt || id < placeId);

    private static readonly Expression<Func<DateTimeOffset, TId, DateTimeOffset, TId, bool>> Later = (
        at,
        id,
        placeAt,
        placeId
    ) => at >= placeAt && (at > placeAt || id > placeId);

    private readonly ParameterExpression _row = time.Parameters[0];
    private readonly Expression<Func<T, TId>> _id = Expression.Lambda<Func<T, TId>>(
        new Substitution(id.Parameters[0], time.Parameters[0]).Visit(id.Body),
        time.Parameters[0]
    );

    /// <summary>Where a cursor stands; null at the list's end.</summary>
    public static Place? Read(ListHash list, PageArguments page) =>
        page.Cursor is { } cursor ? Read(list, cursor) : null;

    /// <summary>Tells of a row, read in the page's direction, whether it comes before where the page ends; null where all do.</summary>
    /// <param name="list">The list.</param>
    /// <param name="page">Which page.</param>
    /// <param name="placeOf">Where a row stands.</param>
    /// <param name="descending">Whether the latest come first in the list.</param>
    public static Func<TRow, bool>? Within<TRow>(
        ListHash list,
        PageArguments page,
        Func<TRow, (DateTimeOffset At, TId Id)> placeOf,
        bool descending = true
    )
    {
        if (page.Until is not { } cursor)
        {
            return null;
        }

        var until = Read(list, cursor);
        var latestFirst = descending != page.Backward;
        return row =>
        {
            var place = placeOf(row);
            var order = (place.At, place.Id.Value).CompareTo((until.At, until.Id.Value));
            return latestFirst ? order > 0 : order < 0;
        };
    }

    private static Place Read(ListHash list, string cursor)
    {
        Span<CursorKey> keys = stackalloc CursorKey[1];
        var id = Cursor.Read<TId>(list, cursor, keys);
        return new Place { At = keys[0].AsTime(), Id = id };
    }

    /// <summary>One page and a row more, which tells that the list goes on; backward pages come in reverse.</summary>
    public IQueryable<T> Slice(IQueryable<T> list, PageArguments page, Place? from, bool descending = true)
    {
        // A captured object's properties reach the database as parameters, so that every page has the same text.
        var place = Expression.Constant(from, typeof(Place));
        return list
            .Provider.CreateQuery<T>(
                Slice(
                    list.Expression,
                    from is null ? null : Expression.Property(place, nameof(Place.At)),
                    from is null ? null : Expression.Property(place, nameof(Place.Id)),
                    descending != page.Backward
                )
            )
            .Take(page.Size + 1);
    }

    /// <summary>What lies beyond a place, nearest first.</summary>
    /// <param name="list">The list, in no order yet.</param>
    /// <param name="at">The place's time; null for the list's end.</param>
    /// <param name="id">The place's id.</param>
    /// <param name="descending">Whether the latest come first.</param>
    public Expression Slice(Expression list, Expression? at, Expression? id, bool descending) =>
        QueryExpressions.Order(
            at is null || id is null ? list : QueryExpressions.Where(list, Beyond(at, id, descending)),
            time,
            _id,
            descending
        );

    /// <summary>One page out of a slice of each of several ranges: the first of all are among the first of each.</summary>
    public IQueryable<T> Merge(IReadOnlyList<IQueryable<T>> slices, PageArguments page, bool descending = true)
    {
        if (slices is [var only])
        {
            return only;
        }

        var all = slices.Aggregate((union, next) => union.Union(next));
        return all
            .Provider.CreateQuery<T>(QueryExpressions.Order(all.Expression, time, _id, descending != page.Backward))
            .Take(page.Size + 1);
    }

    private Expression<Func<T, bool>> Beyond(Expression at, Expression id, bool descending)
    {
        var beyond = descending ? Earlier : Later;
        var body = beyond.Body;
        foreach (var (part, value) in beyond.Parameters.Zip([time.Body, _id.Body, at, id]))
        {
            body = new Substitution(part, value).Visit(body);
        }

        return Expression.Lambda<Func<T, bool>>(body, _row);
    }

    public sealed class Place
    {
        public required DateTimeOffset At { get; init; }

        public required TId Id { get; init; }
    }
}
