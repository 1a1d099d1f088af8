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

/// <summary>The number of articles that were published in a month, and the ones that changed last.</summary>
public sealed record MonthData(int TotalCount, IReadOnlyList<SitemapArticle> Nodes);

/// <summary>A page of a list that a sitemap reads to its end.</summary>
public sealed record ChainAnswer<T>(ChainPage<T> List);

/// <summary>A page of a list and the cursor of the next one.</summary>
public sealed record ChainPage<T>(NextPageData PageInfo, IReadOnlyList<T> Nodes);

/// <summary>An article that search engines may list.</summary>
public interface ISitemapArticle
{
    /// <summary>The slug in the article's URL.</summary>
    string Slug { get; }

    /// <summary>What editors decided for search engines.</summary>
    SitemapSeo Seo { get; }
}

/// <summary>An article in a sitemap.</summary>
public sealed record SitemapArticle(string Slug, DateTimeOffset UpdatedAt, SitemapSeo Seo) : ISitemapArticle;

/// <summary>An article in the sitemap of the news.</summary>
public sealed record SitemapNews(
    string Slug,
    string Headline,
    string Language,
    DateTimeOffset PublishedAt,
    SitemapSeo Seo
) : ISitemapArticle;

/// <summary>The URL that search engines should list instead of the article's URL; null if there is none.</summary>
public sealed record SitemapSeo(string? CanonicalUrl);

/// <summary>Something with a page that lists articles or takes, and the newest of them.</summary>
public sealed record SitemapTerm(string Slug, Nodes<Published> Articles)
{
    public DateTimeOffset? ChangedAt => Articles.Items is [var newest, ..] ? newest.PublishedAt : null;
}
