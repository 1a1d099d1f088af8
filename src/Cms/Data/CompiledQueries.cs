using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Cms.Data;

/// <summary>Queries on hot paths, translated once for each set of columns they are asked with.</summary>
public sealed class CompiledQueries
{
    private readonly ConcurrentDictionary<(string Name, ulong Columns), Delegate> _known = new();

    /// <summary>The rows of <paramref name="query" /> made by <paramref name="row" />.</summary>
    /// <param name="name">Names the query among all queries.</param>
    /// <param name="columns">What <paramref name="row" /> reads.</param>
    /// <param name="query">From the database and one argument to what is stored.</param>
    /// <param name="row">From what is stored to a row.</param>
    internal Func<CmsDbContext, TArgument, IAsyncEnumerable<TRow>> Get<TArgument, TStored, TRow>(
        string name,
        ulong columns,
        Expression<Func<CmsDbContext, TArgument, IQueryable<TStored>>> query,
        Func<Expression<Func<TStored, TRow>>> row
    ) =>
        _known.TryGetValue((name, columns), out var known)
            ? (Func<CmsDbContext, TArgument, IAsyncEnumerable<TRow>>)known
            : Compile(name, columns, query, row());

    private Func<CmsDbContext, TArgument, IAsyncEnumerable<TRow>> Compile<TArgument, TStored, TRow>(
        string name,
        ulong columns,
        Expression<Func<CmsDbContext, TArgument, IQueryable<TStored>>> query,
        Expression<Func<TStored, TRow>> row
    )
    {
        var selected = Expression.Call(
            typeof(Queryable),
            nameof(Queryable.Select),
            [typeof(TStored), typeof(TRow)],
            query.Body,
            Expression.Quote(row)
        );
        return (Func<CmsDbContext, TArgument, IAsyncEnumerable<TRow>>)
            _known.GetOrAdd(
                (name, columns),
                _ =>
                    EF.CompileAsyncQuery(
                        Expression.Lambda<Func<CmsDbContext, TArgument, IQueryable<TRow>>>(selected, query.Parameters)
                    )
            );
    }
}
