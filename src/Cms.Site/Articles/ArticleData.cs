using System.Text.Json.Serialization;
using Cms.Site.Layout;

namespace Cms.Site.Articles;

/// <summary>The answer to the query of an article's page.</summary>
public sealed record ArticleAnswer(ArticleData? Article);

/// <summary>An article with its text and what the panel thinks of it.</summary>
public sealed record ArticleData(
    string Id,
    string Slug,
    string Headline,
    string Summary,
    string? Byline,
    string Language,
    DateTimeOffset PublishedAt,
    DateTimeOffset UpdatedAt,
    int Edition,
    string? Disclosure,
    string? DigitalSourceType,
    int ReadingMinutes,
    int WordCount,
    bool? IsBookmarked,
    SectionData? Category,
    ArticleSourceData? Source,
    IReadOnlyList<SectionData> Authors,
    IReadOnlyList<SectionData> Tags,
    ArticlePicture? HeroImage,
    ArticleBody? Body,
    IReadOnlyList<CorrectionData> Corrections,
    ConsensusData Consensus,
    IReadOnlyList<TakeData> Takes,
    IReadOnlyList<CardData> Related,
    ArticleSeo Seo
)
{
    public string Path => "/articles/" + Slug;
}

/// <summary>Where a story comes from.</summary>
public sealed record ArticleSourceData(string Name, string? Url, SlugData Publication);

/// <summary>Something with a page of its own.</summary>
public sealed record SlugData(string Slug);

/// <summary>The picture at the top of an article.</summary>
public sealed record ArticlePicture(
    string Alt,
    string? Caption,
    string? Credit,
    string? Placeholder,
    int Width,
    int Height,
    HeroRights Rights,
    string Standard,
    string StandardUrl,
    string Whole,
    string WholeUrl,
    string Social
);

/// <summary>The text of an article.</summary>
public sealed record ArticleBody(string Html, IReadOnlyList<TocData> Toc, IReadOnlyList<EmbedData> References);

/// <summary>A heading of the text.</summary>
public sealed record TocData(string Anchor, int Level, string Text);

/// <summary>A tool or an article that the text embeds. Which of the two decides what is set.</summary>
public sealed record EmbedData
{
    /// <summary><c>Tool</c> or <c>Article</c>.</summary>
    [JsonPropertyName("__typename")]
    public required string Type { get; init; }

    // Null for a kind of content that a newer API embeds and this site does not know.
    public string? Id { get; init; }

    public string? Slug { get; init; }

    /// <summary>The name of a tool.</summary>
    public string? Name { get; init; }

    /// <summary>The kind of a tool.</summary>
    public string? Kind { get; init; }

    /// <summary>The maker of a tool.</summary>
    public string? Maker { get; init; }

    /// <summary>What a tool does.</summary>
    public string? ToolSummary { get; init; }

    public bool? IsBookmarked { get; init; }

    /// <summary>The logo of a tool.</summary>
    public PictureData? Logo { get; init; }

    /// <summary>The headline of an article.</summary>
    public string? Headline { get; init; }

    /// <summary>The summary of an article.</summary>
    public string? Summary { get; init; }
}

/// <summary>How serious a mistake was.</summary>
public enum CorrectionSeverity
{
    Minor,
    Major,
}

/// <summary>A correction of an article.</summary>
public sealed record CorrectionData(DateTimeOffset At, string Note, CorrectionSeverity Severity);

/// <summary>What search engines and link previews show of an article.</summary>
public sealed record ArticleSeo(string Title, string Description, string? CanonicalUrl, bool NoIndex);
