using Cms.GraphQL;
using Cms.Partners.Portal;

namespace Cms.Webhooks;

[ObjectType<PartnerPortal>]
public static class WebhookPortal
{
    /// <summary>The webhooks, newest first.</summary>
    public static Task<Connection<Webhook>> GetWebhooksAsync(
        [Parent] PartnerPortal portal,
        PageArguments page,
        [Service] ListWebhooks webhooks,
        CancellationToken cancellationToken
    ) => webhooks.Handle(portal.Partner.Id, page, cancellationToken);

    /// <summary>A webhook; null if the partner has none with this id.</summary>
    /// <param name="id">The webhook's id.</param>
    public static async Task<Webhook?> GetWebhookAsync(
        [Parent] PartnerPortal portal,
        WebhookId id,
        [Service] ReadDeskWebhook webhook,
        CancellationToken cancellationToken
    ) =>
        await webhook.Handle(id, cancellationToken) is { } found && found.PartnerId == portal.Partner.Id ? found : null;
}
