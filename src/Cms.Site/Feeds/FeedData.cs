using System.Text.Json.Serialization;
using Cms.Site.Articles;
using Cms.Site.Layout;
using Cms.Site.Sitemaps;

namespace Cms.Site.Feeds;

/// <summary>A page of the articles of a feed.</summary>
public sealed record FeedAnswer(ChainPage<FeedArticle> List);

/// <summary>An article in a feed.</summary>
public sealed record FeedArticle(
    string Id,
    string Slug,
    string Headline,
    string Summary,
    string? Byline,
    string Language,
    int Edition,
    DateTimeOffset FirstPublishedAt,
    DateTimeOffset PublishedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EmbargoedUntil,
    int WordCount,
    string? Disclosure,
    string? DigitalSourceType,
    SectionData? Category,
    IReadOnlyList<SectionData> Authors,
    IReadOnlyList<SectionData> Tags,
    IReadOnlyList<SectionData> About,
    FeedSource? Source,
    FeedImage? HeroImage,
    FeedBody? Body,
    IReadOnlyList<CorrectionData> Corrections,
    IReadOnlyList<FeedPanelTake> Takes
);

/// <summary>The publication that a story comes from.</summary>
public sealed record FeedSource(string Name, string? Url);

/// <summary>The picture at the top of an article.</summary>
public sealed record FeedImage(string Alt, string? Caption, string? Credit, string Url);

/// <summary>The text of an article.</summary>
public sealed record FeedBody(string Html);

/// <summary>A take in the entry of its article.</summary>
public sealed record FeedPanelTake(
    string Id,
    string Text,
    string? Verdict,
    Stance Stance,
    DateTimeOffset PublishedAt,
    DateTimeOffset UpdatedAt,
    string? Disclosure,
    string? DigitalSourceType,
    TakeByline WrittenAs,
    SectionData Persona
);

/// <summary>The newest takes.</summary>
public sealed record FeedTakes(Nodes<FeedTake> Takes);

/// <summary>A take in a feed of takes.</summary>
public sealed record FeedTake(
    string Id,
    string Text,
    string? Verdict,
    Stance Stance,
    string? Disclosure,
    DateTimeOffset PublishedAt,
    DateTimeOffset UpdatedAt,
    TakeByline WrittenAs,
    SectionData Persona,
    FeedTakeArticle Article
);

/// <summary>The article that a take is about.</summary>
public sealed record FeedTakeArticle(string Slug, string Headline, string Language);

/// <summary>What a feed is about. At most one is set.</summary>
public sealed record FeedSubjectAnswer(
    FeedSubjectData? Category,
    FeedSubjectData? Tag,
    FeedSubjectData? Tool,
    FeedSubjectData? Persona
)
{
    public FeedSubjectData? Found => Category ?? Tag ?? Tool ?? Persona;
}

/// <summary>A category, tag, tool or persona with a feed.</summary>
public sealed record FeedSubjectData(string Id, string Slug, string Name);

/// <summary>What has feeds.</summary>
public sealed record FeedsAnswer(
    Nodes<SectionData> Categories,
    Nodes<SectionData> Personas,
    Nodes<SectionData> Tools,
    Nodes<SectionData> Tags
);

/// <summary>The newest article before a time.</summary>
public sealed record FeedBefore(Nodes<Published> Articles);

/// <summary>The articles of a feed, as the API's filter. Compared by value, so that the same query is found again.</summary>
internal sealed record FeedFilter
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Slugged? Category { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Some<Slugged>? Tags { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Some<Slugged>? About { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Some<TakeFilter>? Takes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Between? PublishedAt { get; init; }

    /// <summary>Returns the filter for the articles of a feed.</summary>
    public static FeedFilter Of(FeedAddress feed) =>
        feed.Subject switch
        {
            FeedSubject.Category => new FeedFilter { Category = Slugged.As(feed.Slug) },
            FeedSubject.Tag => new FeedFilter { Tags = new(Slugged.As(feed.Slug)) },
            FeedSubject.Tool => new FeedFilter { About = new(Slugged.As(feed.Slug)) },
            FeedSubject.Persona => new FeedFilter { Takes = new(TakeFilter.By(feed.Slug)) },
            _ => new FeedFilter(),
        };

    /// <summary>A condition on the slug of a thing.</summary>
    public sealed record Slugged(Slugged.Equal Slug)
    {
        public static Slugged As(string slug) => new(new Equal(slug));

        public sealed record Equal(string Eq);
    }

    /// <summary>A condition that one of several things must meet.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1716", Justification = "The API's word.")]
    public sealed record Some<T>([property: JsonPropertyName("some")] T One);

    /// <summary>A condition on takes.</summary>
    public sealed record TakeFilter(Slugged Persona)
    {
        public static TakeFilter By(string persona) => new(Slugged.As(persona));
    }

    /// <summary>A time from a moment, and before another one.</summary>
    public sealed record Between(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Gte,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Lt
    );
}
