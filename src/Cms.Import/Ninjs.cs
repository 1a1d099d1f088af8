using System.Text.Json;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;

namespace Cms.Import;

/// <summary>Reads ninjs 1.x, 2.x and 3.x, the IPTC's JSON format for news: one item or an array of items.</summary>
internal static class Ninjs
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = 32,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private static readonly string[] PeopleKeys = ["people", "person", "infosources", "infosource"];

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
                        new FileUnreadable("The file contains no ninjs item. Add an object or an array of objects.")
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
                        $"The file is not valid JSON at line {(fault.LineNumber ?? 0) + 1}. Correct that line."
                    )
                ),
            ];
        }
    }

    private static ImportItem Item(string origin, string name, JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
        {
            return Refuse(origin, new FileUnreadable("The array contains something that is not an object. Remove it."));
        }

        if (!WholeText.IsIn(item))
        {
            return Refuse(
                origin,
                new FileUnreadable(
                    "The item contains an incomplete Unicode character, such as \\ud800. Remove it, or complete it."
                )
            );
        }

        if (Text(item, "type") is { } type && type is not ("text" or "composite"))
        {
            return Refuse(origin, new ItemNotArticle(type));
        }

        return Story(origin, IdOf(item) ?? name, item);
    }

    private static ImportItem Story(string origin, string id, JsonElement item)
    {
        var pictures = Pictures(item);
        if (!NinjsPlan.Of(item).Succeeded(out var plan, out var unclear))
        {
            return Refuse(origin, unclear[0]) with { Id = id, Pictures = pictures };
        }

        if (plan.Status is NinjsStatus.Canceled)
        {
            return new CanceledItem
            {
                Origin = origin,
                Id = id,
                Pictures = pictures,
            };
        }

        if (
            (Text(item, "headline") ?? Picked(item, "headlines", "value") ?? Text(item, "title") ?? Text(item, "name"))
            is not { } headline
        )
        {
            return Unread(new KeyMissing("headline"));
        }

        if (!Dates(item).Succeeded(out var dates, out var undated))
        {
            return Unread(undated[0]);
        }

        List<string> warnings = [];
        var markdown = Body(item, warnings);
        if (!Hero(origin, item, warnings).Succeeded(out var heroes, out var refusals))
        {
            return Unread(refusals[0]);
        }

        return new ArticleItem
        {
            Origin = origin,
            Id = id,
            Headline = headline,
            Summary =
                Text(item, "description_text")
                ?? Picked(item, "descriptions", "value")
                ?? Text(item, "description_summary"),
            Byline = Text(item, "byline") ?? Text(item, "by"),
            Authors = [.. Authors(item).Distinct(StringComparer.OrdinalIgnoreCase)],
            Language = Text(item, "language") ?? "en",
            Category = Subjects(item, "genre").FirstOrDefault(),
            Source = Text(item, "source") ?? Text(item, "copyrightholder"),
            Date = dates.OrderBy(date => date.Key, StringComparer.Ordinal).Select(date => date.At).FirstOrDefault(),
            LatestDate = dates.Max(date => date.At),
            Tags =
            [
                .. Subjects(item, "subject")
                    .Concat(Subjects(item, "subjects"))
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ],
            Hero = heroes.FirstOrDefault(),
            Status = plan.Status is NinjsStatus.Usable ? ImportStatus.Published : ImportStatus.Draft,
            IsWithheld = plan.Status is NinjsStatus.Withheld,
            EmbargoUntil = plan.EmbargoUntil,
            Markdown = markdown,
            Warnings = warnings,
            Pictures = pictures,
        };

        UnreadableItem Unread(UserError reason) =>
            Refuse(origin, reason) with
            {
                Id = id,
                IsWithheld = plan.Status is NinjsStatus.Withheld,
                Pictures = pictures,
            };
    }

    // Most people and sources in an item are in the story. Those that wrote it have the relationship or role of an author,
    // as a word or as the end of a code.
    private static IEnumerable<string> Authors(JsonElement item) =>
        PeopleKeys
            .SelectMany(key =>
                item.TryGetProperty(key, out var list) && list.ValueKind is JsonValueKind.Array
                    ? [.. list.EnumerateArray().Where(entry => entry.ValueKind is JsonValueKind.Object)]
                    : Array.Empty<JsonElement>()
            )
            .Where(entry =>
                (Text(entry, "rel") ?? Text(entry, "role"))?.Split(':', '/')[^1] is { } role
                && role.Equals("author", StringComparison.OrdinalIgnoreCase)
            )
            .Select(entry => Text(entry, "name"))
            .OfType<string>();

    // ninjs requires a uri. Without a uri or guid, the alternative id whose role sorts first is used, so that the order
    // in the file does not matter.
    private static string? IdOf(JsonElement item) =>
        Text(item, "uri")
        ?? Text(item, "altids")
        ?? Text(item, "guid")
        ?? AlternativeIds(item, "altids")
            .Concat(AlternativeIds(item, "altIds"))
            .Where(id => id.Value is not null)
            .OrderBy(id => id.Role, StringComparer.Ordinal)
            .ThenBy(id => id.Value, StringComparer.Ordinal)
            .Select(id => id.Value)
            .FirstOrDefault();

    // In 1.x, the alternative ids are an object of named ids. In 2.x and 3.x, they are an array of objects with a role
    // and a value.
    private static IEnumerable<(string? Role, string? Value)> AlternativeIds(JsonElement item, string key) =>
        !item.TryGetProperty(key, out var ids) ? []
        : ids.ValueKind is JsonValueKind.Object
            ? ids.EnumerateObject().Select(id => ((string?)id.Name, Text(ids, id.Name)))
        : ids.ValueKind is JsonValueKind.Array
            ? ids.EnumerateArray()
                .Where(id => id.ValueKind is JsonValueKind.Object)
                .Select(id => (Text(id, "role"), Text(id, "value")))
        : [];

    // Reads firstcreated and versioncreated in any spelling. If one of the two is in the future, the story is not
    // public yet.
    private static Result<List<(string Key, DateTimeOffset? At)>> Dates(JsonElement item)
    {
        List<(string Key, DateTimeOffset? At)> dates = [];
        foreach (var property in item.EnumerateObject())
        {
            var key = PublicationKeys.Plain(property.Name);
            if (key is not ("firstcreated" or "versioncreated") || property.Value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            if (
                property.Value.ValueKind is not JsonValueKind.String
                || Rfc3339.Parse(property.Value.GetString()!) is not { } at
            )
            {
                return new ValueMalformed(property.Name, Rfc3339.Expected);
            }

            dates.Add((key, at));
        }

        return dates;
    }

    // The result includes pictures that the story does not show, because other stories can show the same file.
    private static List<PictureItem> Pictures(JsonElement item)
    {
        List<PictureItem> pictures = [];
        foreach (var (name, picture) in Named(item, "associations").Where(named => IsPicture(named.Item)))
        {
            var files = Named(picture, "renditions")
                .Select(rendition => Text(rendition.Item, "href"))
                .OfType<string>()
                .Where(ImageFiles.IsFile)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            if (!NinjsPlan.Of(picture, $"associations.{name}.").Succeeded(out var plan, out var unclear))
            {
                pictures.Add(new PictureItem { Files = files, Refusal = unclear[0] });
                continue;
            }

            var isTakenBack = plan.Status is not NinjsStatus.Usable;
            pictures.Add(
                new PictureItem
                {
                    Files = files,
                    EmbargoUntil = plan.EmbargoUntil,
                    IsTakenBack = isTakenBack,
                    Refusal = isTakenBack ? new PictureTakenBack(name) : null,
                }
            );
        }

        return pictures;
    }

    private static bool IsPicture(JsonElement item) => Text(item, "type") is "picture" or "graphic";

    // In 1.x, the body is in body_html, body_xhtml or body_text. In 2.x and 3.x, it is in bodies[], with a content
    // type. HTML is preferred.
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

        return html is not null ? HtmlMarkdown.Of(html, warnings)
            : plain is not null ? HtmlMarkdown.OfPlain(plain)
            : "";
    }

    /// <summary>Returns the hero image, or an empty list if the item has none.</summary>
    private static Result<List<HeroItem>> Hero(string origin, JsonElement item, List<string> warnings)
    {
        List<HeroItem> heroes = [];
        foreach (
            var (name, picture) in Named(item, "associations")
                .Where(named => IsPicture(named.Item))
                .OrderByDescending(named =>
                    named.Name.Contains("feature", StringComparison.OrdinalIgnoreCase)
                    || named.Name.Contains("main", StringComparison.OrdinalIgnoreCase)
                )
        )
        {
            if (!NinjsPlan.Of(picture, $"associations.{name}.").Succeeded(out var plan, out var unclear))
            {
                return unclear.ToList();
            }

            var file = Named(picture, "renditions")
                .OrderByDescending(rendition => rendition.Name is "original")
                .ThenByDescending(rendition => Number(rendition.Item, "width"))
                .Select(rendition => Text(rendition.Item, "href"))
                .FirstOrDefault(href => href is not null);
            if (plan.Status is not NinjsStatus.Usable)
            {
                warnings.Add(
                    $"The image ‘{name}’ is left out, because its provider has {(plan.Status is NinjsStatus.Canceled ? "cancelled" : "withheld")} it."
                        + (
                            file is null
                                ? " The item names no file. If the image is already published, end its rights with saveMediaRights."
                                : ""
                        )
                );
                continue;
            }

            if (file is null || !ImageFiles.IsFile(file))
            {
                warnings.Add(
                    $"The image ‘{name}’ is left out: put its file beside the item, and give the file name in a rendition's href."
                );
            }
            else if (heroes.Count > 0)
            {
                warnings.Add($"The image ‘{name}’ is left out, because a story can have only one hero image.");
            }
            else
            {
                heroes.Add(new HeroItem { File = file, Image = Picture(origin, file, picture, plan.EmbargoUntil) });
            }
        }

        return heroes;
    }

    // The embargo of an image becomes the time at which its rights begin.
    private static ImageItem Picture(string origin, string file, JsonElement picture, DateTimeOffset? embargoUntil) =>
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
                ValidFrom = embargoUntil?.ToMilliseconds(),
                DigitalSourceType = DigitalSourceTypes.Parse(Text(picture, "digitalsourcetype")),
            },
        };

    // In 1.x, associations and renditions are objects with named members. In 2.x and 3.x, they are arrays of objects
    // with a name.
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
