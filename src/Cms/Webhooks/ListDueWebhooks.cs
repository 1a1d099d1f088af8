using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>A webhook with pending deliveries, and when the first of them is due.</summary>
public sealed record DueWebhook(WebhookId Id, DateTimeOffset DueAt);

/// <summary>Lists the webhooks that have something to send, now or later.</summary>
public sealed class ListDueWebhooks(IDbContextFactory<CmsDbContext> databases)
{
    public async Task<IReadOnlyList<DueWebhook>> Handle(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var webhooks = await db
            .Webhooks.Where(w => w.State == WebhookState.Enabled)
            .OrderBy(w => w.Id)
            .Select(w => new
            {
                w.Id,
                DueAt = db
                    .WebhookDeliveries.Where(d => d.WebhookId == w.Id && d.State == DeliveryState.Pending)
                    .Min(d => d.DueAt),
            })
            .ToListAsync(cancellationToken);
        return [.. webhooks.Where(w => w.DueAt is not null).Select(w => new DueWebhook(w.Id, w.DueAt!.Value))];
    }
}
