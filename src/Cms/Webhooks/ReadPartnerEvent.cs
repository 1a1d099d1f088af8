using Cms.Articles;
using Cms.Changes;
using Cms.Data;
using Cms.Partners;
using Cms.Partners.Takedowns;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>
/// Decides what a partner gets for a change of an article: the article, if its own GraphQL answers it; that it must remove
/// the article, if this webhook has told it about the article before, or if it received the article in any other way and
/// has to confirm a takedown; nothing otherwise.
/// </summary>
public sealed class ReadPartnerEvent(AskAsReceiver ask, IDbContextFactory<CmsDbContext> databases)
{
    private const string Query = "query($id: ID!) { article(id: $id) { id } }";

    /// <returns>The type of the event; null for none.</returns>
    public async Task<string?> Handle(ClaimedDelivery claimed, Viewer viewer, CancellationToken cancellationToken)
    {
        var delivery = claimed.Delivery;
        var type =
            await IsAnsweredAsync(delivery, viewer, cancellationToken) ? WebhookEvents.Upsert
            : delivery.Type == WebhookEvents.Withdraw || await MustRemoveAsync(claimed, cancellationToken)
                ? WebhookEvents.Withdraw
            : null;
        if (type is not null && type != delivery.Type)
        {
            await RememberAsync(delivery, type, cancellationToken);
        }

        return type;
    }

    private async Task<bool> IsAnsweredAsync(
        WebhookDelivery delivery,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        using var answer = await ask.Handle(Query, delivery, viewer, isSent: false, cancellationToken);
        return answer.RootElement.GetProperty("data").GetProperty("article").ValueKind
            is System.Text.Json.JsonValueKind.Object;
    }

    private async Task<bool> MustRemoveAsync(ClaimedDelivery claimed, CancellationToken cancellationToken) =>
        await WasToldAsync(claimed.Delivery, cancellationToken)
        || await OwesAsync(claimed.Delivery, claimed.Webhook.PartnerId!.Value, cancellationToken);

    private async Task<bool> OwesAsync(WebhookDelivery delivery, PartnerId partner, CancellationToken cancellationToken)
    {
        if (delivery is not { Kind: ChangeKind.ArticleWithdrawn, SubjectId: { } subject })
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.OwedTakedowns(partner, new ArticleId(subject.Value)).AnyAsync(cancellationToken);
    }

    // Whether the partner was told about the article after it last confirmed that it removed the article.
    private async Task<bool> WasToldAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var (webhook, subject) = (delivery.WebhookId, delivery.SubjectId);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.WebhookDeliveries.AnyAsync(
            told =>
                told.WebhookId == webhook
                && told.SubjectId == subject
                && told.Type == WebhookEvents.Upsert
                && !db.WebhookDeliveries.Any(removed =>
                    removed.WebhookId == webhook
                    && removed.SubjectId == subject
                    && removed.Type == WebhookEvents.Withdraw
                    && removed.State == DeliveryState.Delivered
                    && removed.Seq > told.Seq
                ),
            cancellationToken
        );
    }

    // Before anything is sent, so that a server that is killed meanwhile does not forget what the partner was told.
    private async Task RememberAsync(WebhookDelivery delivery, string type, CancellationToken cancellationToken)
    {
        var (id, claim) = (delivery.Id, delivery.Claim);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db
            .WebhookDeliveries.Where(d => d.Id == id && d.Claim == claim)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Type, type), cancellationToken);
    }
}
