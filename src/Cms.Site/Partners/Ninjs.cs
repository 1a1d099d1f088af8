using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cms.Site.Feeds;
using Cms.Site.Pages;
using Cms.Site.Parts;
using Cms.Site.Terms;

namespace Cms.Site.Partners;

/// <summary>
/// Writes articles as an array of ninjs 3.1 items, the JSON of the IPTC for news
/// (https://iptc.org/std/ninjs/ninjs-schema_3.1.json). Takes are associated items of the genre opinion.
/// </summary>
/// <param name="feed">The address of the feed, which has the address of the site.</param>
/// <param name="newsroom">The name of the publication.</param>
/// <param name="rights">Who may use the items, and what each copy must show.</param>
internal sealed class Ninjs(PageAddress feed, string newsroom, PartnerRights rights)
{
    private const string Opinion = "http://cv.iptc.org/newscodes/genre/Opinion";
    private const string SourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    private static readonly Standard This = new("ninjs", "3.1", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#");

    /// <summary>How JSON for partners is written.</summary>
    // The answer is never inside a page, so signs such as < need not be escaped.
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly FeedEntries _entries = new(feed);

    /// <summary>Returns the articles, in their order.</summary>
    public string Of(IEnumerable<FeedArticle> articles) => JsonSerializer.Serialize(articles.Select(ItemOf), Json);

    /// <summary>Returns one article.</summary>
    public JsonNode NodeOf(FeedArticle article) => JsonSerializer.SerializeToNode(ItemOf(article), Json)!;

    /// <summary>Returns an item that tells a partner not to use an article any more.</summary>
    /// <param name="id">The id of the article.</param>
    /// <param name="isCanceled">Whether the article was withdrawn; false if the agreement does not include it now.</param>
    public static JsonNode RemovedNodeOf(string id, bool isCanceled) =>
        JsonSerializer.SerializeToNode(
            new Item
            {
                Uri = FeedEntries.UrnOf(id),
                Type = "text",
                Standard = This,
                PubStatus = isCanceled ? "canceled" : "withheld",
            },
            Json
        )!;

    private Item ItemOf(FeedArticle article)
    {
        var text = _entries.TextOf(article);
        return new Item
        {
            Uri = FeedEntries.UrnOf(article.Id),
            Type = "text",
            Standard = This,
            RepresentationType = text is null ? "partial" : "full",
            Version = article.Edition.ToString(CultureInfo.InvariantCulture),
            FirstCreated = Words.Iso(article.FirstPublishedAt),
            VersionCreated = Words.Iso(article.UpdatedAt),
            PubStatus = article.EmbargoedUntil is null ? "usable" : "withheld",
            EmbargoedUntil = article.EmbargoedUntil is { } until ? Words.Iso(until) : null,
            Language = article.Language,
            Title = article.Headline,
            Headlines = [new Text("main", "text/plain", article.Headline)],
            Descriptions = [new Text("summary", "text/plain", article.Summary)],
            Bodies = text is null ? null : [new Body("main", "text/html", text) { WordCount = article.WordCount }],
            By = article.Byline ?? NamesOf(article),
            People = Some(
                article.Authors.Select(author => new Thing(author.Name, "author", feed.UrlOf("authors", author.Slug)))
            ),
            Subjects = Some(
                article
                    .Tags.Select(tag => new Thing(tag.Name, "tag", feed.UrlOf("tags", tag.Slug)))
                    .Concat(article.About.Select(tool => new Thing(tool.Name, "about", feed.UrlOf("tools", tool.Slug))))
                    .Concat(
                        article.Category is { } category
                            ? [new Thing(category.Name, "category", feed.UrlOf("categories", category.Slug))]
                            : []
                    )
            ),
            InfoSources = article.Source is { } source ? [new InfoSource(source.Name, "source", source.Url)] : null,
            EdNote = NoteOf(article),
            CopyrightHolder = newsroom,
            UsageTerms =
                $"{rights.Words} Each copy must show: {rights.Attribution.Of(article, feed.UrlOf("articles", article.Slug))}",
            RightsInfo = new RightsInfo(Licence.Language, rights.Licence),
            DigitalSourceType = SourceTypeOf(article.DigitalSourceType),
            AltIds = [new AltId("canonical", feed.UrlOf("articles", article.Slug))],
            Associations = Some(
                (article.HeroImage is { } image ? [PictureOf(article, image)] : Array.Empty<Item>()).Concat(
                    article.Takes.Select(take => TakeOf(article, take))
                )
            ),
        };
    }

    private Item PictureOf(FeedArticle article, FeedImage image) =>
        new()
        {
            Name = "Main picture",
            Rel = "mainpicture",
            Uri = _entries.UrlOf(image),
            Type = "picture",
            Language = article.Language,
            By = image.Credit,
            Descriptions =
            [
                .. image.Alt.Length > 0 ? [new Text("alt", "text/plain", image.Alt)] : Array.Empty<Text>(),
                .. image.Caption is { Length: > 0 } caption
                    ? [new Text("caption", "text/plain", caption)]
                    : Array.Empty<Text>(),
            ],
            Renditions = [new Rendition("main", _entries.UrlOf(image), "image/jpeg")],
            UsageTerms = rights.Words,
            RightsInfo = new RightsInfo(Licence.Language, rights.Licence),
        };

    private Item TakeOf(FeedArticle article, FeedPanelTake take) =>
        new()
        {
            Name = take.WrittenAs.Name,
            Rel = "opinion",
            Uri = FeedEntries.UrnOf(take.Id),
            Type = "text",
            FirstCreated = Words.Iso(take.PublishedAt),
            VersionCreated = Words.Iso(take.UpdatedAt),
            Language = article.Language,
            Genres = [new Thing("Opinion", null, Opinion)],
            Headlines = take.Verdict is { } verdict ? [new Text("main", "text/plain", verdict)] : null,
            Bodies = [new Body("main", "text/plain", take.Text)],
            By = take.WrittenAs.Name,
            People = [new Thing(take.WrittenAs.Name, "author", feed.UrlOf("panel", take.Persona.Slug))],
            Subjects = [new Thing(Words.Of(take.Stance), "stance", null)],
            EdNote = take.Disclosure,
            DigitalSourceType = SourceTypeOf(take.DigitalSourceType),
            UsageTerms = rights.Words,
            RightsInfo = new RightsInfo(Licence.Language, rights.Licence),
        };

    // What the staff of the partner must know: corrections, and how an AI model contributed.
    private static string? NoteOf(FeedArticle article)
    {
        List<string> notes =
        [
            .. article.Corrections.Select(correction =>
                $"Corrected on {Words.FullDate(correction.At)}: {correction.Note}"
            ),
            .. article.Disclosure is { } disclosure ? [disclosure] : Array.Empty<string>(),
        ];
        return notes.Count == 0 ? null : string.Join('\n', notes);
    }

    private static string? NamesOf(FeedArticle article) =>
        article.Authors.Count == 0 ? null : string.Join(", ", article.Authors.Select(author => author.Name));

    // The IPTC writes its codes in camel case.
    private static Thing? SourceTypeOf(string? type)
    {
        if (type is null)
        {
            return null;
        }

        var words = type.Split('_').Select(word => word.ToLowerInvariant()).ToList();
        var code = words[0] + string.Concat(words.Skip(1).Select(Words.Capital));
        return new Thing(string.Join(' ', words), null, SourceTypes + code);
    }

    private static List<T>? Some<T>(IEnumerable<T> things) => things.ToList() is [_, ..] some ? some : null;

    private sealed record Item
    {
        public string? Name { get; init; }

        public string? Rel { get; init; }

        public required string Uri { get; init; }

        public required string Type { get; init; }

        public Standard? Standard { get; init; }

        public string? RepresentationType { get; init; }

        public string? Version { get; init; }

        public string? FirstCreated { get; init; }

        public string? VersionCreated { get; init; }

        public string? PubStatus { get; init; }

        public string? EmbargoedUntil { get; init; }

        public string? Language { get; init; }

        public string? Title { get; init; }

        public IReadOnlyList<Text>? Headlines { get; init; }

        public IReadOnlyList<Text>? Descriptions { get; init; }

        public IReadOnlyList<Body>? Bodies { get; init; }

        public string? By { get; init; }

        public IReadOnlyList<Thing>? People { get; init; }

        public IReadOnlyList<Thing>? Subjects { get; init; }

        public IReadOnlyList<Thing>? Genres { get; init; }

        public IReadOnlyList<InfoSource>? InfoSources { get; init; }

        public IReadOnlyList<Rendition>? Renditions { get; init; }

        public string? EdNote { get; init; }

        public string? CopyrightHolder { get; init; }

        public string? UsageTerms { get; init; }

        public RightsInfo? RightsInfo { get; init; }

        public Thing? DigitalSourceType { get; init; }

        public IReadOnlyList<AltId>? AltIds { get; init; }

        public IReadOnlyList<Item>? Associations { get; init; }
    }

    private sealed record Standard(string Name, string Version, string Schema);

    private sealed record Text(string Role, string ContentType, string Value);

    private sealed record Body(string Role, string ContentType, string Value)
    {
        public int? WordCount { get; init; }
    }

    private sealed record Thing(string Name, string? Rel, string? Uri);

    private sealed record InfoSource(string Name, string Role, string? Uri);

    private sealed record Rendition(string Name, string Href, string ContentType);

    private sealed record RightsInfo(string LangId, string LinkedRights);

    private sealed record AltId(string Role, string Value);
}
