using System.Globalization;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;

namespace Cms.References;

/// <summary>
/// Lists what uses articles, categories, tags, sources and authors. The uses of all that a request selects are read
/// together.
/// </summary>
public sealed class ListUsages(ReadContexts contexts) : BatchLoader<(IEntityId Target, int First), Usages>
{
    private const int Most = 100;

    /// <exception cref="RequestError">The number is not between 1 and 100.</exception>
    public IDataLoaderResult<Usages> Of(IEntityId target, int first) =>
        first is >= 1 and <= Most
            ? Load((target, first))
            : throw new RequestError(
                ErrorCodes.PageSize,
                string.Create(CultureInfo.InvariantCulture, $"Request 1 to {Most} uses; `first` was {first}.")
            );

    protected override async Task<Dictionary<(IEntityId Target, int First), Usages>> ReadAsync(
        List<(IEntityId Target, int First)> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<(IEntityId, int), Usages>(keys.Count);
        using var lease = await contexts.RentAsync(cancellationToken);
        foreach (var asked in keys.GroupBy(key => key.First, key => key.Target))
        {
            foreach (var (target, usages) in await lease.Db.UsagesAsync([.. asked], asked.Key, cancellationToken))
            {
                found.Add((target, asked.Key), usages);
            }
        }

        return found;
    }
}
