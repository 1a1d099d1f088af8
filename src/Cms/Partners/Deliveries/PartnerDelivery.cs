using Cms.Articles;

namespace Cms.Partners.Deliveries;

/// <summary>That a partner received an edition of an article. The rows are kept, because they prove who has a copy.</summary>
public sealed class PartnerDelivery
{
    public required PartnerId PartnerId { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>The edition: an advance edition if the partner received it before the end of the embargo.</summary>
    public required EditionId EditionId { get; init; }

    /// <summary>When the partner received it first.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>How the partner received it first.</summary>
    public required DeliveryChannel Channel { get; init; }

    /// <summary>
    /// When the partner received it last. It is saved about once a minute, so a server that is killed can lose it.
    /// </summary>
    public required DateTimeOffset LastAt { get; init; }
}
