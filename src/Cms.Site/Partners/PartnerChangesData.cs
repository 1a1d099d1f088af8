using System.Text.Json.Serialization;
using Cms.Site.Feeds;

namespace Cms.Site.Partners;

/// <summary>A page of the changes of a partner, and its agreement.</summary>
public sealed record PartnerChangesAnswer(PartnerAgreement? Agreement, PartnerChangesPage Changes);

/// <summary>The changes, and where the next page begins.</summary>
public sealed record PartnerChangesPage(
    bool HasNextPage,
    string EndCursor,
    [property: JsonPropertyName("nodes")] IReadOnlyList<PartnerChangeData> Items
);

/// <summary>A change of one article.</summary>
public sealed record PartnerChangeData
{
    /// <summary><c>ArticleUpserted</c>, <c>ArticleRemoved</c> or <c>ArticleExcluded</c>.</summary>
    [JsonPropertyName("__typename")]
    public required string Type { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public string? ArticleId { get; init; }

    /// <summary><c>PUBLISHED</c>, <c>CORRECTED</c> or <c>UPDATED</c>.</summary>
    public string? ChangeKind { get; init; }

    /// <summary>The article as it is now; null if it has left the agreement since.</summary>
    public FeedArticle? Article { get; init; }

    /// <summary>The kind of withdrawal: <c>NORMAL</c>, <c>LEGAL</c> or <c>KILL</c>.</summary>
    public string? Removal { get; init; }

    /// <summary>The public reason for the withdrawal.</summary>
    public string? Reason { get; init; }

    /// <summary>The id with which the partner confirms the withdrawal; null if it need not.</summary>
    public string? TakedownId { get; init; }

    /// <summary>The time by which the partner must confirm the withdrawal.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }
}
