using Cms.Data;
using Cms.GraphQL;
using Cms.Partners;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

[ObjectType<DeskRoot>]
public static class WebhookDesk
{
    /// <summary>The webhooks of a partner, or of the newsroom itself, newest first.</summary>
    /// <param name="partner">The partner; null for the newsroom.</param>
    [Authorize(Policies.Admin)]
    public static Task<Connection<Webhook>?> GetWebhooksAsync(
        PageArguments page,
        [Service] ListWebhooks webhooks,
        CancellationToken cancellationToken,
        PartnerId? partner = null
    ) => webhooks.Handle(partner, page, cancellationToken)!;

    /// <summary>A webhook; null if none has this id.</summary>
    /// <param name="id">The webhook's id.</param>
    [Authorize(Policies.Admin)]
    public static Task<Webhook?> GetWebhookAsync(
        WebhookId id,
        [Service] ReadDeskWebhook webhook,
        CancellationToken cancellationToken
    ) => webhook.Handle(id, cancellationToken);
}

/// <summary>Lists the webhooks of a partner, or of the newsroom.</summary>
public sealed class ListWebhooks(ReadContexts contexts)
{
    private static readonly Keyset<Webhook, WebhookId> Newest = new(w => w.CreatedAt, w => w.Id);

    public async Task<Connection<Webhook>> Handle(
        PartnerId? partner,
        PageArguments page,
        CancellationToken cancellationToken
    )
    {
        var list = ListHash.Of("desk webhooks").With(partner?.Value ?? Guid.Empty);
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await Newest
            .Slice(Of(lease.Db).AsNoTracking(), page, Keyset<Webhook, WebhookId>.Read(list, page))
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            webhook => Cursor.Write(list, webhook.Id, webhook.CreatedAt),
            contexts.Counting(Of, () => contexts.Reads.AsItGoes),
            Keyset<Webhook, WebhookId>.Within<Webhook>(list, page, w => (w.CreatedAt, w.Id))
        );

        IQueryable<Webhook> Of(CmsDbContext db) => db.Webhooks.Where(w => w.PartnerId == partner);
    }
}

/// <summary>Reads a webhook.</summary>
public sealed class ReadDeskWebhook(ReadContexts contexts)
{
    public async Task<Webhook?> Handle(WebhookId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
    }
}
