using Cms.Body;
using Cms.GraphQL;
using Cms.Media;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles.Drafting;

/// <summary>The complete content of an article. Omitted fields are empty.</summary>
public abstract record ArticleFields
{
    /// <summary>The headline.</summary>
    public required string Headline { get; init; }

    /// <summary>A summary in a sentence or two.</summary>
    public string? Summary { get; init; }

    /// <summary>The body.</summary>
    public BodyInput? Body { get; init; }

    /// <summary>The id of the category that the article belongs to.</summary>
    public CategoryId? Category { get; init; }

    /// <summary>The id of the publication that the story comes from.</summary>
    public SourceId? Source { get; init; }

    /// <summary>The URL of the original story.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>When the original story was published.</summary>
    public DateOnly? SourcePublishedOn { get; init; }

    /// <summary>The image at the top of the article.</summary>
    public HeroImageInput? HeroImage { get; init; }

    /// <summary>The byline that readers see.</summary>
    public string? Byline { get; init; }

    /// <summary>The language of the text (BCP 47). English by default.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Metadata for search engines and link previews, where it differs from the article.</summary>
    public Seo? Seo { get; init; }

    /// <summary>The ids of the article's tags, in the order to show them.</summary>
    public IReadOnlyList<TagId> Tags { get; init; } = [];

    /// <summary>The ids of the tools that the article is about, most important first.</summary>
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

/// <summary>The image at the top of an article.</summary>
public sealed record HeroImageInput
{
    /// <summary>The id of an image in the library.</summary>
    public required MediaId Media { get; init; }

    /// <summary>Alternative text for this article. If omitted, the text stored with the image is used.</summary>
    public string? Alt { get; init; }

    /// <summary>A caption for this article. If omitted, the caption stored with the image is used.</summary>
    public string? Caption { get; init; }
}

/// <summary>The article to create.</summary>
[GraphQLName("CreateArticleInput")]
public sealed record NewArticle : ArticleFields
{
    /// <summary>The slug in the article's URL. If omitted, it is made from the headline.</summary>
    public string? Slug { get; init; }

    internal CreateArticleInput ToInput() =>
        new()
        {
            Content = ToContent(),
            Body = Body,
            Slug = Slug,
        };
}

/// <summary>The complete working copy. Omitted fields are cleared.</summary>
[GraphQLName("SaveArticleInput")]
public sealed record EditedArticle : ArticleFields
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The version that the editor last read; null overwrites any newer version.</summary>
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
