using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>Counts the deliveries of enabled webhooks that wait to be sent, now or later.</summary>
public sealed class CountPendingDeliveries(IDbContextFactory<CmsDbContext> databases)
{
    public async Task<int> Handle(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .Webhooks.Where(w => w.State == WebhookState.Enabled)
            .SumAsync(
                w => db.WebhookDeliveries.Count(d => d.WebhookId == w.Id && d.State == DeliveryState.Pending),
                cancellationToken
            );
    }
}
