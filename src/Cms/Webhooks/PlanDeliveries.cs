using Cms.Articles;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Partners;
using Cms.Partners.Log;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Webhooks;

/// <summary>
/// Creates the deliveries of changes that the webhooks have not read yet. The outbox is the change log, or the log of the
/// partner to which a webhook belongs. Each webhook has a place in it, which moves in the same transaction in which the
/// deliveries are created.
/// </summary>
public sealed partial class PlanDeliveries(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    FollowPartner follow,
    TimeProvider clock,
    ILogger<PlanDeliveries> log
)
{
    private const int Batch = 500;

    public async Task Handle(CancellationToken cancellationToken)
    {
        foreach (var id in await BehindAsync(cancellationToken))
        {
            await PlanAllAsync(id, cancellationToken);
        }

        foreach (var (partner, webhooks) in await BehindOfPartnersAsync(cancellationToken))
        {
            // A partner that receives nothing now gets everything later, if it then still may.
            if (await follow.Handle(partner, cancellationToken))
            {
                foreach (var id in webhooks)
                {
                    await PlanAllAsync(id, cancellationToken);
                }
            }
        }
    }

    private async Task PlanAllAsync(WebhookId id, CancellationToken cancellationToken)
    {
        while (await PlanAsync(id, cancellationToken))
        {
            // Plan the next batch.
        }
    }

    private async Task<List<WebhookId>> BehindAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var end = await db.ChangeCounters.AsNoTracking().SingleAsync(cancellationToken);
        return await (
            from webhook in db.Webhooks
            join progress in db.WebhookProgress on webhook.Id equals progress.WebhookId
            where webhook.State == WebhookState.Enabled && webhook.PartnerId == null
            where progress.Epoch != end.Epoch || progress.Seq != end.Seq
            orderby webhook.Id
            select webhook.Id
        ).ToListAsync(cancellationToken);
    }

    // The partners whose log or webhooks may be behind. A partner that receives nothing now stays behind.
    private async Task<List<(PartnerId Partner, List<WebhookId> Webhooks)>> BehindOfPartnersAsync(
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var end = await db.ChangeCounters.AsNoTracking().SingleAsync(cancellationToken);
        var behind = await (
            from webhook in db.Webhooks
            join progress in db.WebhookProgress on webhook.Id equals progress.WebhookId
            join partner in db.Partners on webhook.PartnerId equals partner.Id
            where webhook.State == WebhookState.Enabled
            where
                !db.PartnerLogs.Any(log =>
                    log.PartnerId == partner.Id
                    && !log.IsReviewing
                    && log.Source == end.Epoch
                    && log.ReadTo == end.Seq
                    && log.Agreement == partner.AgreementNumber
                    && log.Epoch == progress.Epoch
                    && log.Seq == progress.Seq
                    && progress.Article == null
                )
            orderby webhook.Id
            select new { Partner = partner.Id, Webhook = webhook.Id }
        ).ToListAsync(cancellationToken);
        return [.. behind.GroupBy(b => b.Partner, b => b.Webhook).Select(group => (group.Key, group.ToList()))];
    }

    // Returns whether there may be more changes.
    private async Task<bool> PlanAsync(WebhookId id, CancellationToken cancellationToken)
    {
        var planned = await database.WriteAsync<Planned>(
            Actor.Server.For("planWebhookDeliveries"),
            async (db, token) =>
            {
                await db.LockAsync(id, token);
                var webhook = await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, token);
                var progress = await db.WebhookProgress.SingleOrDefaultAsync(p => p.WebhookId == id, token);
                if (
                    webhook is not { State: WebhookState.Enabled }
                    || progress is null
                    || await db.EndAsync(webhook, token) is not { } end
                )
                {
                    return new Planned(0, IsRestored: false);
                }

                if (progress.Epoch == Guid.Empty)
                {
                    progress.Epoch = end.Epoch;
                }

                if (progress.Epoch != end.Epoch || progress.Seq > end.Seq)
                {
                    (progress.Epoch, progress.Seq, progress.Article) = (end.Epoch, end.Seq, null);
                    progress.RestoredAt = clock.Now();
                    return new Planned(0, IsRestored: true);
                }

                return new Planned(
                    webhook.PartnerId is { } partner
                        ? await PlanPartnerAsync(db, webhook, partner, progress, end, token)
                        : await PlanNewsroomAsync(db, webhook, progress, token),
                    IsRestored: false
                );
            },
            cancellationToken
        );
        if (planned.Value!.IsRestored)
        {
            LogRestored(log, id);
        }

        return planned.Value.Count == Batch;
    }

    private async Task<int> PlanNewsroomAsync(
        CmsDbContext db,
        Webhook webhook,
        WebhookProgress progress,
        CancellationToken cancellationToken
    )
    {
        var changes = await db
            .Changes.AsNoTracking()
            .Where(c => c.Seq > progress.Seq)
            .OrderBy(c => c.Seq)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        await db.PlanAsync(webhook, changes, clock.Now(), cancellationToken);
        progress.Seq = changes is [.., var last] ? last.Seq : progress.Seq;
        return changes.Count;
    }

    // Many articles can have the same number in the log of a partner, for instance after its agreement was edited.
    private async Task<int> PlanPartnerAsync(
        CmsDbContext db,
        Webhook webhook,
        PartnerId partner,
        WebhookProgress progress,
        ChangeCursor end,
        CancellationToken cancellationToken
    )
    {
        var (seq, within) = (progress.Seq, progress.Article);
        var after = within ?? default;
        var articles = await db
            .PartnerArticles.AsNoTracking()
            .Where(a => a.PartnerId == partner && a.Seq >= seq && a.Seq <= end.Seq)
            .Where(a => a.Seq > seq || (within != null && a.ArticleId > after))
            .OrderBy(a => a.Seq)
            .ThenBy(a => a.ArticleId)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        await db.PlanAsync(webhook, articles, clock.Now(), cancellationToken);
        (progress.Seq, progress.Article) =
            articles.Count == Batch ? (articles[^1].Seq, articles[^1].ArticleId) : (end.Seq, default(ArticleId?));
        return articles.Count;
    }

    private sealed record Planned(int Count, bool IsRestored);

    [LoggerMessage(
        LogLevel.Warning,
        "The change log is a different one than {Webhook} has read before; the webhook continues from its end"
    )]
    private static partial void LogRestored(ILogger logger, WebhookId webhook);
}

