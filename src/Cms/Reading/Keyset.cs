using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>
/// Reads pages of a list ordered by a time and then by id. Each page is a range of an index, wherever it is in the
/// list.
/// </summary>
/// <param name="time">The time, which is part of the list's index.</param>
/// <param name="id">The id, which orders rows with the same time.</param>
internal sealed class Keyset<T, TId>(Expression<Func<T, DateTimeOffset>> time, Expression<Func<T, TId>> id)
    where TId : struct, IEntityId<TId>
{
    // The AND gives SQL Server a range to seek; with only the OR, it would read the index from the start.
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

    /// <summary>Reads the position in the page's cursor; null if the page begins at an end of the list.</summary>
    public static Place? Read(ListHash list, PageArguments page) =>
        page.Cursor is { } cursor ? Read(list, cursor) : null;

    /// <summary>
    /// Returns a function that tests whether a row, read in the page's direction, comes before the page's
    /// <see cref="PageArguments.Until" />; null if the page has none.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="page">The page.</param>
    /// <param name="placeOf">Returns the position of a row.</param>
    /// <param name="descending">Whether the list is in descending order, newest first.</param>
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

    /// <summary>
    /// Returns one page plus one row, which shows whether the list continues. Backward pages are in reverse order.
    /// </summary>
    public IQueryable<T> Slice(IQueryable<T> list, PageArguments page, Place? from, bool descending = true) =>
        Beyond(list, from, descending != page.Backward).Take(page.Size + 1);

    /// <summary>Returns all rows beyond a position, nearest first.</summary>
    /// <param name="list">The list, not yet ordered.</param>
    /// <param name="from">The position; null to start at an end of the list.</param>
    /// <param name="descending">Whether to read in descending order, newest first.</param>
    public IQueryable<T> Beyond(IQueryable<T> list, Place? from, bool descending)
    {
        // EF sends the properties of a captured object as parameters, so every page has the same SQL text.
        var place = Expression.Constant(from, typeof(Place));
        return list.Provider.CreateQuery<T>(
            Slice(
                list.Expression,
                from is null ? null : Expression.Property(place, nameof(Place.At)),
                from is null ? null : Expression.Property(place, nameof(Place.Id)),
                descending
            )
        );
    }

    /// <summary>Returns the rows beyond a position, nearest first.</summary>
    /// <param name="list">The list, not yet ordered.</param>
    /// <param name="at">The position's time; null to start at an end of the list.</param>
    /// <param name="id">The position's id.</param>
    /// <param name="descending">Whether to read in descending order, newest first.</param>
    public Expression Slice(Expression list, Expression? at, Expression? id, bool descending) =>
        QueryExpressions.Order(
            at is null || id is null ? list : QueryExpressions.Where(list, Beyond(at, id, descending)),
            time,
            _id,
            descending
        );

    /// <summary>
    /// Merges slices of several ranges into one page. This works because the first rows of the whole list are among the
    /// first rows of its ranges.
    /// </summary>
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
