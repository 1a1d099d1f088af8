using Cms.Studio.Api;
using Cms.Studio.Articles;
using Cms.Studio.Partners;

namespace Cms.Studio.Takedowns;

/// <summary>A page of takedowns.</summary>
public sealed record TakedownListData(TakedownListDesk? Desk);

/// <summary>The takedowns, newest first; null if the person may not see them.</summary>
public sealed record TakedownListDesk(TakedownRows? Takedowns);

/// <summary>Some takedowns.</summary>
public sealed record TakedownRows(IReadOnlyList<TakedownRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A takedown in the list.</summary>
public sealed record TakedownRow(
    string Id,
    WithdrawalKind Kind,
    DateTimeOffset WithdrawnAt,
    string? WithdrawnBy,
    DateTimeOffset? AcknowledgeBy,
    int PartnerCount,
    int OwingCount,
    TakedownHeadline? Article
);

/// <summary>The article of a takedown in the list.</summary>
public sealed record TakedownHeadline(string Headline);

/// <summary>One takedown.</summary>
public sealed record TakedownData(TakedownDesk? Desk);

/// <summary>The takedown; null if there is none, or if the person may not see it.</summary>
public sealed record TakedownDesk(TakedownItem? Takedown);

/// <summary>A takedown, and a page of the partners that received the article.</summary>
public sealed record TakedownItem(
    string Id,
    WithdrawalKind Kind,
    string Reason,
    DateTimeOffset WithdrawnAt,
    string? WithdrawnBy,
    DateTimeOffset? AcknowledgeBy,
    int PartnerCount,
    int OwingCount,
    TakedownArticle? Article,
    TakedownPartners Partners
);

/// <summary>The withdrawn article.</summary>
public sealed record TakedownArticle(string Id, string Headline);

/// <summary>Some partners that received the article.</summary>
public sealed record TakedownPartners(IReadOnlyList<TakedownPartnerItem> Nodes, PageInfo PageInfo);

/// <summary>A partner that received the article.</summary>
public sealed record TakedownPartnerItem(
    string PartnerId,
    string Name,
    int FirstEdition,
    DateTimeOffset FirstAt,
    DeliveryChannel Channel,
    int LastEdition,
    DateTimeOffset LastAt,
    DateTimeOffset? AcknowledgedAt,
    AcknowledgementChannel? AcknowledgedVia,
    string? AcknowledgedBy
);

/// <summary>How a partner received an article.</summary>
public enum DeliveryChannel
{
    Feed,
    Changes,
    Graphql,
    Webhook,
}

/// <summary>How a partner confirmed a takedown.</summary>
public enum AcknowledgementChannel
{
    Webhook,
    Graphql,
    Http,
    Portal,
}

/// <summary>Which takedowns the list shows.</summary>
public enum TakedownState
{
    Open,
    Overdue,
    All,
}

/// <summary>The receipt of a takedown.</summary>
public sealed record TakedownReceiptData(TakedownReceiptDesk? Desk);

/// <summary>The takedown; null if there is none, or if the person may not see it.</summary>
public sealed record TakedownReceiptDesk(TakedownReceiptItem? Takedown);

/// <summary>A takedown with its receipt.</summary>
public sealed record TakedownReceiptItem(SignedReceipt Receipt);

/// <summary>A receipt as JSON, and signed as JWS.</summary>
public sealed record SignedReceipt(string Json, string Jws);

/// <summary>How pages name takedowns.</summary>
internal static class TakedownWords
{
    /// <summary>The address of the list.</summary>
    public const string Path = "/studio/takedowns";

    /// <summary>The lists, and what they are called.</summary>
    public static IReadOnlyList<(TakedownState State, string Name)> Tabs { get; } =
    [(TakedownState.Open, "Open"), (TakedownState.Overdue, "Overdue"), (TakedownState.All, "All")];

    /// <summary>Returns the address of a list.</summary>
    public static string ListOf(TakedownState state) =>
        state is TakedownState.Open ? Path : $"{Path}?list={state.ToString().ToLowerInvariant()}";

    /// <summary>Returns the address of a takedown.</summary>
    public static string PathOf(string id) => $"{Path}/{id}";

    /// <summary>Returns what a kind of withdrawal is called.</summary>
    public static string KindOf(WithdrawalKind kind) =>
        kind switch
        {
            WithdrawalKind.Kill => "All copies must be deleted",
            WithdrawalKind.Legal => "Required by law",
            _ => "Withdrawn",
        };

    /// <summary>Returns the state of a takedown for lists, and its kind.</summary>
    public static (string Text, string Status) StateOf(
        int partners,
        int owing,
        DateTimeOffset? acknowledgeBy,
        DateTimeOffset now
    ) =>
        partners == 0 ? ("No partner has it", "draft")
        : owing == 0 ? ("Confirmed by all", "published")
        : acknowledgeBy <= now ? ("Overdue", "refused")
        : ("Waiting", "scheduled");

    /// <summary>Returns how many partners have confirmed a takedown.</summary>
    public static string CountOf(int partners, int owing) =>
        partners == 0
            ? "No partner received it."
            : $"{PartnerWords.Number(partners - owing)} of {PartnerWords.Number(partners)} {(partners == 1 ? "partner has" : "partners have")} confirmed.";

    /// <summary>Returns the name of an edition.</summary>
    public static string EditionOf(int number) => number < 0 ? $"embargoed release {-number}" : $"edition {number}";

    /// <summary>Returns how a partner received an article.</summary>
    public static string NameOf(DeliveryChannel channel) =>
        channel switch
        {
            DeliveryChannel.Feed => "by feed",
            DeliveryChannel.Changes => "by the list of changes",
            DeliveryChannel.Webhook => "by webhook",
            _ => "by GraphQL",
        };

    /// <summary>Returns how a partner confirmed a takedown.</summary>
    public static string NameOf(AcknowledgementChannel channel) =>
        channel switch
        {
            AcknowledgementChannel.Webhook => "by webhook",
            AcknowledgementChannel.Http => "by HTTP",
            AcknowledgementChannel.Portal => "in the partner portal",
            _ => "by GraphQL",
        };
}
