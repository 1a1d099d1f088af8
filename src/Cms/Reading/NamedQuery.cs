using System.Linq.Expressions;
using Cms.Data;

namespace Cms.Reading;

/// <summary>A query on a hot path, from the database and one argument to what is stored.</summary>
/// <param name="name">Names it among all queries.</param>
internal sealed class NamedQuery<TArgument, TStored>(
    string name,
    Expression<Func<CmsDbContext, TArgument, IQueryable<TStored>>> query
)
{
    public string Name => name;

    public Expression<Func<CmsDbContext, TArgument, IQueryable<TStored>>> Query { get; } = Visibility.Expand(query);
}

/// <summary>
/// What belongs to some keys. One key, the rule on an article's page, has a statement of its own, which spares the
/// database the list.
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
