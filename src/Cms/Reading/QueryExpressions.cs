using System.Linq.Expressions;

namespace Cms.Reading;

/// <summary>Builds calls of <see cref="Queryable" /> methods for a query that is not bound to a database yet.</summary>
internal static class QueryExpressions
{
    public static Expression Where<T>(Expression list, Expression<Func<T, bool>> condition) =>
        Call(nameof(Queryable.Where), [typeof(T)], list, Expression.Quote(condition));

    public static Expression Select<T, TRow>(Expression list, Expression<Func<T, TRow>> row) =>
        Call(nameof(Queryable.Select), [typeof(T), typeof(TRow)], list, Expression.Quote(row));

    public static Expression Take<T>(Expression list, Expression count) =>
        Call(nameof(Queryable.Take), [typeof(T)], list, count);

    public static Expression Order<T, TFirst, TSecond>(
        Expression list,
        Expression<Func<T, TFirst>> first,
        Expression<Func<T, TSecond>> second,
        bool descending
    ) =>
        Call(
            descending ? nameof(Queryable.ThenByDescending) : nameof(Queryable.ThenBy),
            [typeof(T), typeof(TSecond)],
            Call(
                descending ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy),
                [typeof(T), typeof(TFirst)],
                list,
                Expression.Quote(first)
            ),
            Expression.Quote(second)
        );

    private static MethodCallExpression Call(string method, Type[] types, params Expression[] arguments) =>
        Expression.Call(typeof(Queryable), method, types, arguments);
}
