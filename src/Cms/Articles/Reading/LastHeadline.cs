using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Reading;

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
