using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Body;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Tools;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cms.Import;

/// <summary>Reads Markdown files that begin with YAML between two lines of <c>---</c>.</summary>
internal static partial class FrontMatter
{
    // Our own front matter is three levels deep and a few kilobytes long.
    private const int MaxDepth = 10;
    private const int MaxLength = 256 * 1024;

    private static readonly string[] ArticleKeys =
    [
        "type",
        "id",
        "headline",
        "slug",
        "summary",
        "byline",
        "language",
        "category",
        "source",
        "date",
        "tags",
        "tools",
        "hero",
        "status",
        "scheduledAt",
        "embargoUntil",
        "takes",
    ];

    private static readonly string[] PersonaKeys =
    [
        "type",
        "slug",
        "name",
        "lens",
        "accent",
        "avatar",
        "order",
        "ai",
        "active",
        "voice",
    ];

    private static readonly string[] ToolKeys =
    [
        "type",
        "slug",
        "name",
        "maker",
        "kind",
        "url",
        "summary",
        "logo",
        "tags",
    ];

    private static readonly string[] ImageKeys =
    [
        "type",
        "file",
        "alt",
        "decorative",
        "caption",
        "focus",
        "folder",
        "tags",
        "creator",
        "credit",
        "copyright",
        "licence",
        "mustCredit",
        "territories",
        "from",
        "until",
        "substitute",
        "syndication",
        "noCrop",
        "made",
    ];

    /// <summary>The item a file holds; one that cannot be read says why.</summary>
    /// <param name="origin">The file, for messages.</param>
    /// <param name="name">The file's name without its ending: an article's id where it gives none.</param>
    /// <param name="text">What the file holds.</param>
    public static ImportItem Read(string origin, string name, string text)
    {
        try
        {
            return Item(origin, name, text.ReplaceLineEndings("\n"));
        }
        catch (YamlException fault)
        {
            return Refuse(
                origin,
                $"The front matter is no valid YAML at line {fault.Start.Line + 1}: {fault.Message.TrimEnd('.')}. Correct that line."
            );
        }
        catch (RefusedException refused)
        {
            return new UnreadableItem { Origin = origin, Reason = refused.Reason };
        }
    }

    private static ImportItem Item(string origin, string name, string text)
    {
        text = text.TrimStart('\uFEFF');
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            return Refuse(origin, "The file does not begin with front matter. Put its keys between two lines of ---.");
        }

        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (end < 0 && text.EndsWith("\n---", StringComparison.Ordinal))
        {
            end = text.Length - 4;
        }

        if (end < 0)
        {
            return Refuse(origin, "The front matter is not closed. Put a line of --- behind its keys.");
        }

        if (end > MaxLength)
        {
            return Refuse(origin, "The front matter is longer than 256 kB. Move the text below it.");
        }

        var yaml = text[4..Math.Max(end, 4)];
        var body = end + 5 <= text.Length ? text[(end + 5)..].Trim('\n') : "";
        GuardDepth(yaml);
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
        {
            return Refuse(origin, "The front matter is not a list of keys. Write one ‘key: value’ a line.");
        }

