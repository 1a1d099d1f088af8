using Cms.GraphQL;
using Cms.Partners;
using Cms.People;
using GraphQL.DataLoader;

namespace Cms.Webhooks;

/// <summary>An address to which the server sends what happens. It belongs to a partner, or to the newsroom itself.</summary>
[ObjectType<Webhook>(
    Name = "DeskWebhook",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Webhook.Id),
        nameof(Webhook.Description),
        nameof(Webhook.Document),
        nameof(Webhook.HasOtherContent),
        nameof(Webhook.State),
        nameof(Webhook.DisabledBecause),
        nameof(Webhook.SecretEnding),
        nameof(Webhook.FormerSecretUntil),
        nameof(Webhook.CreatedAt),
        nameof(Webhook.UpdatedAt),
        nameof(Webhook.UpdatedBy),
        nameof(Webhook.Version),
    ]
)]
public static class WebhookNode
{
    /// <summary>The address that requests are sent to.</summary>
    [Url]
    public static string GetUrl([Parent] Webhook webhook) => webhook.Url;

    /// <summary>
    /// The secret that signs. Only the mutation that made it returns it; null otherwise.
    /// </summary>
    public static string? GetSecret([Parent] Webhook webhook) => webhook.Secret;

    /// <summary>The partner to which the webhook belongs; null for the newsroom.</summary>
    [Authorize(Policies.Admin)]
    public static IDataLoaderResult<Partner?>? GetPartnerAsync(
        [Parent] Webhook webhook,
        [Service] PartnerOfWebhook partners
    ) => webhook.PartnerId is { } id ? partners.Load(id) : null;

    /// <summary>How far the webhook has read the changes, and how it fares.</summary>
    public static IDataLoaderResult<WebhookProgress> GetProgressAsync(
        [Parent] Webhook webhook,
        [Service] ProgressOfWebhook progress
    ) => progress.Load(webhook.Id);

    /// <summary>
    /// The deliveries of the last 30 days, newest first. Contacts of a partner see those that the agreement includes.
    /// </summary>
    public static IDataLoaderResult<Connection<WebhookDelivery>> GetDeliveriesAsync(
        [Parent] Webhook webhook,
        PageArguments page,
        [Service] DeliveriesOfWebhook deliveries
    ) => deliveries.Load((webhook.Id, page));
}

/// <summary>How far a webhook has read the changes, and how it fares.</summary>
[ObjectType<WebhookProgress>(
    Bind = Bind.Explicit,
    Fields = [nameof(WebhookProgress.FailingSince), nameof(WebhookProgress.RestoredAt)]
)]
public static class WebhookProgressNode
{
    /// <summary>The number of the last change that the webhook has read.</summary>
    [Authorize(Policies.Admin)]
    public static int GetSeq([Parent] WebhookProgress progress) => WebhookQuery.Number(progress.Seq);
}

/// <summary>A message to a webhook.</summary>
[ObjectType<WebhookDelivery>(
    Name = "DeskWebhookDelivery",
    Bind = Bind.Explicit,
    Fields = [
        nameof(WebhookDelivery.Id),
        nameof(WebhookDelivery.State),
        nameof(WebhookDelivery.OccurredAt),
        nameof(WebhookDelivery.CreatedAt),
        nameof(WebhookDelivery.FinishedAt),
        nameof(WebhookDelivery.AttemptCount),
    ]
)]
public static class WebhookDeliveryNode
{
    /// <summary>The type of the event, such as <c>article.published</c>.</summary>
    public static string GetType([Parent] WebhookDelivery delivery) => delivery.Type;

    /// <summary>
    /// The number of the change, or its number among the changes of the partner to which the webhook belongs; null for a
    /// test.
    /// </summary>
    [Authorize(Policies.Admin)]
    public static int? GetSeq([Parent] WebhookDelivery delivery) =>
        delivery.Seq is { } seq ? WebhookQuery.Number(seq) : null;

    /// <summary>The id of what was changed; null for a test.</summary>
    [ID]
    public static string? GetSubject([Parent] WebhookDelivery delivery) =>
        delivery is { Kind: { } kind, SubjectId: { } subject } ? WebhookEvents.IdOf(kind, subject) : null;

    /// <summary>When the next attempt is due; null if there is none.</summary>
    public static DateTimeOffset? GetDueAt([Parent] WebhookDelivery delivery) => delivery.DueAt;

    /// <summary>The newest attempts, newest first.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<List<WebhookAttempt>> GetAttemptsAsync(
        [Parent] WebhookDelivery delivery,
        [Service] AttemptsOfDelivery attempts
    ) => attempts.Load(delivery.Id);
}

/// <summary>An attempt to deliver a message.</summary>
[ObjectType<WebhookAttempt>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(WebhookAttempt.Number),
        nameof(WebhookAttempt.At),
        nameof(WebhookAttempt.Status),
        nameof(WebhookAttempt.DurationMs),
        nameof(WebhookAttempt.Reply),
        nameof(WebhookAttempt.Error),
    ]
)]
public static class WebhookAttemptNode;
