using Cms.Site.Feeds;
using Cms.Site.Sitemaps;

namespace Cms.Site.Partners;

/// <summary>A page of the articles that a partner receives, and its agreement.</summary>
/// <param name="WithdrawnArticles">The articles that the partner should remove; null if they were not asked for.</param>
public sealed record PartnerFeedAnswer(
    PartnerAgreement? Agreement,
    ChainPage<FeedArticle> List,
    IReadOnlyList<WithdrawnEntry>? WithdrawnArticles
);

/// <summary>What feeds say of an agreement.</summary>
public sealed record PartnerAgreement(string Partner, string Attribution);