internal static class WebhookPlans
{
    extension(CmsDbContext db)
    {
        /// <summary>Makes other transactions that plan or claim deliveries of a webhook wait for this one.</summary>
        public Task LockAsync(WebhookId id, CancellationToken cancellationToken) =>
            db
                .WebhookProgress.Where(p => p.WebhookId == id)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Seq, p => p.Seq), cancellationToken);

        /// <summary>
        /// Adds a delivery for the newest change of each article or other content, and gives up older ones that wait.
        /// </summary>
        public async Task PlanAsync(
            Webhook webhook,
            List<Change> changes,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            await db.PlanAsync(
                webhook.Id,
                changes
                    .Where(change => WebhookEvents.IsArticle(change.Kind) || webhook.HasOtherContent)
                    .GroupBy(change => change.SubjectId)
                    .Select(group => group.MaxBy(change => change.Seq)!)
                    .OrderBy(change => change.Seq)
                    .Select(change => WebhookDelivery.Of(webhook.Id, change, now))
                    .ToList(),
                now,
                cancellationToken
            );
        }

        /// <summary>
        /// Adds a delivery of what the log of a partner says about each article, and gives up older ones that wait.
        /// </summary>
        public Task PlanAsync(
            Webhook webhook,
            List<PartnerArticle> articles,
            DateTimeOffset now,
            CancellationToken cancellationToken
        ) =>
            db.PlanAsync(
                webhook.Id,
                articles.ConvertAll(article => WebhookDelivery.Of(webhook.Id, article, now)),
                now,
                cancellationToken
            );

        private async Task PlanAsync(
            WebhookId webhook,
            List<WebhookDelivery> deliveries,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            await db.SupersedeAsync(
                webhook,
                deliveries.ConvertAll(d => d.SubjectId!.Value),
                except: [],
                now,
                cancellationToken
            );
            db.AddRange(deliveries);
        }

        /// <summary>
        /// Returns the end of the log that a webhook reads: the log of its partner, or the newsroom's change log. Returns
        /// null if the partner has no log yet.
        /// </summary>
        public async Task<ChangeCursor?> EndAsync(Webhook webhook, CancellationToken cancellationToken) =>
            webhook.PartnerId is { } partner
                ? await db
                    .PartnerLogs.Where(l => l.PartnerId == partner)
                    .Select(l => (ChangeCursor?)new ChangeCursor(l.Epoch, l.Seq))
                    .SingleOrDefaultAsync(cancellationToken)
                : await ListChanges.EndAsync(db, cancellationToken);

        /// <summary>
        /// Gives up the deliveries about some content that wait for an attempt, because newer ones replace them. Those
        /// that are being sent are not touched.
        /// </summary>
        public async Task SupersedeAsync(
            WebhookId webhook,
            List<SubjectId> subjects,
            List<WebhookDeliveryId> except,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            if (subjects.Count == 0)
            {
                return;
            }

            await db
                .WebhookDeliveries.Where(d =>
                    d.WebhookId == webhook
                    && d.SubjectId != null
                    && subjects.Contains(d.SubjectId.Value)
                    && d.State == DeliveryState.Pending
                    && !except.Contains(d.Id)
                    && (d.LeasedUntil == null || d.LeasedUntil <= now)
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(d => d.State, DeliveryState.Superseded)
                            .SetProperty(d => d.DueAt, (DateTimeOffset?)null)
                            .SetProperty(d => d.FinishedAt, now)
                            .SetProperty(d => d.LeasedUntil, (DateTimeOffset?)null)
                            .SetProperty(d => d.Claim, (Guid?)null),
                    cancellationToken
                );
        }
    }
}
