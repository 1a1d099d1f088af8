using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cms.Site.Parts;
using Cms.Site.Terms;

namespace Cms.Site.Feeds;

/// <summary>Writes feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).</summary>
internal static class JsonFeed
{
    // The answer is never inside a page, so signs such as < need not be escaped.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns a feed.</summary>
    public static string Of(FeedDocument feed) =>
        JsonSerializer.Serialize(
            new Feed(
                "https://jsonfeed.org/version/1.1",
                feed.Title,
                feed.Page,
                feed.UrlOf(feed.Address),
                feed.Description,
                feed.PreviousArchive is { } older ? feed.UrlOf(older) : null,
                feed.Language,
                [new Author(feed.Publication, feed.Origin + "/")],
                feed.Hub is { } hub ? [new Hub("WebSub", hub.AbsoluteUri)] : null,
                new Terms(Licence.Language, feed.Licence),
                feed.Entries.Select(entry => new Item(
                    entry.Id,
                    entry.Url,
                    entry.Source,
                    entry.Title,
                    entry.Html,
                    entry.Summary,
                    entry.Picture?.Url,
                    Words.Iso(entry.PublishedAt),
                    Words.Iso(entry.UpdatedAt),
                    entry.Authors.Count == 0
                        ? null
                        : entry.Authors.Select(author => new Author(author.Name, author.Url)),
                    entry.Categories.Count == 0 ? null : entry.Categories,
                    entry.Language,
                    entry.EmbargoedUntil is { } until ? new Embargo(Words.Iso(until)) : null
                ))
            ),
            Options
        );

    private sealed record Feed(
        string Version,
        string Title,
        string HomePageUrl,
        string FeedUrl,
        string Description,
        string? NextUrl,
        string Language,
        IEnumerable<Author> Authors,
        IEnumerable<Hub>? Hubs,
        // JSON Feed has no word for it, and lets publishers add their own with an underscore.
        [property: JsonPropertyName("_license")] Terms Licence,
        IEnumerable<Item> Items
    );

    private sealed record Item(
        string Id,
        string Url,
        string? ExternalUrl,
        string Title,
        string ContentHtml,
        string Summary,
        string? Image,
        string DatePublished,
        string DateModified,
        IEnumerable<Author>? Authors,
        IEnumerable<string>? Tags,
        string Language,
        [property: JsonPropertyName("_embargo")] Embargo? Embargo
    );

    private sealed record Embargo(string Until);

    private sealed record Author(string Name, string? Url);

    private sealed record Hub(string Type, string Url);

    private sealed record Terms(string About, string Url);
}
