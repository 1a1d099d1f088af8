using Cms.Articles;
using Cms.Articles.Reading;
using Cms.Changes;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Log;

/// <summary>Lists the changes of a partner, after bringing its log up to date.</summary>
public sealed class ListPartnerChanges(UpdatePartnerLog update, ReadContexts contexts)
{
    public async Task<ChangePage> Handle(
        Entitlement entitlement,
        string? after,
        int size,
        CancellationToken cancellationToken
    )
    {
        var (log, isComplete) = await update.Handle(entitlement, cancellationToken);

        // Who begins has nothing to delete.
        var from = after is null
            ? new PartnerCursor(log.Epoch, 0, Guid.Empty, log.Seq)
            : PartnerCursor.Read(after, log);
        var (partner, seq, article, fresh) = (log.PartnerId, from.Seq, new ArticleId(from.Article), from.Fresh);

        // Changes that were made after the log was updated belong to the next page.
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await lease
            .Db.PartnerArticles.AsNoTracking()
            .Where(a => a.PartnerId == partner && a.Seq >= seq && a.Seq <= log.Seq)
            .Where(a => a.Seq > seq || a.ArticleId > article)
            .Where(a => a.State == PartnerArticleState.Included || a.Seq > fresh)
            .OrderBy(a => a.Seq)
            .ThenBy(a => a.ArticleId)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        var shown = rows.Take(size).ToList();
        var end = shown is [.., var last] ? PositionOf(last) : from;
        return new ChangePage
        {
            Nodes = [.. shown.Select(row => Show(row, PositionOf(row).Write()))],
            EndCursor = end.Write(),
            HasNextPage = rows.Count > size || !isComplete,
            Latest = PartnerCursor.After(log.Epoch, log.Seq).Write(),
        };

        PartnerCursor PositionOf(PartnerArticle row) =>
            new(log.Epoch, row.Seq, row.ArticleId.Value, row.Seq < fresh ? fresh : 0);
    }

    private static IChange Show(PartnerArticle row, string cursor) =>
        row.State switch
        {
            PartnerArticleState.Included => new ArticleUpserted(
                cursor,
                row.ChangedAt,
                row.ArticleId,
                row.Change switch
                {
                    PartnerArticleChange.Added => ArticleChangeKind.Published,
                    PartnerArticleChange.Corrected => ArticleChangeKind.Corrected,
                    _ => ArticleChangeKind.Updated,
                }
            ),
            PartnerArticleState.Withdrawn => new ArticleRemoved(cursor, row.ChangedAt, row.ArticleId, row.EditionId),
            _ => new ArticleExcluded(cursor, row.ChangedAt, row.ArticleId),
        };
}
