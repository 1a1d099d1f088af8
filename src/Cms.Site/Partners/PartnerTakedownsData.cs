using System.Text.Json.Serialization;
using Cms.Site.Sitemaps;

namespace Cms.Site.Partners;

/// <summary>The takedowns that a partner has to confirm; null if the key belongs to no partner.</summary>
public sealed record PartnerTakedownsAnswer(ChainPage<PartnerTakedownData>? Takedowns);

/// <summary>A takedown that a partner has to confirm.</summary>
public sealed record PartnerTakedownData(
    string Id,
    string ArticleId,
    string Slug,
    string Kind,
    string Reason,
    DateTimeOffset WithdrawnAt,
    DateTimeOffset? AcknowledgeBy
);

/// <summary>The answer to a confirmation.</summary>
public sealed record PartnerAcknowledgementAnswer(PartnerAcknowledgementOutcome AcknowledgeTakedown);

/// <summary>The confirmed takedown, or why nothing was confirmed.</summary>
public sealed record PartnerAcknowledgementOutcome(
    PartnerAcknowledgedData? Takedown,
    IReadOnlyList<PartnerAcknowledgementError> Errors
);

/// <summary>A takedown that a partner has confirmed.</summary>
public sealed record PartnerAcknowledgedData(
    string Id,
    string ArticleId,
    string Kind,
    DateTimeOffset WithdrawnAt,
    DateTimeOffset? AcknowledgeBy,
    DateTimeOffset? AcknowledgedAt
);

/// <summary>Why a confirmation was refused.</summary>
public sealed record PartnerAcknowledgementError(
    [property: JsonPropertyName("__typename")] string Type,
    string Message
);
