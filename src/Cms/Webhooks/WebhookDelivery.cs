using Cms.Articles;
using Cms.Changes;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Partners.Log;

namespace Cms.Webhooks;

/// <summary>The state of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>The delivery waits for its first or next attempt.</summary>
    Pending,

    /// <summary>The receiver has accepted the delivery.</summary>
    Delivered,

    /// <summary>All attempts failed, or the receiver does not want deliveries any more.</summary>
    Failed,

    /// <summary>A newer change of the same content is delivered instead.</summary>
    Superseded,
}

/// <summary>A message to a webhook. Its body is made for each attempt, so that it is never out of date.</summary>
public sealed class WebhookDelivery
{
    public const int MaxType = 40;

    /// <summary>The delivery's id. Receivers get it as <c>webhook-id</c>.</summary>
    public required WebhookDeliveryId Id { get; init; }

    public required WebhookId WebhookId { get; init; }

    /// <summary>
    /// The number of the change in the newsroom's log, or in the log of the partner to which the webhook belongs; null for a
    /// test.
    /// </summary>
    public required long? Seq { get; init; }

    /// <summary>The kind of the change; null for a test.</summary>
    public required ChangeKind? Kind { get; init; }

    /// <summary>What was changed; null for a test.</summary>
    public required SubjectId? SubjectId { get; init; }

    /// <summary>When it was changed.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The type of the event.</summary>
    public required string Type { get; set; }

    /// <summary>Whether the delivery has arrived.</summary>
    public DeliveryState State { get; private set; }

    /// <summary>When the delivery was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the next attempt is due; null if there is none.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>When the delivery arrived or was given up; null if it is pending.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The number of attempts.</summary>
    public int AttemptCount { get; private set; }

    /// <summary>The number of attempts since the delivery was created, or since somebody asked for it again.</summary>
    public int RoundCount { get; private set; }

    /// <summary>Until when a server has taken the delivery to send it; null if none has.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>Which server has taken the delivery, and when; null if none has.</summary>
    public Guid? Claim { get; private set; }

    internal static WebhookDelivery Of(WebhookId webhook, Change change, DateTimeOffset now) =>
        new()
        {
            Id = WebhookDeliveryId.New(),
            WebhookId = webhook,
            Seq = change.Seq,
            Kind = change.Kind,
            SubjectId = change.SubjectId,
            OccurredAt = change.OccurredAt,
            Type = WebhookEvents.TypeOf(change.Kind),
            CreatedAt = now,
            DueAt = now,
        };

    /// <summary>Returns the delivery of what the log of a partner says about an article.</summary>
    internal static WebhookDelivery Of(WebhookId webhook, PartnerArticle article, DateTimeOffset now) =>
        new()
        {
            Id = WebhookDeliveryId.New(),
            WebhookId = webhook,
            Seq = article.Seq,
            Kind = WebhookEvents.KindOf(article),
            SubjectId = new SubjectId(article.ArticleId.Value),
            OccurredAt = article.ChangedAt,
            Type = article.State is PartnerArticleState.Included ? WebhookEvents.Upsert : WebhookEvents.Withdraw,
            CreatedAt = now,
            DueAt = now,
        };

    internal static WebhookDelivery Ping(WebhookId webhook, DateTimeOffset now) =>
        new()
        {
            Id = WebhookDeliveryId.New(),
            WebhookId = webhook,
            Seq = null,
            Kind = null,
            SubjectId = null,
            OccurredAt = now,
            Type = WebhookEvents.Ping,
            CreatedAt = now,
            DueAt = now,
        };

    /// <summary>Delivers the message again, at once and with all attempts.</summary>
    internal void Repeat(DateTimeOffset now)
    {
        (State, DueAt, FinishedAt) = (DeliveryState.Pending, now, null);
        RoundCount = 0;
        Release();
    }

    /// <summary>Records that the receiver has accepted the delivery.</summary>
    internal void Succeed(DateTimeOffset now)
    {
        Count();
        Finish(DeliveryState.Delivered, now);
    }

    /// <summary>Records that an attempt failed. The next one is due later, if there is one.</summary>
    /// <param name="now">The time.</param>
    /// <param name="retryAfter">How long the receiver asked to wait; null if it did not.</param>
    /// <param name="chance">A random number from 0 to 1, which spreads the attempts.</param>
    internal void Fail(DateTimeOffset now, TimeSpan? retryAfter, double chance)
    {
        Count();
        if (RetrySchedule.DelayAfter(RoundCount, retryAfter, chance) is { } delay)
        {
            DueAt = (now + delay).ToMilliseconds();
            Release();
        }
        else
        {
            Finish(DeliveryState.Failed, now);
        }
    }

    /// <summary>Gives the delivery up.</summary>
    internal void Finish(DeliveryState state, DateTimeOffset now)
    {
        (State, DueAt, FinishedAt) = (state, null, now);
        Release();
    }

    /// <summary>Tries again later, without counting an attempt, because nothing was sent.</summary>
    internal void Postpone(DateTimeOffset until)
    {
        DueAt = until;
        Release();
    }

    private void Count() => (AttemptCount, RoundCount) = (AttemptCount + 1, RoundCount + 1);

    private void Release() => (LeasedUntil, Claim) = (null, null);
}

/// <summary>An attempt to deliver a message.</summary>
public sealed class WebhookAttempt
{
    public const int MaxReply = 2_000;
    public const int MaxError = 500;

    public required WebhookDeliveryId DeliveryId { get; init; }

    /// <summary>The number of the attempt: 1 for the first.</summary>
    public required int Number { get; init; }

    /// <summary>When the attempt began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP status of the reply; null if there was none.</summary>
    public required int? Status { get; init; }

    /// <summary>How long the attempt took, in milliseconds.</summary>
    public required int DurationMs { get; init; }

    /// <summary>The beginning of the reply; null if there was none.</summary>
    public required string? Reply { get; init; }

    /// <summary>Why the attempt failed; null if it succeeded.</summary>
    public required string? Error { get; init; }
}

/// <summary>How far a webhook has read the change log, and how it fares.</summary>
public sealed class WebhookProgress
{
    public required WebhookId WebhookId { get; init; }

    /// <summary>
    /// The log that <see cref="Seq" /> belongs to: the newsroom's, or the partner's. It is empty if the partner had no log
    /// when the webhook was added, which then begins with the first change of that log.
    /// </summary>
    public required Guid Epoch { get; set; }

    /// <summary>The number of the last change for which a delivery was created, if one was needed.</summary>
    public required long Seq { get; set; }

    /// <summary>
    /// The last article for which a delivery was created among those that have this number in the log of a partner; null if
    /// that is not needed.
    /// </summary>
    public ArticleId? Article { get; set; }

    /// <summary>Since when every attempt has failed; null if the last one succeeded.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>
    /// When the webhook met a different change log, because the database was restored or created again; null if it did
    /// not. It continued from the end of that log.
    /// </summary>
    public DateTimeOffset? RestoredAt { get; set; }
}
