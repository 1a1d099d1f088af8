using System.Globalization;
using Cms.Audit;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Webhooks;

/// <summary>The webhook to test.</summary>
public sealed record PingWebhookInput : MutationInput
{
    /// <summary>The webhook's id.</summary>
    public required WebhookId Id { get; init; }
}

/// <summary>Sends a test event, <c>webhook.ping</c>.</summary>
public sealed class PingWebhook(CmsDatabase database, WebhookSignal signal, TimeProvider clock)
{
    public async Task<Result<Webhook>> Handle(PingWebhookInput input, Actor actor, CancellationToken cancellationToken)
    {
        var pinged = await database.ChangeWebhookAsync(
            actor,
            input.Id,
            expectedVersion: null,
            (db, webhook) =>
            {
                if (webhook.State is WebhookState.Disabled)
                {
                    return new WebhookIsDisabled { Path = ["id"] };
                }

                var ping = WebhookDelivery.Ping(webhook.Id, clock.Now());
                db.Add(ping);
                db.Audit.Add(
                    WebhookNotes.Of(webhook, actor, "pingWebhook", "sent a test to", "delivery", ping.Id.ToString())
                );
                return webhook;
            },
            cancellationToken
        );
        signal.Give();
        return pinged;
    }
}

/// <summary>
/// What to deliver again: one delivery, the changes of a time, the changes with a range of numbers, or everything since a
/// number. Contacts of partners do not know the numbers.
/// </summary>
public sealed record RedeliverWebhookInput : MutationInput
{
    /// <summary>The webhook's id.</summary>
    public required WebhookId Id { get; init; }

    /// <summary>One delivery. It keeps its id.</summary>
    public WebhookDeliveryId? Delivery { get; init; }

    /// <summary>The number of the first change to deliver again.</summary>
    public int? From { get; init; }

    /// <summary>The number of the last change to deliver again.</summary>
    public int? To { get; init; }

    /// <summary>The number of the change after which everything is delivered again, in order.</summary>
    public int? Since { get; init; }

    /// <summary>The time since when everything is delivered again, in order.</summary>
    public DateTimeOffset? SinceTime { get; init; }

    /// <summary>With <c>sinceTime</c>: the time until when changes are delivered again; null for everything since then.</summary>
    public DateTimeOffset? UntilTime { get; init; }

    internal bool HasNumbers => (From ?? To ?? Since) is not null;

    internal bool HasTimes => (SinceTime ?? UntilTime) is not null;
}

/// <summary>
/// Delivers again what a receiver has lost. If several of the changes are about the same article, only the newest one is
/// delivered, with the article as it is now.
/// </summary>
public sealed class RedeliverWebhook(CmsDatabase database, WebhookSignal signal, TimeProvider clock)
{
    /// <summary>The maximum number of changes, or articles, in a range.</summary>
    public const int MaxRange = 1000;

    private const string Action = "redeliverWebhook";

    public async Task<Result<Webhook>> Handle(
        RedeliverWebhookInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var done = await database.WriteAsync<Webhook>(
            actor,
            async (db, token) =>
            {
                if (
                    await db.Webhooks.FindAsync([input.Id], token) is not { } webhook
                    || !actor.Manages(webhook.PartnerId)
                )
                {
                    return new WebhookNotFound(input.Id) { Path = ["id"] };
                }

                if (webhook.State is WebhookState.Disabled)
                {
                    return new WebhookIsDisabled { Path = ["id"] };
                }

                await db.LockAsync(webhook.Id, token);
                var refusal = input switch
                {
                    { HasNumbers: true, HasTimes: true } => new RedeliveryUnclear(),
                    { HasNumbers: true } when !actor.Is(Role.Admin) => new RedeliveryUnclear(),
                    { Delivery: { } delivery, HasNumbers: false, HasTimes: false } => await OneAsync(
                        db,
                        webhook,
                        delivery,
                        actor,
                        token
                    ),
                    { Delivery: null, SinceTime: { } since } => await OfTimeAsync(
                        db,
                        webhook,
                        since,
                        input.UntilTime,
                        actor,
                        token
                    ),
                    { Delivery: null, From: { } from, To: { } to, Since: null } => await RangeAsync(
                        db,
                        webhook,
                        from,
                        to,
                        actor,
                        token
                    ),
                    { Delivery: null, From: null, To: null, Since: { } since } => await SinceAsync(
                        db,
                        webhook,
                        since,
                        actor,
                        token
                    ),
                    _ => new RedeliveryUnclear(),
                };
                return refusal is null ? webhook : refusal;
            },
            cancellationToken
        );
        signal.Give();
        return done;
    }

    private async Task<UserError?> OneAsync(
        CmsDbContext db,
        Webhook webhook,
        WebhookDeliveryId id,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var delivery = await db.WebhookDeliveries.SingleOrDefaultAsync(
            d => d.Id == id && d.WebhookId == webhook.Id,
            cancellationToken
        );
        if (delivery is null)
        {
            return new WebhookDeliveryNotFound(id) { Path = ["delivery"] };
        }

        delivery.Repeat(clock.Now());
        db.Audit.Add(WebhookNotes.Of(webhook, actor, Action, "asked to deliver again", "delivery", id.ToString()));
        return null;
    }

