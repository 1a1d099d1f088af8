using System.Globalization;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Reading;

namespace Cms.References;

/// <summary>Lists what uses an article, category, tag, source or author.</summary>
public sealed class ListUsages(ReadContexts contexts)
{
    private const int Most = 100;

    public async Task<Usages> Handle(IEntityId target, int first, CancellationToken cancellationToken)
    {
        if (first is < 1 or > Most)
        {
            throw new RequestError(
                ErrorCodes.PageSize,
                string.Create(CultureInfo.InvariantCulture, $"Request 1 to {Most} uses; `first` was {first}.")
            );
        }

        using var lease = await contexts.RentAsync(cancellationToken);
        return target is ArticleId article
            ? await lease.Db.UsagesOfArticleAsync(article, first, cancellationToken)
            : await lease.Db.UsagesOfTermAsync(target, first, cancellationToken);
    }
}
