using Cms.Body;
using Cms.GraphQL;
using Cms.Media;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles.Drafting;

/// <summary>A story as its author hands it in, whole: what is left out is empty.</summary>
public abstract record ArticleFields
{
    /// <summary>The headline.</summary>
    public required string Headline { get; init; }

    /// <summary>What it says, in a sentence or two.</summary>
    public string? Summary { get; init; }

    /// <summary>The text.</summary>
    public BodyInput? Body { get; init; }

    /// <summary>The department it belongs to.</summary>
    public CategoryId? Category { get; init; }

    /// <summary>The publication that the story came from.</summary>
    public SourceId? Source { get; init; }

    /// <summary>The original story's address.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>When the original appeared.</summary>
    public DateOnly? SourcePublishedOn { get; init; }

    /// <summary>The image at its head.</summary>
    public HeroImageInput? HeroImage { get; init; }

    /// <summary>Who wrote it, as readers are told.</summary>
    public string? Byline { get; init; }

    /// <summary>The language it is written in (BCP 47); English when left out.</summary>
    public string Language { get; init; } = "en";

    /// <summary>What search engines and link previews are told, where it differs from the article itself.</summary>
    public Seo? Seo { get; init; }

    /// <summary>Its topics, in order.</summary>
    public IReadOnlyList<TagId> Tags { get; init; } = [];

    /// <summary>The tools it is about, the most important first.</summary>
    public IReadOnlyList<ToolId> About { get; init; } = [];

    internal ArticleContent ToContent() =>
        new()
        {
            Headline = Headline,
            Summary = Summary,
            CategoryId = Category,
            SourceId = Source,
            SourceUrl = SourceUrl,
            SourcePublishedOn = SourcePublishedOn,
            HeroImageId = HeroImage?.Media,
            HeroAlt = HeroImage?.Alt,
            HeroCaption = HeroImage?.Caption,
            Byline = Byline,
            Language = Language,
            Seo = Seo ?? new Seo(),
            Tags = Tags,
            Tools = About,
        };
}

/// <summary>An image at the head of a story.</summary>
public sealed record HeroImageInput
{
    /// <summary>An image of the library.</summary>
    public required MediaId Media { get; init; }

    /// <summary>What it shows here, where its own alternative text would not do.</summary>
    public string? Alt { get; init; }

    /// <summary>What is written below it here, where its own caption would not do.</summary>
    public string? Caption { get; init; }
}

/// <summary>A story to begin.</summary>
[GraphQLName("CreateArticleInput")]
public sealed record NewArticle : ArticleFields
{
    /// <summary>The words of its URL; made of the headline when left out.</summary>
    public string? Slug { get; init; }

    internal CreateArticleInput ToInput() =>
        new()
        {
            Content = ToContent(),
            Body = Body,
            Slug = Slug,
        };
}

/// <summary>The whole working copy as it is now: what is left out is emptied.</summary>
[GraphQLName("SaveArticleInput")]
public sealed record EditedArticle : ArticleFields
{
    /// <summary>The article.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The version the editor began from; null overwrites whatever stands.</summary>
    public int? ExpectedVersion { get; init; }

    internal SaveArticleInput ToInput() =>
        new()
        {
            Id = Id,
            Content = ToContent(),
            Body = Body,
            ExpectedVersion = ExpectedVersion,
        };
}
