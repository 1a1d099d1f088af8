using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Takedowns;

/// <summary>
/// Confirms the takedowns of an article for a partner, because a webhook of the partner accepted the message that it must
/// remove the article. The message says so whatever document the webhook has, so every such message counts.
/// </summary>
public sealed class AcknowledgeByWebhook(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    TimeProvider clock
)
{
    /// <param name="partner">The partner.</param>
    /// <param name="article">The article that it removed.</param>
    /// <param name="sentAt">When the message was sent. Later takedowns are not confirmed.</param>
    /// <param name="webhook">What identifies the webhook.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task Handle(
        PartnerId partner,
        ArticleId article,
        DateTimeOffset sentAt,
        string webhook,
        CancellationToken cancellationToken
    )
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (!await Open(db, partner, article, sentAt).AnyAsync(cancellationToken))
            {
                return;
            }
        }

        await database.WriteAsync<int>(
            Actor.Server.For("acknowledgeTakedown"),
            async (db, token) =>
            {
                var open = await Open(db, partner, article, sentAt).Select(t => t.Id).ToListAsync(token);
                db.AddRange(
                    open.Select(id => new TakedownAcknowledgement
                    {
                        TakedownId = id,
                        PartnerId = partner,
                        ArticleId = article,
                        At = clock.Now(),
                        Channel = AcknowledgementChannel.Webhook,
                        By = $"Webhook {webhook}",
                    })
                );
                return open.Count;
            },
            cancellationToken
        );
    }

    private static IQueryable<Takedown> Open(
        CmsDbContext db,
        PartnerId partner,
        ArticleId article,
        DateTimeOffset sentAt
    ) => db.OwedTakedowns(partner, article).Where(t => t.WithdrawnAt <= sentAt);
}
