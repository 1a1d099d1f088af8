using System.Diagnostics.CodeAnalysis;
using Cms.Audit;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Partners;
using Cms.People;

namespace Cms.Webhooks;

/// <summary>Whether a webhook sends anything.</summary>
public enum WebhookState
{
    /// <summary>The webhook sends what happens.</summary>
    Enabled,

    /// <summary>The webhook sends nothing until an admin enables it. It then continues where it stopped.</summary>
    Disabled,
}

/// <summary>The fields of a webhook that an admin sets.</summary>
public sealed record WebhookFields
{
    public required string Url { get; init; }

    public string? Description
    {
        get;
        init => field = value is null ? null : PlainLine.Of(value);
    }

    public string? Document { get; init; }

    public bool HasOtherContent { get; init; }

    internal List<UserError> Refusals(PartnerId? partner, bool allowsLoopback)
    {
        List<UserError> refusals = [];
        if (WebhookUrl.Refusal(Url, allowsLoopback) is { } refusal)
        {
            refusals.Add(refusal with { Path = ["url"] });
        }

        if (Description?.Length > Webhook.MaxDescription)
        {
            refusals.Add(new WebhookTextTooLong("description", Webhook.MaxDescription) { Path = ["description"] });
        }

        if (Document?.Length > Webhook.MaxDocument)
        {
            refusals.Add(new WebhookTextTooLong("document", Webhook.MaxDocument) { Path = ["document"] });
        }

        if (HasOtherContent && partner is not null)
        {
            refusals.Add(new OtherContentOfPartner { Path = ["hasOtherContent"] });
        }

        return refusals;
    }
}

/// <summary>
/// An address to which the server sends what happens. It belongs to a partner, or to the newsroom itself.
/// </summary>
public sealed class Webhook : IAudited
{
    public const int MaxDescription = 200;
    public const int MaxDocument = 20_000;
    public const int MaxReason = 500;

    /// <summary>The maximum number of webhooks of one partner, and of the newsroom.</summary>
    public const int MaxPerOwner = 20;

    /// <summary>How long the former secret also signs after a rotation.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>A webhook is disabled if no delivery succeeds for this time.</summary>
    public static readonly TimeSpan LongestFailure = TimeSpan.FromDays(5);

    string IAudited.AuditSubject => Id.ToString();

    string? IAudited.AuditName => Url;

    /// <summary>The webhook's id. It never changes.</summary>
    public required WebhookId Id { get; init; }

    /// <summary>The partner to which the webhook belongs; null for the newsroom.</summary>
    public required PartnerId? PartnerId { get; init; }

    /// <summary>The address that requests are sent to.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What the webhook is for.</summary>
    public string? Description { get; private set; }

    /// <summary>The GraphQL query whose answer is sent; null to send only what happened.</summary>
    public string? Document { get; private set; }

    /// <summary>Whether changes of other public content than articles are sent.</summary>
    public bool HasOtherContent { get; private set; }

    /// <summary>Whether the webhook sends anything.</summary>
    public WebhookState State { get; private set; }

    /// <summary>Why the webhook is disabled; null if it is enabled.</summary>
    public string? DisabledBecause { get; private set; }

    /// <summary>The secret that signs, encrypted.</summary>
    [NotAudited]
    [SuppressMessage("Performance", "CA1819", Justification = "EF Core stores it as bytes, and nothing changes it.")]
    public byte[] SealedSecret { get; private set; } = [];

    /// <summary>The secret before the last rotation, encrypted; null if there was none.</summary>
    [NotAudited]
    [SuppressMessage("Performance", "CA1819", Justification = "EF Core stores it as bytes, and nothing changes it.")]
    public byte[]? SealedFormerSecret { get; private set; }

    /// <summary>The last four characters of the secret, by which people recognise it.</summary>
    public string SecretEnding { get; private set; } = "";

    /// <summary>Until when the former secret also signs; null if there was no rotation.</summary>
    public DateTimeOffset? FormerSecretUntil { get; private set; }

    /// <summary>When the webhook was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the webhook was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who made the last change.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>The secret. It is known only to the mutation that made it.</summary>
    internal string? Secret { get; private set; }

    /// <summary>Returns a conflict if the caller started from an older version; null otherwise.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy, UpdatedAt);

    internal static Webhook Create(
        PartnerId? partner,
        WebhookFields fields,
        Vault vault,
        Contributor by,
        DateTimeOffset now
    )
    {
        var webhook = new Webhook
        {
            Id = WebhookId.New(),
            PartnerId = partner,
            CreatedAt = now,
        };
        webhook.Take(fields);
        webhook.TakeNewSecret(vault);
        webhook.Touch(by, now);
        return webhook;
    }

    /// <summary>Replaces the webhook's fields. Returns true if any of them changed.</summary>
    internal bool Edit(WebhookFields fields, Contributor by, DateTimeOffset now)
    {
        if (
            (fields.Url, fields.Description, fields.Document, fields.HasOtherContent)
            == (Url, Description, Document, HasOtherContent)
        )
        {
            return false;
        }

        Take(fields);
        Touch(by, now);
        return true;
    }

    /// <summary>Returns the fields that an admin sets.</summary>
    internal WebhookFields Fields() =>
        new()
        {
            Url = Url,
            Description = Description,
            Document = Document,
            HasOtherContent = HasOtherContent,
        };

    /// <summary>Makes a new secret. The one before also signs for a day, so that receivers can change to the new one.</summary>
    internal void Rotate(Vault vault, Contributor by, DateTimeOffset now)
    {
        (SealedFormerSecret, FormerSecretUntil) = (SealedSecret, now + Overlap);
        TakeNewSecret(vault);
        Touch(by, now);
    }

    /// <summary>Returns the secrets that sign now, the newest first.</summary>
    internal IEnumerable<byte[]> SealedSecrets(DateTimeOffset now) =>
        SealedFormerSecret is { } former && now < FormerSecretUntil ? [SealedSecret, former] : [SealedSecret];

    /// <summary>Lets the webhook send. Returns false if it already does.</summary>
    internal bool Enable(Contributor by, DateTimeOffset now)
    {
        if (State is WebhookState.Enabled)
        {
            return false;
        }

        (State, DisabledBecause) = (WebhookState.Enabled, null);
        Touch(by, now);
        return true;
    }

    /// <summary>Makes the webhook send nothing. Returns false if it is already disabled for this reason.</summary>
    internal Result<bool> Disable(string reason, Contributor by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new WebhookReasonRequired { Path = ["reason"] };
        }

        if (reason.Length > MaxReason)
        {
            return new WebhookTextTooLong("reason", MaxReason) { Path = ["reason"] };
        }

        if (State is WebhookState.Disabled && DisabledBecause == reason)
        {
            return false;
        }

        (State, DisabledBecause) = (WebhookState.Disabled, reason);
        Touch(by, now);
        return true;
    }

    private void Take(WebhookFields fields) =>
        (Url, Description, Document, HasOtherContent) = (
            fields.Url,
            fields.Description,
            fields.Document,
            fields.HasOtherContent
        );

    private void TakeNewSecret(Vault vault)
    {
        Secret = WebhookSecret.New();
        (SealedSecret, SecretEnding) = (vault.Seal(Secret), Secret[^4..]);
    }

    private void Touch(Contributor by, DateTimeOffset now) => (UpdatedAt, UpdatedBy) = (now, by.Name);
}
