using System.Collections.Concurrent;
using System.Linq.Expressions;
using Cms.GraphQL;

namespace Cms.Reading;

/// <summary>Makes rows of what is stored, reading the columns that are asked for and no other.</summary>
/// <param name="whole">How every column is read: <c>source => new Row { … }</c>.</param>
/// <param name="always">Columns read whether or not they are asked for: keys of loaders and cursors.</param>
internal sealed class Projection<TSource, TRow>(Expression<Func<TSource, TRow>> whole, params string[] always)
{
    private readonly ConcurrentDictionary<ColumnSet, Expression<Func<TSource, TRow>>> _narrowed = new();
    private readonly ColumnSet _always = Columns.Set<TRow>(always);

    /// <summary>The columns in fact read where these are asked for: the key of a query made of them.</summary>
    public ColumnSet Read(ColumnSet asked) => asked | _always;

    public Expression<Func<TSource, TRow>> Of(ColumnSet asked) => _narrowed.GetOrAdd(Read(asked), Narrow);

    private Expression<Func<TSource, TRow>> Narrow(ColumnSet columns)
    {
        var row = (MemberInitExpression)whole.Body;
        var asked = row.Bindings.Where(binding => columns.Has<TRow>(binding.Member.Name));
        return whole.Update(Expression.MemberInit(row.NewExpression, asked), whole.Parameters);
    }
}
