using Cms.Studio.Api;

namespace Cms.Studio.Webhooks;

/// <summary>A page of webhooks.</summary>
public sealed record WebhookListData(WebhookListDesk? Desk);

/// <summary>The webhooks of a partner or of the newsroom, newest first.</summary>
public sealed record WebhookListDesk(WebhookRows? Webhooks);

/// <summary>Some webhooks.</summary>
public sealed record WebhookRows(IReadOnlyList<WebhookRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A webhook in the list.</summary>
public sealed record WebhookRow(
    string Id,
    string Url,
    string? Description,
    WebhookState State,
    WebhookFailure Progress
);

/// <summary>Since when a webhook has failed.</summary>
public sealed record WebhookFailure(DateTimeOffset? FailingSince);

/// <summary>The partner whose webhooks are listed.</summary>
public sealed record WebhookOwnerData(WebhookOwnerDesk? Desk);

/// <summary>The partner; null if there is none.</summary>
public sealed record WebhookOwnerDesk(WebhookOwner? Partner);

/// <summary>A partner to which webhooks belong.</summary>
public sealed record WebhookOwner(string Id, string Name);

/// <summary>Whether a webhook sends anything.</summary>
public enum WebhookState
{
    Enabled,
    Disabled,
}

/// <summary>The state of a delivery.</summary>
public enum DeliveryState
{
    Pending,
    Delivered,
    Failed,
    Superseded,
}

/// <summary>One webhook.</summary>
public sealed record WebhookData(WebhookDesk? Desk);

/// <summary>The webhook; null if there is none.</summary>
public sealed record WebhookDesk(WebhookItem? Webhook);

/// <summary>A webhook with all that administrators know about it.</summary>
public sealed record WebhookItem(
    string Id,
    int Version,
    string Url,
    string? Description,
    string? Document,
    bool HasOtherContent,
    WebhookState State,
    string? DisabledBecause,
    string SecretEnding,
    DateTimeOffset? FormerSecretUntil,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    WebhookOwner? Partner,
    WebhookPlace Progress,
    DeliveryRows Deliveries
);

/// <summary>How far a webhook has read the changes.</summary>
public sealed record WebhookPlace(int Seq, DateTimeOffset? FailingSince, DateTimeOffset? RestoredAt);

/// <summary>Some deliveries.</summary>
public sealed record DeliveryRows(IReadOnlyList<NumberedDelivery> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A delivery.</summary>
public record DeliveryRow(
    string Id,
    string Type,
    string? Subject,
    DeliveryState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt,
    int AttemptCount,
    IReadOnlyList<AttemptRow> Attempts
);

/// <summary>A delivery with the number of its change, which only administrators know.</summary>
public sealed record NumberedDelivery(
    string Id,
    string Type,
    int? Seq,
    string? Subject,
    DeliveryState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt,
    int AttemptCount,
    IReadOnlyList<AttemptRow> Attempts
) : DeliveryRow(Id, Type, Subject, State, CreatedAt, DueAt, AttemptCount, Attempts);

/// <summary>An attempt to deliver.</summary>
public sealed record AttemptRow(
    int Number,
    DateTimeOffset At,
    int? Status,
    int DurationMs,
    string? Reply,
    string? Error
);

/// <summary>The answer to a new webhook.</summary>
public sealed record CreatedWebhook(NewSecretOutcome CreateWebhook);

/// <summary>The answer to a new secret.</summary>
public sealed record RotatedWebhook(NewSecretOutcome RotateWebhookSecret);

/// <summary>A webhook whose secret was just made; null if it was refused.</summary>
public sealed record NewSecretOutcome(NewSecret? Webhook, IReadOnlyList<Refusal> Errors);

/// <summary>A webhook and its new secret, which is null if the form was sent twice.</summary>
public sealed record NewSecret(string Id, string? Secret);

/// <summary>The answer to a saved webhook.</summary>
public sealed record SavedWebhook(Outcome SaveWebhook);

/// <summary>The answer to an enabled webhook.</summary>
public sealed record EnabledWebhook(Outcome EnableWebhook);

/// <summary>The answer to a disabled webhook.</summary>
public sealed record DisabledWebhook(Outcome DisableWebhook);

/// <summary>The answer to a deleted webhook.</summary>
public sealed record DeletedWebhook(Outcome DeleteWebhook);

/// <summary>The answer to a test.</summary>
public sealed record PingedWebhook(Outcome PingWebhook);

/// <summary>The answer to a delivery that is repeated.</summary>
public sealed record RedeliveredWebhook(Outcome RedeliverWebhook);

/// <summary>A webhook, as its forms hold it.</summary>
public sealed class WebhookForm
{
    public string? Url { get; set; }

    public string? Description { get; set; }

    public string? Document { get; set; }

    public bool HasOtherContent { get; set; }

    public string? Reason { get; set; }

    /// <summary>The delivery to repeat.</summary>
    public string? Delivery { get; set; }

    /// <summary>The number after which everything is delivered again.</summary>
    public string? Since { get; set; }

    public int? Version { get; set; }

    internal static WebhookForm Of(WebhookItem webhook) =>
        new()
        {
            Url = webhook.Url,
            Description = webhook.Description,
            Document = webhook.Document,
            HasOtherContent = webhook.HasOtherContent,
            Version = webhook.Version,
        };

    internal Dictionary<string, object?> ToInput() =>
        new(StringComparer.Ordinal)
        {
            ["url"] = Url?.Trim() ?? "",
            ["description"] = Description,
            ["document"] = Document?.ReplaceLineEndings("\n"),
            ["hasOtherContent"] = HasOtherContent,
        };
}

/// <summary>Describes webhooks in words.</summary>
internal static class WebhookWords
{
    /// <summary>The address of the newsroom's webhooks.</summary>
    public const string Path = "/studio/webhooks";

    /// <summary>Returns the address of a webhook.</summary>
    public static string PathOf(string id) => $"{Path}/{id}";

    /// <summary>Returns the address of the webhooks of a partner, or of the newsroom.</summary>
    public static string ListOf(string? partner) =>
        partner is null ? Path : $"{Partners.PartnerWords.PathOf(partner)}/webhooks";

    /// <summary>Returns the state of a webhook, and its kind.</summary>
    public static (string Text, string Status) StateOf(WebhookState state, DateTimeOffset? failingSince) =>
        state is WebhookState.Disabled ? ("Disabled", "refused")
        : failingSince is not null ? ("Failing", "changes")
        : ("Enabled", "published");

    /// <summary>Returns the state of a delivery, and its kind.</summary>
    public static (string Text, string Status) StateOf(DeliveryState state) =>
        state switch
        {
            DeliveryState.Pending => ("Waiting", "scheduled"),
            DeliveryState.Delivered => ("Delivered", "published"),
            DeliveryState.Failed => ("Failed", "refused"),
            _ => ("Replaced by a newer one", "draft"),
        };
}
