using Cms.Authors;
using Cms.Body;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles.Drafting;

/// <summary>The content of an article. Omitted fields keep their values.</summary>
public abstract record ArticleFields : MutationInput
{
    /// <summary>A summary in a sentence or two.</summary>
    public Optional<string?> Summary { get; init; }

    /// <summary>The body.</summary>
    public Optional<BodyInput?> Body { get; init; }

    /// <summary>The id of the category that the article belongs to.</summary>
    public Optional<CategoryId?> Category { get; init; }

    /// <summary>The id of the publication that the story comes from.</summary>
    public Optional<SourceId?> Source { get; init; }

    /// <summary>The URL of the original story.</summary>
    public Optional<string?> SourceUrl { get; init; }

    /// <summary>When the original story was published.</summary>
    public Optional<DateOnly?> SourcePublishedOn { get; init; }

    /// <summary>The image at the top of the article.</summary>
    public Optional<HeroImageInput?> HeroImage { get; init; }

    /// <summary>The byline that readers see. Without one, they see the names of the authors.</summary>
    public Optional<string?> Byline { get; init; }

    /// <summary>The language of the text (BCP 47). English by default.</summary>
    public Optional<string?> Language { get; init; }

    /// <summary>
    /// Metadata for search engines and link previews, where it differs from the article. In saveArticle, the new
    /// metadata replaces all earlier metadata.
    /// </summary>
    public Optional<Seo?> Seo { get; init; }

    /// <summary>The ids of the article's tags, in the order in which to show them.</summary>
    public Optional<IReadOnlyList<TagId>?> Tags { get; init; }

    /// <summary>The ids of the article's authors, in the order in which to show them, at most 20.</summary>
    public Optional<IReadOnlyList<AuthorId>?> Authors { get; init; }

    /// <summary>The ids of the tools that the article is about, most important first.</summary>
    public Optional<IReadOnlyList<ToolId>?> About { get; init; }

    /// <summary>
    /// The AI model that drafted this text. If saveArticle omits it, a new revision inherits it from the previous
    /// revision. Only editors can remove it.
    /// </summary>
    public Optional<DraftedWith?> DraftedWith { get; init; }

    /// <summary>Returns the content with the fields that were sent; null clears a field.</summary>
    private protected ArticleContent Apply(ArticleContent content, Optional<string?> headline) =>
        (Body is { HasValue: true, Value: null } ? content.WithoutBody() : content) with
        {
            Headline = headline.Or(content.Headline) ?? "",
            Summary = Summary.Or(content.Summary),
            CategoryId = Category.Or(content.CategoryId),
            SourceId = Source.Or(content.SourceId),
            SourceUrl = SourceUrl.Or(content.SourceUrl),
            SourcePublishedOn = SourcePublishedOn.Or(content.SourcePublishedOn),
            HeroImageId = HeroImage.HasValue ? HeroImage.Value?.Media : content.HeroImageId,
            HeroAlt = HeroImage.HasValue ? HeroImage.Value?.Alt : content.HeroAlt,
            HeroCaption = HeroImage.HasValue ? HeroImage.Value?.Caption : content.HeroCaption,
            Byline = Byline.Or(content.Byline),
            Language = Language.Or(content.Language) ?? ArticleContent.DefaultLanguage,
            Seo = Seo.Or(content.Seo) ?? new Seo(),
            Tags = Tags.Or(content.Tags) ?? [],
            Authors = Authors.Or(content.Authors) ?? [],
            Tools = About.Or(content.Tools) ?? [],
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
    /// <summary>The headline.</summary>
    public required string Headline { get; init; }

    /// <summary>
    /// The slug in the article's URL. If omitted, it is made from the headline, and saving a different headline makes it
    /// again until the article is scheduled or published, or changeSlug sets it.
    /// </summary>
    public string? Slug { get; init; }

    internal CreateArticleInput ToInput() =>
        new()
        {
            Content = Apply(new ArticleContent { Headline = Headline }, Headline),
            Body = Body.Value,
            Slug = Slug,
            DraftedWith = DraftedWith,
        };
}

/// <summary>The changes to an article's working copy. Omitted fields keep their values; null clears a field.</summary>
[GraphQLName("SaveArticleInput")]
public sealed record EditedArticle : ArticleFields
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The headline. It cannot be empty.</summary>
    public Optional<string?> Headline { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>
    /// Whether this save is automatic, without a command from the editor; default false. Autosaves within ten minutes
    /// become one revision.
    /// </summary>
    public bool Autosave { get; init; }

    internal SaveArticleInput ToInput() =>
        new()
        {
            Id = Id,
            Edit = content => Apply(content, Headline),
            Body = Body.Value,
            DraftedWith = DraftedWith,
            ExpectedVersion = ExpectedVersion,
            Autosave = Autosave,
        };
}
