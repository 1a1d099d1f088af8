using System.Linq.Expressions;
using Cms.Data;

namespace Cms.Reading;

/// <summary>A query on a hot path, which maps the database and one argument to stored rows.</summary>
/// <param name="name">A name that is unique among all queries.</param>
internal sealed class NamedQuery<TArgument, TStored>(
    string name,
    Expression<Func<CmsDbContext, TArgument, IQueryable<TStored>>> query
)
{
    public string Name => name;

    public Expression<Func<CmsDbContext, TArgument, IQueryable<TStored>>> Query { get; } = Visibility.Expand(query);
}

/// <summary>
/// A query for the rows that belong to some keys. A single key, which is the usual case on an article's page, has a
/// separate statement, so that the database does not have to process a list.
/// </summary>
internal sealed class KeyedQuery<TKey, TStored>(
    string name,
    Expression<Func<CmsDbContext, TKey, IQueryable<TStored>>> one,
    Expression<Func<CmsDbContext, List<TKey>, IQueryable<TStored>>> many
)
{
    public NamedQuery<TKey, TStored> One { get; } = new(name + " (one)", one);

    public NamedQuery<List<TKey>, TStored> Many { get; } = new(name, many);
}
