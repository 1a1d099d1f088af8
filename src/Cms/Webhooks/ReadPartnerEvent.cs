using System.Text.Json;
using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>
/// Decides what a partner gets for a change of an article: the article, if its own GraphQL answers it; that it must remove
/// the article, if its log says so; nothing otherwise, because its log will say so soon.
/// </summary>
public sealed class ReadPartnerEvent(AskAsReceiver ask, IDbContextFactory<CmsDbContext> databases)
{
    private const string Query = "query($id: ID!) { article(id: $id) { id } }";

    /// <returns>The type of the event; null for none.</returns>
    public async Task<string?> Handle(ClaimedDelivery claimed, Viewer viewer, CancellationToken cancellationToken)
    {
        var delivery = claimed.Delivery;
        if (!await IsAnsweredAsync(delivery, viewer, cancellationToken))
        {
            return delivery.Type == WebhookEvents.Withdraw ? WebhookEvents.Withdraw : null;
        }

        if (delivery.Type != WebhookEvents.Upsert)
        {
            await RememberAsync(delivery, WebhookEvents.Upsert, cancellationToken);
        }

        return WebhookEvents.Upsert;
    }

    private async Task<bool> IsAnsweredAsync(
        WebhookDelivery delivery,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        using var answer = await ask.Handle(Query, delivery, viewer, isSent: false, cancellationToken);
        return answer.RootElement.GetProperty("data").GetProperty("article").ValueKind is JsonValueKind.Object;
    }

    // Before anything is sent, so that the list of deliveries says what was sent even if the server is killed meanwhile.
    private async Task RememberAsync(WebhookDelivery delivery, string type, CancellationToken cancellationToken)
    {
        var (id, claim) = (delivery.Id, delivery.Claim);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db
            .WebhookDeliveries.Where(d => d.Id == id && d.Claim == claim)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Type, type), cancellationToken);
    }
}
