using System.Linq.Expressions;
using Cms.GraphQL;

namespace Cms.Reading;

internal sealed class Counted<TParent>
{
    public required TParent Parent { get; init; }

    public required int Count { get; init; }
}

/// <summary>
/// Counts the rows of several parents' lists in one statement. The code that loads the list records the read.
/// </summary>
public abstract class CountByParent<TParent>(ReadContexts contexts, CompiledQueries queries) : BatchLoader<TParent, int>
    where TParent : notnull
{
    private static readonly Expression<Func<Counted<TParent>, Counted<TParent>>> Whole = counted => counted;

    private protected abstract NamedQuery<List<TParent>, Counted<TParent>> Query { get; }

    protected sealed override async Task<Dictionary<TParent, int>> ReadAsync(
        List<TParent> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(contexts.Reads.AsItGoes, cancellationToken);
        var counts = await queries
            .Get(Query, 0, () => Whole)(lease.Db, keys)
            .ReadAllAsync(keys.Count, cancellationToken);
        return counts.ToDictionary(counted => counted.Parent, counted => counted.Count);
    }
}
