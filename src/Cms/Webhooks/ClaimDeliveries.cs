using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>A delivery that this server sends, with its webhook as it was when the delivery was claimed.</summary>
public sealed record ClaimedDelivery(WebhookDelivery Delivery, Webhook Webhook);

/// <summary>
/// Claims due deliveries of a webhook for this server. No other server sends them until their lease ends, and no two
/// deliveries about the same content are claimed at the same time.
/// </summary>
public sealed class ClaimDeliveries(CmsDatabase database, TimeProvider clock)
{
    /// <summary>The maximum number of deliveries of one webhook that are sent at the same time, by all servers.</summary>
    public const int MaxParallel = 4;

    /// <summary>How long a delivery is claimed. It is longer than an attempt can take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<ClaimedDelivery>> Handle(WebhookId id, CancellationToken cancellationToken)
    {
        var claimed = await database.WriteAsync<List<ClaimedDelivery>>(
            Actor.Server.For("claimWebhookDeliveries"),
            async (db, token) =>
            {
                var now = clock.Now();
                await db.LockAsync(id, token);
                var webhook = await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, token);
                if (webhook is not { State: WebhookState.Enabled })
                {
                    return new List<ClaimedDelivery>();
                }

                // Due times and leases are the same for a delivery that is claimed, so those that are sent now are the
                // pending ones with a lease.
                var sent = await db
                    .WebhookDeliveries.Where(d => d.WebhookId == id && d.State == DeliveryState.Pending)
                    .CountAsync(d => d.LeasedUntil > now, token);
                if (sent >= MaxParallel)
                {
                    return new List<ClaimedDelivery>();
                }

                var due = await Due(db, id, now)
                    .OrderBy(d => d.DueAt)
                    .ThenBy(d => d.Id)
                    .Select(d => d.Id)
                    .Take(MaxParallel - sent)
                    .ToListAsync(token);
                return due.Count == 0 ? new List<ClaimedDelivery>() : await ClaimAsync(db, webhook, due, now, token);
            },
            cancellationToken
        );
        return claimed.Value!;
    }

    // What is due, without content of which a delivery is being sent, or of which a newer delivery waits.
    private static IQueryable<WebhookDelivery> Due(CmsDbContext db, WebhookId id, DateTimeOffset now) =>
        db.WebhookDeliveries.Where(d =>
            d.WebhookId == id
            && d.State == DeliveryState.Pending
            && d.DueAt <= now
            && (d.LeasedUntil == null || d.LeasedUntil <= now)
            && (
                d.SubjectId == null
                || !db.WebhookDeliveries.Any(same =>
                    same.WebhookId == id
                    && same.SubjectId == d.SubjectId
                    && same.State == DeliveryState.Pending
                    && same.Id != d.Id
                    && (same.LeasedUntil > now || same.Seq > d.Seq || (same.Seq == d.Seq && same.Id > d.Id))
                )
            )
        );

    private static async Task<List<ClaimedDelivery>> ClaimAsync(
        CmsDbContext db,
        Webhook webhook,
        List<WebhookDeliveryId> due,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (claim, until) = (Guid.CreateVersion7(), now + Lease);
        await db
            .WebhookDeliveries.Where(d =>
                due.Contains(d.Id)
                && d.State == DeliveryState.Pending
                && (d.LeasedUntil == null || d.LeasedUntil <= now)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(d => d.Claim, claim)
                        .SetProperty(d => d.LeasedUntil, until)
                        .SetProperty(d => d.DueAt, until),
                cancellationToken
            );
        var claimed = await db
            .WebhookDeliveries.AsNoTracking()
            .Where(d => due.Contains(d.Id) && d.Claim == claim)
            .OrderBy(d => d.Seq)
            .ThenBy(d => d.Id)
            .ToListAsync(cancellationToken);

        // A server that was killed while it sent can have left an older delivery about the same content.
        await db.SupersedeAsync(
            webhook.Id,
            [.. claimed.Select(d => d.SubjectId).OfType<SubjectId>()],
            [.. claimed.Select(d => d.Id)],
            now,
            cancellationToken
        );
        return claimed.ConvertAll(delivery => new ClaimedDelivery(delivery, webhook));
    }
}
