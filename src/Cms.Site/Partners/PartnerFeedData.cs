using Cms.Site.Feeds;
using Cms.Site.Sitemaps;

namespace Cms.Site.Partners;

/// <summary>A page of the articles that a partner receives, and its agreement.</summary>
/// <param name="WithdrawnArticles">The articles that the partner should remove; null if they were not asked for.</param>
public sealed record PartnerFeedAnswer(
    PartnerAgreement? Agreement,
    ChainPage<FeedArticle> List,
    IReadOnlyList<WithdrawnArticleData>? WithdrawnArticles
);

/// <summary>What feeds say of an agreement.</summary>
public sealed record PartnerAgreement(
    string Partner,
    string Attribution,
    bool AllowsAiTraining,
    bool AllowsAiSummaries
);

/// <summary>The agreement of a partner; null if the key belongs to no partner.</summary>
public sealed record PartnerVersionAnswer(PartnerVersion? Agreement);

/// <summary>A value that is different whenever what the partner receives can be different.</summary>
public sealed record PartnerVersion(string ContentVersion);

/// <summary>The agreement of a partner; null if the key belongs to no partner.</summary>
public sealed record PartnerTermsAnswer(PartnerTerms? Agreement);

/// <summary>What a licence says of an agreement.</summary>
public sealed record PartnerTerms(bool AllowsAiTraining, bool AllowsAiSummaries);