    private async Task<UserError?> OfTimeAsync(
        CmsDbContext db,
        Webhook webhook,
        DateTimeOffset since,
        DateTimeOffset? until,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var numbers = webhook.PartnerId is { } partner
            ? db
                .PartnerArticles.Where(a => a.PartnerId == partner && a.ChangedAt >= since)
                .Where(a => until == null || a.ChangedAt <= until)
                .Select(a => (long?)a.Seq)
            : db
                .Changes.Where(c => c.OccurredAt >= since && (until == null || c.OccurredAt <= until))
                .Select(c => (long?)c.Seq);
        if (await numbers.MinAsync(cancellationToken) is not { } first)
        {
            return new NothingToRedeliver { Path = [nameof(since) + "Time"] };
        }

        var time = until is { } end ? $"{since:O}–{end:O}" : $"{since:O}";
        if (until is null)
        {
            await MoveBackAsync(db, webhook, first - 1, cancellationToken);
        }
        else
        {
            var last = (await numbers.MaxAsync(cancellationToken))!.Value;
            if (last - first >= MaxRange || await RepeatAsync(db, webhook, first, last, cancellationToken) is not null)
            {
                return new RedeliveryTooLarge(MaxRange) { Path = ["untilTime"] };
            }
        }

        db.Audit.Add(WebhookNotes.Of(webhook, actor, Action, "asked to deliver again to", "changesOf", time));
        return null;
    }

    private async Task<UserError?> RangeAsync(
        CmsDbContext db,
        Webhook webhook,
        int from,
        int to,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var end = (await db.EndAsync(webhook, cancellationToken))?.Seq ?? 0;
        if (from < 0 || to < from || to > end)
        {
            return new SequenceOutOfRange(WebhookQuery.Number(end)) { Path = ["to"] };
        }

        if (to - from >= MaxRange)
        {
            return new RedeliveryTooLarge(MaxRange) { Path = ["to"] };
        }

        if (await RepeatAsync(db, webhook, from, to, cancellationToken) is { } tooLarge)
        {
            return tooLarge with { Path = ["to"] };
        }

        var range = string.Create(CultureInfo.InvariantCulture, $"{from}–{to}");
        db.Audit.Add(WebhookNotes.Of(webhook, actor, Action, "asked to deliver again to", "changes", range));
        return null;
    }

    private static async Task<UserError?> SinceAsync(
        CmsDbContext db,
        Webhook webhook,
        int since,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var end = await db.EndAsync(webhook, cancellationToken) ?? default;
        if (since < 0 || since > end.Seq)
        {
            return new SequenceOutOfRange(WebhookQuery.Number(end.Seq)) { Path = ["since"] };
        }

        await MoveBackAsync(db, webhook, since, cancellationToken);
        var after = since.ToString(CultureInfo.InvariantCulture);
        db.Audit.Add(WebhookNotes.Of(webhook, actor, Action, "asked to deliver again to", "changesSince", after));
        return null;
    }

    // Returns a refusal if there are too many articles. Many can have the same number in the log of a partner.
    private async Task<RedeliveryTooLarge?> RepeatAsync(
        CmsDbContext db,
        Webhook webhook,
        long from,
        long to,
        CancellationToken cancellationToken
    )
    {
        if (webhook.PartnerId is not { } partner)
        {
            var changes = await db
                .Changes.AsNoTracking()
                .Where(c => c.Seq >= from && c.Seq <= to)
                .OrderBy(c => c.Seq)
                .ToListAsync(cancellationToken);
            await db.PlanAsync(webhook, changes, clock.Now(), cancellationToken);
            return null;
        }

        var articles = await db
            .PartnerArticles.AsNoTracking()
            .Where(a => a.PartnerId == partner && a.Seq >= from && a.Seq <= to)
            .OrderBy(a => a.Seq)
            .ThenBy(a => a.ArticleId)
            .Take(MaxRange + 1)
            .ToListAsync(cancellationToken);
        if (articles.Count > MaxRange)
        {
            return new RedeliveryTooLarge(MaxRange);
        }

        await db.PlanAsync(webhook, articles, clock.Now(), cancellationToken);
        return null;
    }

    // A webhook that has not read so far yet delivers the changes anyway.
    private static async Task MoveBackAsync(
        CmsDbContext db,
        Webhook webhook,
        long after,
        CancellationToken cancellationToken
    )
    {
        var end = await db.EndAsync(webhook, cancellationToken) ?? default;
        var progress = await db.WebhookProgress.SingleAsync(p => p.WebhookId == webhook.Id, cancellationToken);
        if (progress.Epoch != end.Epoch || progress.Seq > after)
        {
            (progress.Epoch, progress.Seq, progress.Article) = (end.Epoch, after, null);
        }
    }
}

/// <summary>The entries of the audit log about acts that do not change a webhook.</summary>
internal static class WebhookNotes
{
    public static AuditNote Of(Webhook webhook, Actor actor, string action, string did, string field, string value) =>
        new()
        {
            Action = action,
            Subject = webhook.Id.ToString(),
            Summary = $"{actor.Name ?? actor.Contributor.Name} {did} {webhook.Id} ({webhook.Url}) with {action}.",
            After = new Dictionary<string, object?>(StringComparer.Ordinal) { [field] = value },
        };
}
