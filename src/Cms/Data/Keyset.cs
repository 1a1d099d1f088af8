using System.Linq.Expressions;
using Cms.Api;
using Cms.Ids;

namespace Cms.Data;

/// <summary>Pages of a list ordered by a time and then by id: each is a range of an index, wherever in the list it lies.</summary>
/// <param name="time">The sort key, in the list's index.</param>
/// <param name="id">What tells two of the same time apart.</param>
internal sealed class Keyset<T, TId>(Expression<Func<T, DateTimeOffset>> time, Expression<Func<T, TId>> id)
    where TId : struct, IEntityId<TId>
{
    // The form of an AND gives SQL Server a range to seek; an OR alone would make it read the index from the start.
    private static readonly Expression<Func<DateTimeOffset, TId, Place, bool>> Earlier = (at, id, place) =>
        at <= place.At && (at < place.At || id < place.Id);

    private static readonly Expression<Func<DateTimeOffset, TId, Place, bool>> Later = (at, id, place) =>
        at >= place.At && (at > place.At || id > place.Id);

    private readonly ParameterExpression _row = time.Parameters[0];
    private readonly Expression<Func<T, TId>> _id = Expression.Lambda<Func<T, TId>>(
        new Substitution(id.Parameters[0], time.Parameters[0]).Visit(id.Body),
        time.Parameters[0]
    );

    /// <summary>Where a cursor stands; null at the list's end.</summary>
    public static Place? Read(ListHash list, PageArguments page)
    {
        if (page.Cursor is not { } cursor)
        {
            return null;
        }

        Span<CursorKey> keys = stackalloc CursorKey[1];
        var id = Cursor.Read<TId>(list, cursor, keys);
        return new Place { At = keys[0].AsTime(), Id = id };
    }

    /// <summary>One page and a row more, which tells that the list goes on; backward pages come in reverse.</summary>
    public IQueryable<T> Slice(IQueryable<T> list, PageArguments page, Place? from, bool descending = true) =>
        Order(from is null ? list : list.Where(Beyond(from, descending != page.Backward)), page, descending)
            .Take(page.Size + 1);

    /// <summary>One page out of a slice of each of several ranges: the first of all are among the first of each.</summary>
    public IQueryable<T> Merge(IReadOnlyList<IQueryable<T>> slices, PageArguments page, bool descending = true) =>
        slices is [var only]
            ? Order(only, page, descending)
            : Order(slices.Aggregate((union, next) => union.Union(next)), page, descending).Take(page.Size + 1);

    private IOrderedQueryable<T> Order(IQueryable<T> list, PageArguments page, bool descending = true) =>
        descending != page.Backward
            ? list.OrderByDescending(time).ThenByDescending(_id)
            : list.OrderBy(time).ThenBy(_id);

    private Expression<Func<T, bool>> Beyond(Place from, bool descending)
    {
        var beyond = descending ? Earlier : Later;
        var body = new Substitution(beyond.Parameters[0], time.Body).Visit(beyond.Body);
        body = new Substitution(beyond.Parameters[1], _id.Body).Visit(body);

        // A captured object's properties reach the database as parameters, so that every page has the same text.
        body = new Substitution(beyond.Parameters[2], Expression.Constant(from)).Visit(body);
        return Expression.Lambda<Func<T, bool>>(body, _row);
    }

    public sealed class Place
    {
        public required DateTimeOffset At { get; init; }

        public required TId Id { get; init; }
    }
}
