using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Site.Pages;
using Cms.Site.Parts;
using static Cms.Site.Parts.LinkedData;

namespace Cms.Site.Articles;

/// <summary>The structured data of an article (schema.org): a <c>NewsArticle</c> whose comments are the panel's takes.</summary>
internal static class ArticleJson
{
    private const string Vocabulary = "https://schema.org/";

    /// <summary>Returns an element with the data.</summary>
    /// <param name="images">The images of the article, best first.</param>
    public static string Of(ArticleData article, IReadOnlyList<ShareImage> images, PageContext page) =>
        Element(
            ArticleOf(article, images, page),
            article.Category is { } category
                ? TrailOf(page, (category.Name, "/categories/" + category.Slug), (article.Headline, null))
                : TrailOf(page, (article.Headline, null))
        );

    private static JsonObject ArticleOf(ArticleData article, IReadOnlyList<ShareImage> images, PageContext page)
    {
        var url = page.Absolute(article.Path);
        return Compact(
            new JsonObject
            {
                ["@type"] = "NewsArticle",
                ["@id"] = url + "#article",
                ["mainEntityOfPage"] = article.Seo.CanonicalUrl ?? url,
                ["headline"] = article.Headline,
                ["description"] = article.Seo.Description,
                ["datePublished"] = Words.Iso(article.PublishedAt),
                ["dateModified"] = Words.Iso(article.UpdatedAt),
                ["inLanguage"] = article.Language,
                ["articleSection"] = article.Category?.Name,
                ["keywords"] = List(article.Tags, tag => tag.Name),
                ["wordCount"] = article.WordCount,
                ["timeRequired"] = string.Create(CultureInfo.InvariantCulture, $"PT{article.ReadingMinutes}M"),
                ["author"] = AuthorOf(article, page),
                ["publisher"] = PublisherOf(page),
                ["image"] = List(images, ImageOf),
                ["digitalSourceType"] = SourceType(article.DigitalSourceType),
                ["isBasedOn"] = article.Source?.Url,
                ["correction"] = List(article.Corrections, CorrectionOf),
                ["commentCount"] = article.Takes.Count,
                ["comment"] = List(article.Takes, take => CommentOf(take, url, article.Language, page)),
            }
        );
    }

    private static JsonNode AuthorOf(ArticleData article, PageContext page) =>
        article switch
        {
            { Authors.Count: > 0 } => List(
                article.Authors,
                author => new JsonObject
                {
                    ["@type"] = "Person",
                    ["name"] = author.Name,
                    ["url"] = page.Absolute("/authors/" + author.Slug),
                }
            )!,
            { Byline: { } byline } => new JsonObject { ["@type"] = "Person", ["name"] = byline },
            _ => PublisherOf(page),
        };

    private static JsonObject ImageOf(ShareImage image) =>
        new()
        {
            ["@type"] = "ImageObject",
            ["url"] = image.Url,
            ["width"] = Pixels(image.Width),
            ["height"] = Pixels(image.Height),
        };

    // In schema.org, a Distance is a number with a unit.
    private static string Pixels(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} px");

    private static JsonObject CorrectionOf(CorrectionData correction) =>
        new()
        {
            ["@type"] = "CorrectionComment",
            ["text"] = correction.Note,
            ["datePublished"] = Words.Iso(correction.At),
        };

    private static JsonObject CommentOf(TakeData take, string url, string language, PageContext page) =>
        Compact(
            new JsonObject
            {
                ["@type"] = "Comment",
                ["@id"] = $"{url}#{take.Id}",
                ["url"] = $"{url}#{take.Id}",
                ["name"] = take.Verdict,
                ["text"] = take.Text,
                ["inLanguage"] = language,
                ["dateCreated"] = Words.Iso(take.PublishedAt),
                ["author"] = new JsonObject
                {
                    ["@type"] = "Person",
                    ["name"] = take.WrittenAs.Name,
                    ["description"] = take.WrittenAs.Lens,
                    ["url"] = page.Absolute("/panel/" + take.PersonaSlug),
                },
                ["digitalSourceType"] = SourceType(take.DigitalSourceType),
                ["parentItem"] = take.InReplyTo is { } reply
                    ? new JsonObject { ["@type"] = "Comment", ["@id"] = $"{url}#{reply.Id}" }
                    : null,
            }
        );

    // The names of IPTC's sources in schema.org (IPTCDigitalSourceEnumeration). Three of them differ from IPTC's own.
    private static string? SourceType(string? type) =>
        type switch
        {
            null => null,
            "COMPUTATIONAL_CAPTURE" => Vocabulary + "MultiFrameComputationalCaptureDigitalSource",
            "DIGITAL_CREATION" => Vocabulary + "DigitalArtDigitalSource",
            "HUMAN_EDITS" => Vocabulary + "MinorHumanEditsDigitalSource",
            _ =>
                $"{Vocabulary}{string.Concat(type.Split('_').Select(word => Words.Capital(word.ToLowerInvariant())))}DigitalSource",
        };
}
