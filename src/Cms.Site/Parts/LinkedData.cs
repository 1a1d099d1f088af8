using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Cms.Site.Pages;

namespace Cms.Site.Parts;

/// <summary>What pages tell search engines as JSON-LD, in the words of schema.org.</summary>
internal static class LinkedData
{
    // Signs that end the element or begin markup are escaped.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Returns an element with the data. Its JSON is safe inside HTML.</summary>
    public static string Element(params IEnumerable<JsonObject> things) =>
        $"<script type=\"application/ld+json\">{new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@graph"] = new JsonArray([.. things]),
        }.ToJsonString(Json)}</script>";

    /// <summary>Returns the publication and its search, for the home page.</summary>
    public static JsonObject SiteOf(PageContext page) =>
        Compact(
            new JsonObject
            {
                ["@type"] = "WebSite",
                ["@id"] = SiteId(page),
                ["url"] = page.Absolute("/"),
                ["name"] = page.Settings.Name,
                ["description"] = page.Settings.Tagline is { Length: > 0 } tagline ? tagline : null,
                ["inLanguage"] = page.Settings.Language,
                ["publisher"] = PublisherOf(page),
                ["potentialAction"] = new JsonObject
                {
                    ["@type"] = "SearchAction",
                    ["target"] = new JsonObject
                    {
                        ["@type"] = "EntryPoint",
                        ["urlTemplate"] = page.Absolute("/search?q={query}"),
                    },
                    ["query-input"] = "required name=query",
                },
            }
        );

    /// <summary>Returns the page of a list.</summary>
    /// <param name="url">The canonical URL of the page.</param>
    /// <param name="about">What or whom the page is about; null for a topic that is only a name.</param>
    /// <param name="isProfile">Whether the page is the profile of a person.</param>
    public static JsonObject ListOf(
        PageContext page,
        string url,
        string name,
        string? description,
        JsonObject? about,
        bool isProfile
    ) =>
        Compact(
            new JsonObject
            {
                ["@type"] = isProfile ? "ProfilePage" : "CollectionPage",
                ["url"] = url,
                ["name"] = name,
                ["description"] = description is { Length: > 0 } ? description : null,
                ["inLanguage"] = page.Settings.Language,
                ["isPartOf"] = new JsonObject { ["@type"] = "WebSite", ["@id"] = SiteId(page) },
                [isProfile ? "mainEntity" : "about"] = about,
            }
        );

    /// <summary>Returns who or what has a page on the site.</summary>
    /// <param name="type">The type, such as <c>Person</c>.</param>
    /// <param name="picture">The URL of a picture, if there is one.</param>
    /// <param name="elsewhere">Pages on other sites.</param>
    public static JsonObject SubjectOf(
        PageContext page,
        string type,
        string name,
        string? description,
        string? picture,
        params IEnumerable<Uri> elsewhere
    ) =>
        Compact(
            new JsonObject
            {
                ["@type"] = type,
                ["name"] = name,
                ["description"] = description is { Length: > 0 } ? description : null,
                ["url"] = page.Absolute(page.Address.Path),
                ["image"] = picture is null ? null : page.Absolute(picture),
                ["sameAs"] = List(elsewhere, url => JsonValue.Create(url.AbsoluteUri)),
            }
        );

    /// <summary>Returns the publication.</summary>
    public static JsonObject PublisherOf(PageContext page) =>
        new()
        {
            ["@type"] = "NewsMediaOrganization",
            ["name"] = page.Settings.Name,
            ["url"] = page.Absolute("/"),
        };

    /// <summary>Returns the way from the home page to a page.</summary>
    /// <param name="steps">The names of the steps and their paths. The last one, the page itself, has none.</param>
    public static JsonObject TrailOf(PageContext page, params IEnumerable<(string Name, string? Path)> steps) =>
        new()
        {
            ["@type"] = "BreadcrumbList",
            ["itemListElement"] = List(
                steps.Prepend((Name: page.Settings.Name, Path: "/")).Index(),
                step =>
                    Compact(
                        new JsonObject
                        {
                            ["@type"] = "ListItem",
                            ["position"] = step.Index + 1,
                            ["name"] = step.Item.Name,
                            ["item"] = step.Item.Path is { } path
                                ? new JsonObject { ["@id"] = page.Absolute(path) }
                                : null,
                        }
                    )
            ),
        };

    /// <summary>Returns a list; null if it is empty.</summary>
    public static JsonArray? List<T>(IEnumerable<T> items, Func<T, JsonNode> make)
    {
        JsonArray list = [.. items.Select(make)];
        return list.Count == 0 ? null : list;
    }

    /// <summary>Removes the properties without a value.</summary>
    public static JsonObject Compact(JsonObject data)
    {
        foreach (var name in data.Where(property => property.Value is null).Select(property => property.Key).ToList())
        {
            data.Remove(name);
        }

        return data;
    }

    private static string SiteId(PageContext page) => page.Absolute("/") + "#site";
}
