using System.Globalization;
using System.Text.Json;
using Cms.Media;
using Cms.Results;

namespace Cms.Import;

/// <summary>Reads news in JSON as the IPTC defines it (ninjs 1.x, 2.x and 3.x): one item or an array of them.</summary>
internal static class Ninjs
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = 32,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public static IReadOnlyList<ImportItem> Read(string origin, string name, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), Options);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => [Item(origin, name, document.RootElement)],
                JsonValueKind.Array =>
                [
                    .. document
                        .RootElement.EnumerateArray()
                        .Select((item, i) => Item($"{origin} [{i}]", $"{name}-{i}", item)),
                ],
                _ =>
                [
                    Refuse(
                        origin,
                        new FileUnreadable(
                            "The file holds no ninjs item. Put an object, or an array of objects, into it."
                        )
                    ),
                ],
            };
        }
        catch (JsonException fault)
        {
            return
            [
                Refuse(
                    origin,
                    new FileUnreadable(
                        $"The file is no valid JSON at line {(fault.LineNumber ?? 0) + 1}. Correct that line."
                    )
                ),
            ];
        }
    }

    private static ImportItem Item(string origin, string name, JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
        {
            return Refuse(origin, new FileUnreadable("The array holds something that is no object. Take it out."));
        }

        if (Text(item, "type") is { } type && type is not ("text" or "composite"))
        {
            return Refuse(origin, new ValueMalformed("type", "text: other kinds of item are not articles"));
        }

        if (
            (Text(item, "headline") ?? Picked(item, "headlines", "value") ?? Text(item, "title") ?? Text(item, "name"))
            is not { } headline
        )
        {
            return Refuse(origin, new KeyMissing("headline"));
        }

        ImportStatus status;
        switch (Text(item, "pubstatus"))
        {
            case null or "usable":
                status = ImportStatus.Published;
                break;
            case "withheld":
                status = ImportStatus.Draft;
                break;
            default:
                return Refuse(
                    origin,
                    new ValueMalformed(
                        "pubstatus",
                        "usable or withheld: a canceled item is withdrawn at the desk, not by import"
                    )
                );
        }

        var embargo = Text(item, "embargoed");
        DateTimeOffset? embargoUntil = null;
        if (embargo is not null && (embargoUntil = Time(embargo)) is null)
        {
            return Refuse(origin, new ValueMalformed("embargoed", "a time such as 2026-04-23T09:00:00Z"));
        }

        DateTimeOffset? date = null;
        if (
            (
                Text(item, "firstcreated")
                ?? Text(item, "firstCreated")
                ?? Text(item, "versioncreated")
                ?? Text(item, "versionCreated")
            ) is
            { } written
        )
        {
            if ((date = Time(written)) is null)
            {
                return Refuse(origin, new ValueMalformed("versioncreated", "a time such as 2026-04-23T09:00:00Z"));
            }
        }

        List<string> warnings = [];
        var markdown = Body(item, warnings);
        var hero = Hero(origin, item, warnings);
        return new ArticleItem
        {
            Origin = origin,
            Id = Text(item, "uri") ?? Text(item, "altids") ?? name,
            Headline = headline,
            Summary =
                Text(item, "description_text")
                ?? Picked(item, "descriptions", "value")
                ?? Text(item, "description_summary"),
            Byline = Text(item, "byline") ?? Text(item, "by"),
            Language = Text(item, "language") ?? "en",
            Category = Subjects(item, "genre").FirstOrDefault(),
            Source = Text(item, "source") ?? Text(item, "copyrightholder"),
            Date = date,
            Tags =
            [
                .. Subjects(item, "subject")
                    .Concat(Subjects(item, "subjects"))
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ],
            Hero = hero,
            Status = status,
            EmbargoUntil = embargoUntil,
            Markdown = markdown,
            Warnings = warnings,
        };
    }

    // 1.x: body_html, body_text, body_xhtml. 2.x and 3.x: bodies[] with a content type each. Plain text loses nothing on the way.
    private static string Body(JsonElement item, List<string> warnings)
    {
        var html = Text(item, "body_html") ?? Text(item, "body_xhtml");
        var plain = Text(item, "body_text");
        if (item.TryGetProperty("bodies", out var bodies) && bodies.ValueKind is JsonValueKind.Array)
        {
            foreach (var body in bodies.EnumerateArray().Where(body => body.ValueKind is JsonValueKind.Object))
            {
                var type = Text(body, "contenttype") ?? Text(body, "contentType") ?? "text/plain";
                if (type.Contains("html", StringComparison.OrdinalIgnoreCase))
                {
                    html ??= Text(body, "value");
                }
                else if (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
                {
                    plain ??= Text(body, "value");
                }
                else
                {
                    warnings.Add($"A body of type {type} is left out: only HTML and plain text are read.");
                }
            }
        }

        return html is not null ? HtmlMarkdown.Of(html)
            : plain is not null ? HtmlMarkdown.OfPlain(plain)
            : "";
    }

    // 1.x: an object of named associations, each with an object of renditions. 2.x and 3.x: arrays, a name in each.
    private static HeroItem? Hero(string origin, JsonElement item, List<string> warnings)
    {
        HeroItem? hero = null;
        foreach (
            var (name, picture) in Named(item, "associations")
                .Where(named => Text(named.Item, "type") is "picture" or "graphic")
                .OrderByDescending(named =>
                    named.Name.Contains("feature", StringComparison.OrdinalIgnoreCase)
                    || named.Name.Contains("main", StringComparison.OrdinalIgnoreCase)
                )
        )
        {
            var file = Named(picture, "renditions")
                .OrderByDescending(rendition => rendition.Name is "original")
                .ThenByDescending(rendition => Number(rendition.Item, "width"))
                .Select(rendition => Text(rendition.Item, "href"))
                .FirstOrDefault(href => href is not null);
            if (file is null || !ImageFiles.IsFile(file))
            {
                warnings.Add(
                    $"The picture ‘{name}’ is left out: put its file beside the item, and name that in a rendition's href."
                );
            }
            else if (hero is not null)
            {
                warnings.Add($"The picture ‘{name}’ is left out: a story has one image at its head.");
            }
            else
            {
                hero = new HeroItem { File = file, Image = Picture(origin, file, picture) };
            }
        }

        return hero;
    }

    private static ImageItem Picture(string origin, string file, JsonElement picture) =>
        new()
        {
            Origin = origin,
            File = file,
            Description = new MediaDescription
            {
                Alt = Text(picture, "description_alt") ?? Text(picture, "alttext") ?? Text(picture, "headline"),
                Caption =
                    Text(picture, "description_caption")
                    ?? Text(picture, "description_text")
                    ?? Picked(picture, "descriptions", "value"),
            },
            Rights = new ImageRights
            {
                Creator = Text(picture, "byline") ?? Text(picture, "by"),
                CreditLine = Text(picture, "creditline") ?? Text(picture, "copyrightholder"),
                CopyrightNotice = Text(picture, "copyrightnotice"),
                UsageTerms = Text(picture, "usageterms"),
                DigitalSourceType = DigitalSourceTypes.Parse(Text(picture, "digitalsourcetype")),
            },
        };

    private static IEnumerable<(string Name, JsonElement Item)> Named(JsonElement item, string key) =>
        !item.TryGetProperty(key, out var all) ? []
        : all.ValueKind is JsonValueKind.Object
            ? all.EnumerateObject()
                .Where(named => named.Value.ValueKind is JsonValueKind.Object)
                .Select(named => (named.Name, named.Value))
        : all.ValueKind is JsonValueKind.Array
            ? all.EnumerateArray()
                .Where(named => named.ValueKind is JsonValueKind.Object)
                .Select(named => (Text(named, "name") ?? "", named))
        : [];

    private static double Number(JsonElement item, string key) =>
        item.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : 0;

    private static DateTimeOffset? Time(string written) =>
        DateTimeOffset.TryParse(
            written,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at
        )
            ? at
            : null;

    private static string? Text(JsonElement item, string key) =>
        item.TryGetProperty(key, out var value)
        && value.ValueKind is JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static string? Picked(JsonElement item, string key, string value) =>
        item.TryGetProperty(key, out var list) && list.ValueKind is JsonValueKind.Array
            ? list.EnumerateArray()
                .Where(entry => entry.ValueKind is JsonValueKind.Object)
                .OrderByDescending(entry => Text(entry, "role") is "main" or "summary")
                .Select(entry => Text(entry, value))
                .FirstOrDefault(text => text is not null)
            : null;

    private static IEnumerable<string> Subjects(JsonElement item, string key) =>
        item.TryGetProperty(key, out var list) && list.ValueKind is JsonValueKind.Array
            ? list.EnumerateArray()
                .Where(entry => entry.ValueKind is JsonValueKind.Object)
                .Select(entry => Text(entry, "name"))
                .OfType<string>()
            : [];

    private static UnreadableItem Refuse(string origin, UserError reason) => new() { Origin = origin, Reason = reason };
}
