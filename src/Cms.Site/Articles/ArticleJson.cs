using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Cms.Site.Pages;
using Cms.Site.Parts;

namespace Cms.Site.Articles;

/// <summary>The structured data of an article (schema.org): a <c>NewsArticle</c> whose comments are the panel's takes.</summary>
internal static class ArticleJson
{
    private const string Vocabulary = "https://schema.org/";

    // Signs that end the element or begin markup are escaped.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Returns the data as JSON that is safe inside an element.</summary>
    /// <param name="images">The images of the article, best first.</param>
    public static string Of(ArticleData article, IReadOnlyList<ShareImage> images, PageContext page) =>
        new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@graph"] = new JsonArray(ArticleOf(article, images, page), TrailOf(article, page)),
        }.ToJsonString(Json);

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

    private static JsonObject PublisherOf(PageContext page) =>
        new()
        {
            ["@type"] = "NewsMediaOrganization",
            ["name"] = page.Settings.Name,
            ["url"] = page.Absolute("/"),
        };

    private static JsonObject ImageOf(ShareImage image) =>
        new()
        {
            ["@type"] = "ImageObject",
            ["url"] = image.Url,
            ["width"] = image.Width,
            ["height"] = image.Height,
        };

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

    private static JsonObject TrailOf(ArticleData article, PageContext page)
    {
        List<(string Name, string? Url)> steps = [(page.Settings.Name, page.Absolute("/"))];
        if (article.Category is { } category)
        {
            steps.Add((category.Name, page.Absolute("/categories/" + category.Slug)));
        }

        steps.Add((article.Headline, null));
        return new JsonObject
        {
            ["@type"] = "BreadcrumbList",
            ["itemListElement"] = List(
                steps.Index(),
                step =>
                    Compact(
                        new JsonObject
                        {
                            ["@type"] = "ListItem",
                            ["position"] = step.Index + 1,
                            ["name"] = step.Item.Name,
                            ["item"] = step.Item.Url,
                        }
                    )
            ),
        };
    }

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

    private static JsonArray? List<T>(IEnumerable<T> items, Func<T, JsonNode> make)
    {
        JsonArray list = [.. items.Select(make)];
        return list.Count == 0 ? null : list;
    }

    private static JsonObject Compact(JsonObject data)
    {
        foreach (var name in data.Where(property => property.Value is null).Select(property => property.Key).ToList())
        {
            data.Remove(name);
        }

        return data;
    }
}
