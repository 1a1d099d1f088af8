using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>Ends the claim of a delivery of which nothing was sent.</summary>
public sealed class ReleaseDelivery(CmsDatabase database, TimeProvider clock)
{
    /// <param name="claimed">The delivery.</param>
    /// <param name="wait">When to try again; null if the receiver must not get anything about it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task Handle(ClaimedDelivery claimed, TimeSpan? wait, CancellationToken cancellationToken) =>
        database.WriteAsync<bool>(
            Actor.Server.For("releaseWebhookDelivery"),
            async (db, token) =>
            {
                var (id, claim) = (claimed.Delivery.Id, claimed.Delivery.Claim);
                if (
                    await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Id == id && d.Claim == claim, token)
                    is not { } delivery
                )
                {
                    return false;
                }

                if (wait is { } time)
                {
                    delivery.Postpone(clock.Now() + time);
                }
                else if (delivery.AttemptCount == 0)
                {
                    db.Remove(delivery);
                }
                else
                {
                    delivery.Finish(DeliveryState.Superseded, clock.Now());
                }

                return true;
            },
            cancellationToken
        );
}
