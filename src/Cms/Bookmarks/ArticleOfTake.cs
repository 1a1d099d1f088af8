using Cms.Articles;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>Loads the articles of takes that a reader bookmarked, including takes that are no longer public.</summary>
public sealed class ArticleOfTake(ReadContexts contexts) : BatchLoader<TakeId, ArticleId?>
{
    protected override async Task<Dictionary<TakeId, ArticleId?>> ReadAsync(
        List<TakeId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var takes = await lease
            .Db.Takes.Where(take => keys.Contains(take.Id))
            .Select(take => new { take.Id, take.ArticleId })
            .ToListAsync(cancellationToken);
        return takes.ToDictionary(take => take.Id, ArticleId? (take) => take.ArticleId);
    }
}
