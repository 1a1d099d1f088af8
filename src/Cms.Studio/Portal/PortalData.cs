using System.Globalization;
using Cms.Studio.Api;
using Cms.Studio.Articles;
using Cms.Studio.Partners;
using Cms.Studio.Takedowns;
using Cms.Studio.Webhooks;

namespace Cms.Studio.Portal;

/// <summary>What the frame of every page of the portal shows.</summary>
public sealed record PortalShellData(PortalShell? PartnerPortal);

/// <summary>The partner.</summary>
public sealed record PortalShell(string Name);

/// <summary>The overview.</summary>
public sealed record PortalOverviewData(PortalOverview? PartnerPortal);

/// <summary>What the partner receives, and how its keys and webhooks fare.</summary>
public sealed record PortalOverview(
    string Name,
    PartnerState State,
    string? Refusal,
    PortalAgreement? Agreement,
    IReadOnlyList<PortalKeyUse> FeedKeys,
    PortalWebhookStates Webhooks,
    PortalOpenTakedowns Takedowns
);

/// <summary>How many takedowns the partner has to confirm.</summary>
public sealed record PortalOpenTakedowns(int TotalCount);

/// <summary>When a feed key that works was last used.</summary>
public sealed record PortalKeyUse(DateOnly? LastUsedOn);

/// <summary>The states of the webhooks.</summary>
public sealed record PortalWebhookStates(IReadOnlyList<PortalWebhookState> Nodes);

/// <summary>The state of a webhook.</summary>
public sealed record PortalWebhookState(WebhookState State, WebhookFailure Progress);

/// <summary>The keys.</summary>
public sealed record PortalKeysData(PortalKeys? PartnerPortal);

/// <summary>The feed keys of the partner, newest first.</summary>
public sealed record PortalKeys(
    string PartnerId,
    PartnerState State,
    IReadOnlyList<FeedKeyItem> Working,
    IReadOnlyList<FeedKeyItem> Revoked
);

/// <summary>The webhooks.</summary>
public sealed record PortalWebhooksData(PortalWebhooks? PartnerPortal);

/// <summary>The webhooks of the partner, newest first.</summary>
public sealed record PortalWebhooks(string PartnerId, PartnerState State, PortalWebhookRows Webhooks);

/// <summary>All webhooks of the partner.</summary>
public sealed record PortalWebhookRows(IReadOnlyList<WebhookRow> Nodes);

/// <summary>One webhook.</summary>
public sealed record PortalWebhookData(PortalWebhook? PartnerPortal);

/// <summary>The webhook; null if the partner has none with this id.</summary>
public sealed record PortalWebhook(PartnerState State, PortalWebhookItem? Webhook);

/// <summary>A webhook with all that contacts know about it.</summary>
public sealed record PortalWebhookItem(
    string Id,
    int Version,
    string Url,
    string? Description,
    string? Document,
    WebhookState State,
    string? DisabledBecause,
    string SecretEnding,
    DateTimeOffset? FormerSecretUntil,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    PortalWebhookHealth Progress
);

/// <summary>How a webhook fares.</summary>
public sealed record PortalWebhookHealth(DateTimeOffset? FailingSince, DateTimeOffset? RestoredAt);

/// <summary>The deliveries of a webhook.</summary>
public sealed record PortalDeliveriesData(PortalDeliveries? PartnerPortal);

/// <summary>The webhook; null if the partner has none with this id.</summary>
public sealed record PortalDeliveries(PortalDeliveryWebhook? Webhook);

/// <summary>A webhook and some of its deliveries.</summary>
public sealed record PortalDeliveryWebhook(string Id, WebhookState State, PortalDeliveryRows Deliveries);

/// <summary>Some deliveries.</summary>
public sealed record PortalDeliveryRows(IReadOnlyList<DeliveryRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>The takedowns.</summary>
public sealed record PortalTakedownsData(PortalTakedownsPartner? PartnerPortal);

/// <summary>The partner of the contact; null if there is none.</summary>
public sealed record PortalTakedownsPartner(PortalTakedownRows Takedowns);

/// <summary>Some takedowns, newest first.</summary>
public sealed record PortalTakedownRows(IReadOnlyList<PortalTakedownRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A withdrawal of an article that the partner received.</summary>
public sealed record PortalTakedownRow(
    string Id,
    string Slug,
    WithdrawalKind Kind,
    string Reason,
    DateTimeOffset WithdrawnAt,
    DateTimeOffset? AcknowledgeBy,
    DateTimeOffset? AcknowledgedAt,
    AcknowledgementChannel? Channel
);

/// <summary>The answer to a confirmation.</summary>
public sealed record AcknowledgedTakedown(Outcome AcknowledgeTakedown);

/// <summary>The answer to an acceptance of the agreement.</summary>
public sealed record AcceptedAgreement(Outcome AcceptAgreement);

/// <summary>A form about the agreement.</summary>
public sealed class PortalAcceptanceForm
{
    /// <summary>The version that the person has read.</summary>
    public int Number { get; set; }
}

/// <summary>A form about the takedowns.</summary>
public sealed class PortalTakedownForm
{
    /// <summary>The takedown to confirm.</summary>
    public string? Id { get; set; }
}

/// <summary>A form about the feed keys.</summary>
public sealed class PortalKeyForm
{
    /// <summary>The feed key to revoke.</summary>
    public string? Id { get; set; }
}

/// <summary>A form about what to deliver again.</summary>
public sealed class PortalReplayForm
{
    /// <summary>One delivery.</summary>
    public string? Id { get; set; }

    /// <summary>The time since when everything is delivered again.</summary>
    public string? Since { get; set; }

    /// <summary>The time until when everything is delivered again; empty for all since then.</summary>
    public string? Until { get; set; }
}

/// <summary>The addresses of the portal.</summary>
internal static class PortalPaths
{
    public const string Overview = "/partner";
    public const string Keys = "/partner/keys";
    public const string Webhooks = "/partner/webhooks";
    public const string Deliveries = "/partner/deliveries";
    public const string Takedowns = "/partner/takedowns";
    public const string Usage = "/partner/usage";
    public const string TryIt = "/partner/try";

    /// <summary>The parts of the portal, in the order of the navigation.</summary>
    public static IReadOnlyList<(string Name, string Path)> All { get; } =
    [
        ("Overview", Overview),
        ("Takedowns", Takedowns),
        ("Keys", Keys),
        ("Webhooks", Webhooks),
        ("Deliveries", Deliveries),
        ("Usage", Usage),
        ("Try it", TryIt),
    ];

    /// <summary>Returns whether the navigation marks a part for the page with this address.</summary>
    public static bool IsIn(PathString page, string part) =>
        part == Overview
            ? page == Overview || page == Overview + "/"
            : page.StartsWithSegments(part, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the address of a webhook.</summary>
    public static string WebhookOf(string id) => $"{Webhooks}/{id}";

    /// <summary>Returns the address of the deliveries of a webhook.</summary>
    public static string DeliveriesOf(string id) => $"{Deliveries}?webhook={id}";

    /// <summary>Returns the address of a list of takedowns.</summary>
    public static string TakedownsIn(TakedownState state) =>
        state is TakedownState.All ? Takedowns + "?list=all" : Takedowns;

    /// <summary>Returns a day, for example <c>12 Nov 2026</c>.</summary>
    public static string DayOf(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
