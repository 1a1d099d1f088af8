using Cms.Data;
using Cms.GraphQL;
using Cms.Partners;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>Loads the partners of webhooks.</summary>
public sealed class PartnerOfWebhook(ReadContexts contexts) : BatchLoader<PartnerId, Partner?>
{
    protected override async Task<Dictionary<PartnerId, Partner?>> ReadAsync(
        List<PartnerId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Partners.AsNoTracking()
            .Where(p => keys.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, Partner? (p) => p, cancellationToken);
    }
}

/// <summary>Loads how far webhooks have read the changes.</summary>
public sealed class ProgressOfWebhook(ReadContexts contexts) : BatchLoader<WebhookId, WebhookProgress>
{
    // The webhook was deleted meanwhile.
    protected override WebhookProgress Missing(WebhookId key) =>
        new()
        {
            WebhookId = key,
            Epoch = Guid.Empty,
            Seq = 0,
        };

    protected override async Task<Dictionary<WebhookId, WebhookProgress>> ReadAsync(
        List<WebhookId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.WebhookProgress.AsNoTracking()
            .Where(p => keys.Contains(p.WebhookId))
            .ToDictionaryAsync(p => p.WebhookId, cancellationToken);
    }
}

/// <summary>Loads the newest attempts of deliveries, newest first.</summary>
public sealed class AttemptsOfDelivery(ReadContexts contexts) : GroupLoader<WebhookDeliveryId, WebhookAttempt>
{
    private const int Most = 20;

    protected override WebhookDeliveryId KeyOf(WebhookAttempt row) => row.DeliveryId;

    protected override async Task<List<WebhookAttempt>> ReadRowsAsync(
        List<WebhookDeliveryId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.WebhookAttempts.AsNoTracking()
            .Where(a => keys.Contains(a.DeliveryId))
            .Where(a => lease.Db.WebhookDeliveries.Any(d => d.Id == a.DeliveryId && a.Number > d.AttemptCount - Most))
            .OrderBy(a => a.DeliveryId)
            .ThenByDescending(a => a.Number)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Loads pages of the deliveries of webhooks, newest first.</summary>
public sealed class DeliveriesOfWebhook(ReadContexts contexts)
    : BatchLoader<(WebhookId Webhook, PageArguments Page), Connection<WebhookDelivery>>
{
    private static readonly Keyset<WebhookDelivery, WebhookDeliveryId> Newest = new(d => d.CreatedAt, d => d.Id);

    protected override async Task<
        Dictionary<(WebhookId Webhook, PageArguments Page), Connection<WebhookDelivery>>
    > ReadAsync(
        List<(WebhookId Webhook, PageArguments Page)> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        Dictionary<(WebhookId, PageArguments), Connection<WebhookDelivery>> pages = [];
        using var lease = await contexts.RentAsync(cancellationToken);
        foreach (var same in keys.GroupBy(key => key.Page, key => key.Webhook))
        {
            var page = same.Key;
            List<WebhookId> webhooks = [.. same];

            // A cursor belongs to one list, so reading it throws if there are several lists.
            var from = webhooks.ConvertAll(id => Keyset<WebhookDelivery, WebhookDeliveryId>.Read(HashOf(id), page))[0];
            var rows = webhooks is [var only]
                ? (await Slice(lease.Db, only, page, from).ToListAsync(cancellationToken)).ToLookup(_ => only)
                : (await FirstOfEachAsync(lease.Db, webhooks, page, cancellationToken)).ToLookup(d => d.WebhookId);
            foreach (var webhook in webhooks)
            {
                pages.Add((webhook, page), Page(webhook, page, [.. rows[webhook]]));
            }
        }

        return pages;
    }

    private static ListHash HashOf(WebhookId webhook) => ListHash.Of("webhook.deliveries").With(webhook.Value);

    private IQueryable<WebhookDelivery> Slice(
        CmsDbContext db,
        WebhookId webhook,
        PageArguments page,
        Keyset<WebhookDelivery, WebhookDeliveryId>.Place? from
    ) => Newest.Slice(db.WebhookDeliveries.AsNoTracking().Where(d => d.WebhookId == webhook), page, from);

    private Task<List<WebhookDelivery>> FirstOfEachAsync(
        CmsDbContext db,
        List<WebhookId> webhooks,
        PageArguments page,
        CancellationToken cancellationToken
    )
    {
        var size = page.Size + 1;
        var shown = db.WebhookDeliveries;
        var all = db.Webhooks.Where(w => webhooks.Contains(w.Id));
        return (
            page.Backward
                ? all.SelectMany(w =>
                    shown.Where(d => d.WebhookId == w.Id).OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).Take(size)
                )
                : all.SelectMany(w =>
                    shown
                        .Where(d => d.WebhookId == w.Id)
                        .OrderByDescending(d => d.CreatedAt)
                        .ThenByDescending(d => d.Id)
                        .Take(size)
                )
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
    }

    private Connection<WebhookDelivery> Page(WebhookId webhook, PageArguments page, List<WebhookDelivery> found)
    {
        var list = HashOf(webhook);
        List<WebhookDelivery> rows = page.Backward
            ? [.. found.OrderBy(d => d.CreatedAt).ThenBy(d => d.Id.Value)]
            : [.. found.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id.Value)];
        return Connection.Page(
            rows,
            page,
            delivery => Cursor.Write(list, delivery.Id, delivery.CreatedAt),
            contexts.Counting(
                db => db.WebhookDeliveries.Where(d => d.WebhookId == webhook),
                () => contexts.Reads.AsItGoes
            ),
            Keyset<WebhookDelivery, WebhookDeliveryId>.Within<WebhookDelivery>(list, page, d => (d.CreatedAt, d.Id))
        );
    }
}
