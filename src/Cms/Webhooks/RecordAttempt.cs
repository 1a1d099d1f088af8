using System.Security.Cryptography;
using Cms.Articles;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.Partners.Takedowns;
using Cms.Partners.Usage;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Webhooks;

/// <summary>What became of an attempt to deliver a message.</summary>
public sealed record AttemptOutcome
{
    /// <summary>When the attempt began.</summary>
    public required DateTimeOffset At { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The HTTP status of the reply; null if there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The beginning of the reply.</summary>
    public string? Reply { get; init; }

    /// <summary>Why the attempt failed; null if it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>How long the receiver asked to wait; null if it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the receiver does not want deliveries any more.</summary>
    public bool IsGone { get; init; }
}

/// <summary>
/// Records an attempt, and when the next one is due. Disables a webhook whose receiver is gone or has failed for too long.
/// </summary>
public sealed partial class RecordAttempt(
    CmsDatabase database,
    AcknowledgeByWebhook acknowledge,
    IDbContextFactory<CmsDbContext> databases,
    UsageCounter use,
    TimeProvider clock,
    ILogger<RecordAttempt> log
)
{
    private const string Gone = "The receiver answered with the status 410, so it does not want deliveries any more.";
    private const string Skipped = "skipped";
    private const string Silent = "No delivery has succeeded for 5 days.";

    public async Task Handle(ClaimedDelivery claimed, AttemptOutcome outcome, CancellationToken cancellationToken)
    {
        // First, so that a server that is killed meanwhile sends the message again instead of forgetting the reply.
        if (outcome.Error is null)
        {
            await AcknowledgeAsync(claimed, outcome.At, cancellationToken);
        }

        var recorded = await database.WriteAsync<string>(
            Actor.Server.For("disableWebhook"),
            async (db, token) =>
            {
                var (id, claim) = (claimed.Delivery.Id, claimed.Delivery.Claim);
                if (await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Id == id, token) is not { } delivery)
                {
                    return Skipped;
                }

                // After the lease, a different server may have sent the delivery too. It records its own attempt.
                if (delivery.Claim != claim || delivery.State is not DeliveryState.Pending)
                {
                    return Skipped;
                }

                var now = clock.Now();
                await TakeAsync(db, delivery, outcome, now, token);
                db.Add(
                    new WebhookAttempt
                    {
                        DeliveryId = id,
                        Number = delivery.AttemptCount,
                        At = outcome.At,
                        Status = outcome.Status,
                        DurationMs = (int)outcome.Duration.TotalMilliseconds,
                        Reply = Cut(outcome.Reply, WebhookAttempt.MaxReply),
                        Error = Cut(outcome.Error, WebhookAttempt.MaxError),
                    }
                );
                return await JudgeAsync(db, claimed.Webhook.Id, outcome, now, token) ?? "";
            },
            cancellationToken
        );
        if (recorded.Value is not Skipped && claimed.Webhook.PartnerId is { } partner)
        {
            use.CountMessage(partner, ArticleOf(claimed.Delivery), outcome.Error is null);
        }

        if (recorded.Value is { Length: > 0 } reason and not Skipped)
        {
            LogDisabled(log, claimed.Webhook.Id, reason);
        }
    }

    private async Task AcknowledgeAsync(
        ClaimedDelivery claimed,
        DateTimeOffset sentAt,
        CancellationToken cancellationToken
    )
    {
        if (claimed is not { Webhook.PartnerId: { } partner, Delivery: { Id: var id, SubjectId: { } subject } })
        {
            return;
        }

        // The type is decided after the claim.
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.WebhookDeliveries.AnyAsync(d => d.Id == id && d.Type == WebhookEvents.Withdraw, cancellationToken))
        {
            var webhook = claimed.Webhook.Id.ToString();
            await acknowledge.Handle(partner, new ArticleId(subject.Value), sentAt, webhook, cancellationToken);
        }
    }

    private static async Task TakeAsync(
        CmsDbContext db,
        WebhookDelivery delivery,
        AttemptOutcome outcome,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (outcome.Error is null)
        {
            delivery.Succeed(now);
            return;
        }

        delivery.Fail(now, outcome.RetryAfter, Chance());
        var isReplaced =
            delivery.SubjectId is { } subject
            && await db.WebhookDeliveries.AnyAsync(
                d =>
                    d.WebhookId == delivery.WebhookId
                    && d.SubjectId == subject
                    && d.Seq > delivery.Seq
                    && d.State == DeliveryState.Pending,
                cancellationToken
            );
        if (outcome.IsGone)
        {
            delivery.Finish(DeliveryState.Failed, now);
        }
        else if (isReplaced)
        {
            delivery.Finish(DeliveryState.Superseded, now);
        }
    }

    // Returns why the webhook was disabled; null if it was not.
    private static async Task<string?> JudgeAsync(
        CmsDbContext db,
        WebhookId id,
        AttemptOutcome outcome,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            await db.WebhookProgress.SingleOrDefaultAsync(p => p.WebhookId == id, cancellationToken) is not { } progress
        )
        {
            return null;
        }

        progress.FailingSince = outcome.Error is null ? null : progress.FailingSince ?? now;
        var reason =
            outcome.IsGone ? Gone
            : now - progress.FailingSince >= Webhook.LongestFailure ? Silent
            : null;
        var isDisabled =
            reason is not null
            && await db.Webhooks.SingleAsync(w => w.Id == id, cancellationToken)
                is { State: WebhookState.Enabled } webhook
            && !webhook.Disable(reason, Contributor.Server, now).IsRefused;
        return isDisabled ? reason : null;
    }

    private static ArticleId? ArticleOf(WebhookDelivery delivery) =>
        delivery is { Kind: { Subject: ChangeSubject.Article }, SubjectId: { } subject }
            ? new ArticleId(subject.Value)
            : null;

    // Random enough to spread attempts, without a generator whose state threads share.
    private static double Chance() => RandomNumberGenerator.GetInt32(1001) / 1000.0;

    // A receiver can reply with anything, and databases refuse NUL.
    private static string? Cut(string? text, int most) =>
        text is null ? null : PlainLine.Cut(text.Replace('\0', ' '), most);

    [LoggerMessage(LogLevel.Warning, "{Webhook} was disabled: {Reason}")]
    private static partial void LogDisabled(ILogger logger, WebhookId webhook, string reason);
}
