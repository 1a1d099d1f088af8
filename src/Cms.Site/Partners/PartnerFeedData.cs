using Cms.Site.Feeds;
using Cms.Site.Sitemaps;

namespace Cms.Site.Partners;

/// <summary>A page of the articles that a partner receives, and its agreement.</summary>
public sealed record PartnerFeedAnswer(PartnerAgreement? Agreement, ChainPage<FeedArticle> List);

/// <summary>What feeds say of an agreement.</summary>
public sealed record PartnerAgreement(string Partner, string Attribution);
