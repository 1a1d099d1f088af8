using Cms.Foundation;
using Cms.GraphQL;
using Cms.Partners;
using Cms.People;

namespace Cms.Webhooks;

[MutationType]
public static class WebhookMutations
{
    /// <summary>
    /// Adds a webhook of a partner, or of the newsroom. It sends what happens from then on. The secret is returned only
    /// once.
    /// </summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("webhook")]
    [Errors<PartnerNotFound, TooManyWebhooks, WebhookUrlMalformed, WebhookHostNotPublic, WebhookTextTooLong>]
    [Errors<WebhookDocumentInvalid, OtherContentOfPartner>]
    public static Task<Result<Webhook>> CreateWebhookAsync(
        CreateWebhookInput input,
        Viewer viewer,
        [Service] CreateWebhook operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Changes the address, the description, the document or the content of a webhook.</summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("webhook")]
    [Errors<WebhookNotFound, VersionConflict, WebhookUrlMalformed, WebhookHostNotPublic, WebhookTextTooLong>]
    [Errors<WebhookDocumentInvalid, OtherContentOfPartner>]
    public static Task<Result<Webhook>> SaveWebhookAsync(
        SaveWebhookInput input,
        Viewer viewer,
        [Service] SaveWebhook operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Makes a new secret, which is returned only once. The one before also signs for 24 hours, so that the receiver can
    /// change to the new one without a gap.
    /// </summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("webhook")]
    [Errors<WebhookNotFound, VersionConflict>]
    public static Task<Result<Webhook>> RotateWebhookSecretAsync(
        RotateWebhookSecretInput input,
        Viewer viewer,
        [Service] RotateWebhookSecret operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Enables a webhook. It continues where it stopped.</summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("webhook")]
    [Errors<WebhookNotFound, VersionConflict>]
    public static Task<Result<Webhook>> EnableWebhookAsync(
        EnableWebhookInput input,
        Viewer viewer,
        [Service] EnableWebhook operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Disables a webhook: it sends nothing until it is enabled. Disabling again replaces the reason.</summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("webhook")]
    [Errors<WebhookNotFound, VersionConflict, WebhookReasonRequired, WebhookTextTooLong>]
    public static Task<Result<Webhook>> DisableWebhookAsync(
        DisableWebhookInput input,
        Viewer viewer,
        [Service] DisableWebhook operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Deletes a webhook. What it has not delivered yet is never delivered.</summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("webhook")]
    [Errors<WebhookNotFound, VersionConflict>]
    public static Task<Result<Webhook>> DeleteWebhookAsync(
        DeleteWebhookInput input,
        Viewer viewer,
        [Service] DeleteWebhook operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Sends a test event of the type <c>webhook.ping</c>.</summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("webhook")]
    [Errors<WebhookNotFound, WebhookIsDisabled>]
    public static Task<Result<Webhook>> PingWebhookAsync(
        PingWebhookInput input,
        Viewer viewer,
        [Service] PingWebhook operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Delivers again what a receiver has lost: one delivery, the changes of a time, or those with a range of numbers. Of
    /// several changes of the same article, only the newest is delivered.
    /// </summary>
    [Authorize(Policies.AdminOrContact)]
    [Payload("webhook")]
    [Errors<WebhookNotFound, WebhookIsDisabled, WebhookDeliveryNotFound>]
    [Errors<RedeliveryUnclear, SequenceOutOfRange, RedeliveryTooLarge, NothingToRedeliver>]
    public static Task<Result<Webhook>> RedeliverWebhookAsync(
        RedeliverWebhookInput input,
        Viewer viewer,
        [Service] RedeliverWebhook operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
