using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Webhooks;

/// <summary>
/// Creates the deliveries of changes that the webhooks have not read yet. The change log is the outbox: each webhook has a
/// place in it, which moves in the same transaction in which the deliveries are created.
/// </summary>
public sealed partial class PlanDeliveries(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    IAdmission admission,
    TimeProvider clock,
    ILogger<PlanDeliveries> log
)
{
    private const int Batch = 500;

    public async Task Handle(CancellationToken cancellationToken)
    {
        foreach (var (id, viewer) in await BehindAsync(cancellationToken))
        {
            // A partner that receives nothing now gets everything later, if it then still may.
            if (await admission.AdmitsAsync(viewer, cancellationToken))
            {
                while (await PlanAsync(id, cancellationToken))
                {
                    // Plan the next batch.
                }
            }
        }
    }

    private async Task<List<(WebhookId Id, Viewer Viewer)>> BehindAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var end = await db.ChangeCounters.AsNoTracking().SingleAsync(cancellationToken);
        var behind = await (
            from webhook in db.Webhooks
            join progress in db.WebhookProgress on webhook.Id equals progress.WebhookId
            where webhook.State == WebhookState.Enabled
            where progress.Epoch != end.Epoch || progress.Seq != end.Seq
            orderby webhook.Id
            select new { webhook.Id, webhook.PartnerId }
        ).ToListAsync(cancellationToken);
        return behind.ConvertAll(webhook => (webhook.Id, WebhookViewer.Of(webhook.PartnerId)));
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
                if (webhook is not { State: WebhookState.Enabled } || progress is null)
                {
                    return new Planned(0, IsRestored: false);
                }

                var end = await db.ChangeCounters.AsNoTracking().SingleAsync(token);
                if (progress.Epoch != end.Epoch || progress.Seq > end.Seq)
                {
                    (progress.Epoch, progress.Seq, progress.RestoredAt) = (end.Epoch, end.Seq, clock.Now());
                    return new Planned(0, IsRestored: true);
                }

                var changes = await db
                    .Changes.AsNoTracking()
                    .Where(c => c.Seq > progress.Seq)
                    .OrderBy(c => c.Seq)
                    .Take(Batch)
                    .ToListAsync(token);
                await db.PlanAsync(webhook, changes, clock.Now(), token);
                progress.Seq = changes is [.., var last] ? last.Seq : progress.Seq;
                return new Planned(changes.Count, IsRestored: false);
            },
            cancellationToken
        );
        if (planned.Value!.IsRestored)
        {
            LogRestored(log, id);
        }

        return planned.Value.Count == Batch;
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
            var isOfPartner = webhook.PartnerId is not null;
            var deliveries = changes
                .Where(change => WebhookEvents.IsArticle(change.Kind) || webhook.HasOtherContent)
                .GroupBy(change => change.SubjectId)
                .Select(group => group.MaxBy(change => change.Seq)!)
                .OrderBy(change => change.Seq)
                .Select(change =>
                    WebhookDelivery.Of(webhook.Id, change, isOfPartner ? null : WebhookEvents.TypeOf(change.Kind), now)
                )
                .ToList();
            await db.SupersedeAsync(
                webhook.Id,
                [.. deliveries.Select(d => d.SubjectId!.Value)],
                except: [],
                now,
                cancellationToken
            );
            db.AddRange(deliveries);
        }

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
