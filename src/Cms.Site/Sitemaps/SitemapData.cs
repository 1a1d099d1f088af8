using Cms.Site.Layout;
using Cms.Site.Pages;

namespace Cms.Site.Sitemaps;

/// <summary>What decides which parts the sitemap has.</summary>
public sealed record SitemapAnswer(
    Nodes<Published> Articles,
    TotalData Tags,
    TotalData Tools,
    TotalData Sources,
    TotalData Authors
);

/// <summary>When something was published.</summary>
public sealed record Published(DateTimeOffset PublishedAt);

/// <summary>The articles of a month, and the newest one before it.</summary>
public sealed record MonthAnswer(MonthData Month, Nodes<Published> Earlier);

/// <summary>The number of articles that were published in a month, and the one that changed last.</summary>
public sealed record MonthData(int TotalCount, IReadOnlyList<Updated> Nodes);

/// <summary>When something last changed.</summary>
public sealed record Updated(DateTimeOffset UpdatedAt);

/// <summary>A page of a list that a sitemap reads to its end.</summary>
public sealed record ChainAnswer<T>(ChainPage<T> List);

/// <summary>A page of a list and the cursor of the next one.</summary>
public sealed record ChainPage<T>(NextPageData PageInfo, IReadOnlyList<T> Nodes);

/// <summary>An article in a sitemap.</summary>
public sealed record SitemapArticle(string Slug, DateTimeOffset UpdatedAt, SitemapSeo Seo);

/// <summary>An article in the sitemap of the news.</summary>
public sealed record SitemapNews(
    string Slug,
    string Headline,
    string Language,
    DateTimeOffset PublishedAt,
    SitemapSeo Seo
);

/// <summary>What editors decided for search engines.</summary>
public sealed record SitemapSeo(bool NoIndex, string? CanonicalUrl)
{
    /// <summary>Whether search engines should list the page of the article.</summary>
    /// <param name="address">The address of the page.</param>
    public bool IsListed(string address) => !NoIndex && (CanonicalUrl is null || CanonicalUrl == address);
}

/// <summary>Something with a page that lists articles or takes, and the newest of them.</summary>
public sealed record SitemapTerm(string Slug, Nodes<Published> Articles)
{
    public DateTimeOffset? ChangedAt => Articles.Items is [var newest, ..] ? newest.PublishedAt : null;
}
