using Cms.Articles;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>
/// Loads the headlines of withdrawn articles as they were last published. There is none if the law requires the
/// withdrawal or if every copy must be deleted.
/// </summary>
public sealed class LastHeadline(ReadContexts contexts) : BatchLoader<ArticleId, string?>
{
    protected override async Task<Dictionary<ArticleId, string?>> ReadAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var tombstones = lease.Db.Editions.Where(e =>
            keys.Contains(e.ArticleId)
            && e.Kind == EditionKind.Withdrawn
            && e.SupersededAt == null
            && (e.WithdrawalKind == null || e.WithdrawalKind == WithdrawalKind.Normal)
        );
        var headlines = await tombstones
            .Join(
                lease.Db.Editions,
                tombstone => new { tombstone.ArticleId, Number = tombstone.Number - 1 },
                last => new { last.ArticleId, last.Number },
                (tombstone, last) => new { last.ArticleId, last.Content!.Headline }
            )
            .ToListAsync(cancellationToken);
        return headlines.ToDictionary(row => row.ArticleId, string? (row) => row.Headline);
    }
}

/// <summary>Loads the articles of takes that a reader bookmarked, also of takes that are no longer public.</summary>
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
