using System.Collections.Concurrent;
using System.Linq.Expressions;
using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>Maps stored rows to result rows, and reads only the requested columns.</summary>
/// <param name="whole">Reads every column: <c>source => new Row { … }</c>.</param>
/// <param name="always">Columns that are always read: keys of loaders and cursors.</param>
internal sealed class Projection<TSource, TRow>(Expression<Func<TSource, TRow>> whole, params string[] always)
{
    private readonly ConcurrentDictionary<ColumnSet, Expression<Func<TSource, TRow>>> _narrowed = new();
    private readonly ColumnSet _always = Columns.Set<TRow>(always);

    /// <summary>
    /// Returns the requested columns and those that are always read. Each such set has a compiled query.
    /// </summary>
    public ColumnSet Read(ColumnSet asked) => asked | _always;

    public Expression<Func<TSource, TRow>> Of(ColumnSet asked) => _narrowed.GetOrAdd(Read(asked), Narrow);

    private Expression<Func<TSource, TRow>> Narrow(ColumnSet columns)
    {
        var row = (MemberInitExpression)whole.Body;
        var asked = row.Bindings.Where(binding => columns.Has<TRow>(binding.Member.Name));
        return whole.Update(Expression.MemberInit(row.NewExpression, asked), whole.Parameters);
    }
}
