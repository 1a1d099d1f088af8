using System.Xml.Linq;
using Cms.Site.Parts;

namespace Cms.Site.Sitemaps;

/// <summary>Writes sitemaps (https://www.sitemaps.org/protocol.html) and the extension for news.</summary>
internal static class SitemapXml
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace News = "http://www.google.com/schemas/sitemap-news/0.9";

    /// <summary>Returns the list of the parts.</summary>
    public static string Index(IEnumerable<SitemapEntry> parts) =>
        XmlWords.Document(
            new XElement(
                Sitemap + "sitemapindex",
                parts.Select(part => new XElement(Sitemap + "sitemap", Address(part.Url), Changed(part.ChangedAt)))
            )
        );

    /// <summary>Returns a part.</summary>
    public static string Part(IEnumerable<SitemapEntry> pages) =>
        XmlWords.Document(
            new XElement(
                Sitemap + "urlset",
                pages.Select(page => new XElement(Sitemap + "url", Address(page.Url), Changed(page.ChangedAt)))
            )
        );

    /// <summary>Returns the part with the newest articles.</summary>
    public static string NewsPart(IEnumerable<(string Url, SitemapNews Article)> articles, string publication) =>
        XmlWords.Document(
            new XElement(
                Sitemap + "urlset",
                new XAttribute(XNamespace.Xmlns + "news", News.NamespaceName),
                articles.Select(article => new XElement(
                    Sitemap + "url",
                    Address(article.Url),
                    new XElement(
                        News + "news",
                        new XElement(
                            News + "publication",
                            new XElement(News + "name", XmlWords.Clean(publication)),
                            new XElement(News + "language", LanguageOf(article.Article.Language))
                        ),
                        new XElement(News + "publication_date", Words.Iso(article.Article.PublishedAt)),
                        new XElement(News + "title", XmlWords.Clean(article.Article.Headline))
                    )
                ))
            )
        );

    private static XElement Address(string url) => new(Sitemap + "loc", url);

    private static XElement? Changed(DateTimeOffset? at) =>
        at is { } time ? new XElement(Sitemap + "lastmod", Words.Iso(time)) : null;

    // The extension takes ISO 639 codes, and two tags for Chinese.
    private static string LanguageOf(string tag) =>
        tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? tag.Contains("TW", StringComparison.OrdinalIgnoreCase)
            || tag.Contains("Hant", StringComparison.OrdinalIgnoreCase)
                ? "zh-tw"
                : "zh-cn"
            : tag.Split('-')[0].ToLowerInvariant();
}

/// <summary>The address of a page or a part, and when it last changed if that is known.</summary>
internal sealed record SitemapEntry(string Url, DateTimeOffset? ChangedAt = null);
