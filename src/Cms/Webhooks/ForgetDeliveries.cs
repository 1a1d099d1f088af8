using Cms.Data;
using Cms.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>Deletes deliveries that were finished 30 days ago, and those of deleted webhooks.</summary>
public sealed class ForgetDeliveries(IDbContextFactory<CmsDbContext> databases, TimeProvider clock)
{
    /// <summary>How long deliveries are kept after they were finished.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    // A short statement does not block writers for long.
    private const int Batch = 500;

    public async Task Handle(CancellationToken cancellationToken)
    {
        var before = clock.Now() - Kept;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await DeleteAsync(db, db.WebhookDeliveries.Where(d => d.FinishedAt < before), cancellationToken);
        await DeleteAsync(
            db,
            db.WebhookDeliveries.Where(d => !db.Webhooks.Any(w => w.Id == d.WebhookId)),
            cancellationToken
        );
    }

    private static async Task DeleteAsync(
        CmsDbContext db,
        IQueryable<WebhookDelivery> deliveries,
        CancellationToken cancellationToken
    )
    {
        List<WebhookDeliveryId> ids;
        do
        {
            ids = await deliveries
                .OrderBy(d => d.FinishedAt)
                .ThenBy(d => d.Id)
                .Select(d => d.Id)
                .Take(Batch)
                .ToListAsync(cancellationToken);
            await db.WebhookAttempts.Where(a => ids.Contains(a.DeliveryId)).ExecuteDeleteAsync(cancellationToken);
            await db.WebhookDeliveries.Where(d => ids.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
        } while (ids.Count == Batch);
    }
}