        try
        {
            return new Keys(root, "").Text("type") switch
            {
                null or "article" => Article(origin, name, new Keys(root, "").Allow(ArticleKeys), body),
                "persona" => Persona(origin, new Keys(root, "").Allow(PersonaKeys), body),
                "tool" => Tool(origin, new Keys(root, "").Allow(ToolKeys)),
                "image" => Image(origin, name, new Keys(root, "").Allow(ImageKeys)),
                _ => throw new RefusedException(new ValueMalformed("type", "article, persona, tool or image")),
            };
        }
        catch (RefusedException refused)
        {
            return new UnreadableItem
            {
                Origin = origin,
                Reason = refused.Reason,
                Id = Scalar(root, "type") is "persona" or "tool" or "image" ? null : Scalar(root, "id") ?? name,
            };
        }
    }

    private static string? Scalar(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node)
        && node is YamlScalarNode { Value: { Length: > 0 } text }
            ? text
            : null;

    private static ArticleItem Article(string origin, string name, Keys keys, string body) =>
        new()
        {
            Origin = origin,
            Id = keys.Text("id") ?? name,
            Headline = keys.Required("headline"),
            Slug = keys.Text("slug"),
            Summary = keys.Text("summary"),
            Byline = keys.Text("byline"),
            Language = keys.Text("language") ?? "en",
            Category = keys.Text("category"),
            Source = keys.Map("source")?.Allow(["name", "url"]).Required("name"),
            SourceUrl = keys.Map("source")?.Text("url"),
            Date = keys.Date("date"),
            Tags = keys.Texts("tags"),
            Tools = keys.Texts("tools"),
            Hero = Hero(keys),
            Status = keys.Status("status"),
            ScheduledAt = keys.Time("scheduledAt"),
            EmbargoUntil = keys.Time("embargoUntil"),
            Takes = [.. keys.Maps("takes").Select(Take)],
            Markdown = body,
        };

    private static TakeItem Take(Keys keys)
    {
        keys.Allow(["persona", "text", "stance", "confidence", "verdict"]);
        return new TakeItem
        {
            Persona = keys.Required("persona"),
            Content = new TakeContent
            {
                Text = keys.Required("text"),
                Stance = keys.Choice("stance", Stance.Mixed),
                Confidence = keys.Number("confidence", 50),
                Verdict = keys.Text("verdict"),
            },
        };
    }

    private static PersonaItem Persona(string origin, Keys keys, string body) =>
        new()
        {
            Origin = origin,
            Avatar = keys.Text("avatar"),
            Fields = new PersonaFields
            {
                Slug = keys.Text("slug"),
                Profile = new PersonaProfile
                {
                    Name = keys.Required("name"),
                    Lens = keys.Required("lens"),
                    Bio = body.Length == 0 ? null : WithoutComments(body),
                    VoiceGuide = keys.Text("voice"),
                },
                AccentColour = keys.Text("accent"),
                Order = keys.Number("order", 0),
                IsAi = keys.Flag("ai", false),
                IsActive = keys.Flag("active", true),
            },
        };

    // A biography is plain text, so what is a comment in a Markdown file would be published with it.
    private static string WithoutComments(string text)
    {
        var comments = Comment().Matches(text);
        if (comments.Any(comment => HiddenText.EndsEarly(comment.ValueSpan)))
        {
            throw Refused(
                "A comment below the front matter holds --!>, where HTML ends it. Write --> at its end instead."
            );
        }

        var rest = comments.Count == 0 ? text : Comment().Replace(text, "").Trim('\n');
        if (
            rest.Contains(HiddenText.Comment.Start, StringComparison.Ordinal)
            || (comments.Count > 0 && rest.Contains(HiddenText.Comment.End, StringComparison.Ordinal))
        )
        {
            throw Refused("A comment below the front matter is not closed, or closed twice. Write one --> at its end.");
        }

        return HiddenText.FirstIn(rest) is { } hidden
                ? throw Refused(
                    $"HTML hides what begins with {hidden.Start} below the front matter, and it would be published here. Remove it, or put it in a comment: <!-- … -->."
                )
            : HiddenElement.IsIn(rest)
                ? throw Refused(
                    "The text below the front matter holds an element that HTML hides, and it would be published here. Remove it, or put it in a comment: <!-- … -->."
                )
            : rest;
    }

    private static RefusedException Refused(string problem) => new(new FileUnreadable(problem));

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline, 1000)]
    private static partial Regex Comment();

    private static ToolItem Tool(string origin, Keys keys) =>
        new()
        {
            Origin = origin,
            Logo = keys.Text("logo"),
            Fields = new ToolFields
            {
                Slug = keys.Text("slug"),
                Name = keys.Required("name"),
                Maker = keys.Text("maker"),
                Kind = keys.Choice("kind", ToolKind.Product),
                Url = keys.Text("url"),
                Summary = keys.Text("summary"),
            },
            Tags = keys.Texts("tags"),
        };

    private static HeroItem? Hero(Keys keys)
    {
        if (!keys.IsMap("hero"))
        {
            return keys.Text("hero") is { } file ? new HeroItem { File = file } : null;
        }

        var hero = keys.Map("hero")!.Allow(["image", "alt", "caption"]);
        return new HeroItem
        {
            File = hero.Required("image"),
            Alt = hero.Text("alt"),
            Caption = hero.Text("caption"),
        };
    }

    private static ImageItem Image(string origin, string name, Keys keys)
    {
        var licence = keys.Map("licence")?.Allow(["name", "url", "acquire", "terms"]);
        var focus = keys.Parts("focus");
        return new ImageItem
        {
            Origin = origin,
            File = keys.Text("file") ?? name,
            Description = new MediaDescription
            {
                Alt = keys.Text("alt"),
                IsDecorative = keys.Flag("decorative", false),
                Caption = keys.Text("caption"),
                Focus = focus is [var x, var y] ? new FocalPoint { X = x, Y = y } : FocalPoint.Centre,
                Folder = keys.Text("folder") ?? "",
            },
            Tags = keys.Texts("tags"),
            Substitute = keys.Text("substitute"),
            Rights = new ImageRights
            {
                Creator = keys.Text("creator"),
                CreditLine = keys.Text("credit"),
                CopyrightNotice = keys.Text("copyright"),
                LicenceName = licence?.Text("name"),
                LicenceUrl = licence?.Text("url"),
                AcquireLicenceUrl = licence?.Text("acquire"),
                UsageTerms = licence?.Text("terms"),
                MustCredit = keys.Flag("mustCredit", false),
                Territories = keys.Texts("territories"),
                ValidFrom = keys.Time("from"),
                ExpiresAt = keys.Time("until"),
                AllowSyndication = keys.Flag("syndication", false),
                NoCrop = keys.Flag("noCrop", false),
                DigitalSourceType = keys.Text("made") is null
                    ? null
                    : keys.Choice("made", Media.Rights.DigitalSourceType.DigitalCapture),
            },
        };
    }

    private static UnreadableItem Refuse(string origin, string problem) =>
        new() { Origin = origin, Reason = new FileUnreadable(problem) };

    // The tree is built by recursion, so what is too deep must not get that far; an alias could make it endless.
    private static void GuardDepth(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth || parser.Current is YamlDotNet.Core.Events.AnchorAlias)
            {
                throw new RefusedException(
                    new FileUnreadable(
                        "The front matter nests too deeply or uses an alias (*name). Write each value out."
                    )
                );
            }
        }
    }

    private sealed class Keys(YamlMappingNode map, string path)
    {
        public Keys Allow(string[] known)
        {
            foreach (var key in map.Children.Keys)
            {
                var name = (key as YamlScalarNode)?.Value ?? "";

                // Keys are found by their text alone, so one with a tag would be passed over.
                if (!key.Tag.IsEmpty)
                {
                    throw Refused($"The key ‘{path}{name}’ has a tag of YAML. Write it without the tag.");
                }

                if (!known.Contains(name, StringComparer.Ordinal))
                {
                    throw new RefusedException(new UnknownKey(path + name, known));
                }
            }

            return this;
        }

        public string? Text(string key) =>
            Node(key) switch
            {
                null => null,
                YamlScalarNode { Value: null or "" } => null,
                YamlScalarNode { Value: "null" or "~", Style: ScalarStyle.Plain } => null,
                YamlScalarNode { Value: var text } => WithoutComment(key, text),
                _ => throw Malformed(key, "a text"),
            };

        public string Required(string key) => Text(key) ?? throw new RefusedException(new KeyMissing(path + key));

        public IReadOnlyList<string> Texts(string key) =>
            Node(key) switch
            {
                null => [],
                YamlScalarNode { Value: null or "" } => [],
                YamlSequenceNode list =>
                [
                    .. list.Select(item =>
                        (item as YamlScalarNode)?.Value is { } text
                            ? WithoutComment(key, text)
                            : throw Malformed(key, "a list of texts: [one, two]")
                    ),
                ],
                _ => throw Malformed(key, "a list of texts: [one, two]"),
            };

        public Keys? Map(string key) =>
            Node(key) switch
            {
                null => null,
                YamlScalarNode { Value: null or "" } => null,
                YamlMappingNode inner => new Keys(inner, $"{path}{key}."),
                _ => throw Malformed(key, "keys of its own: { name: …, url: … }"),
            };

        public bool IsMap(string key) => Node(key) is YamlMappingNode;

        /// <summary>Two numbers from 0 to 1; none when the key is missing.</summary>
        public List<double> Parts(string key)
        {
            var written = Texts(key);
            List<double> parts = [];
            foreach (var text in written)
            {
                if (
                    !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part)
                    || part > 1
                )
                {
                    throw Malformed(key, "two numbers from 0 to 1: [0.5, 0.3]");
                }

                parts.Add(part);
            }

            return parts.Count is 0 or 2 ? parts : throw Malformed(key, "two numbers from 0 to 1: [0.5, 0.3]");
        }

        public IEnumerable<Keys> Maps(string key) =>
            Node(key) switch
            {
                null => [],
                YamlScalarNode { Value: null or "" } => [],
                YamlSequenceNode list => list.Select(
                    (item, i) =>
                        new Keys(
                            item as YamlMappingNode ?? throw Malformed(key, "a list of keys and values"),
                            $"{path}{key}[{i}]."
                        )
                ),
                _ => throw Malformed(key, "a list of keys and values"),
            };

        public int Number(string key, int fallback) =>
            Text(key) is not { } text ? fallback
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw Malformed(key, "a whole number");

        public bool Flag(string key, bool fallback) =>
            Text(key) is not { } text ? fallback
            : bool.TryParse(text, out var flag) ? flag
            : throw Malformed(key, "true or false");

        /// <summary>A moment that decides what readers see, so a key without a value is refused like a wrong one.</summary>
        public DateTimeOffset? Time(string key) =>
            Node(key) is not { } node ? null
            : Moment(node) is { } time ? time
            : throw Malformed(key, Rfc3339.Expected);

        /// <summary>A day, which begins at midnight UTC, or a moment.</summary>
        public DateTimeOffset? Date(string key) =>
            Text(key) is not { } text ? null
            : DateOnly.TryParseExact(
                text.Trim(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : Moment(Node(key)) is { } time ? time
            : throw Malformed(key, "2026-04-03 or 2026-04-03T10:30:00Z");

        /// <summary>A story is published when the key is missing, and only then without the word.</summary>
        public ImportStatus Status(string key) =>
            Node(key) is not { } node
                ? ImportStatus.Published
                : (node as YamlScalarNode)?.Value?.Trim().ToLowerInvariant() switch
                {
                    "published" => ImportStatus.Published,
                    "draft" => ImportStatus.Draft,
                    _ => throw Malformed(key, "published or draft"),
                };

        public T Choice<T>(string key, T fallback)
            where T : struct, Enum
        {
            if (Text(key) is not { } text)
            {
                return fallback;
            }

            // By name only: Enum.TryParse also reads numbers and lists.
            var names = Enum.GetNames<T>();
            return
                names.FirstOrDefault(name => name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } choice
                ? Enum.Parse<T>(choice)
                : throw Malformed(key, string.Join(" or ", names.Select(name => name.ToLowerInvariant())));
        }

        // YAML also writes a space where RFC 3339 writes a T.
        private static DateTimeOffset? Moment(YamlNode? node) =>
            (node as YamlScalarNode)?.Value?.Trim() is { Length: > 10 } text
                ? Rfc3339.Parse(text[10] is ' ' ? $"{text[..10]}T{text[11..]}" : text)
                : null;

        private YamlNode? Node(string key) =>
            map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

        // A value is plain text, so a comment in it would be published.
        private string WithoutComment(string key, string text) =>
            Comment().Matches(text).Any(comment => comment.Value[4..^3].Trim().Length > 0)
                ? throw Refused(
                    $"The value of ‘{path}{key}’ holds a comment of HTML, and it would be published here. Remove it, or write it as a comment of YAML: # …"
                )
                : text;

        private RefusedException Malformed(string key, string expected) =>
            new(new ValueMalformed(path + key, expected));
    }

    private sealed class RefusedException(UserError reason) : Exception(reason.Message)
    {
        public UserError Reason => reason;
    }
}
