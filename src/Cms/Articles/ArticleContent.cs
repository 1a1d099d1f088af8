using Cms.Authors;
using Cms.Body;
using Cms.Foundation;
using Cms.Media;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles;

/// <summary>The complete content of a story, in a revision or in an edition.</summary>
public sealed record ArticleContent
{
    public const string DefaultLanguage = "en";

    /// <summary>Returns whether the headline, the summary or the body differs.</summary>
    internal bool HasOtherWords(ArticleContent other) =>
        (Headline, Summary, Body) != (other.Headline, other.Summary, other.Body);

    public required string Headline
    {
        get;
        init => field = PlainLine.Of(value);
    }

    public string? Summary
    {
        get;
        init => field = value is null ? null : PlainLine.Of(value);
    }

    /// <summary>The body as canonical ProseMirror JSON, validated when it was saved; null if there is none.</summary>
    public string? Body { get; init; }

    /// <summary>The number of words in the body, stored so that lists do not have to read the body.</summary>
    public int WordCount { get; init; }

    /// <summary>The time to read the body, in whole minutes.</summary>
    public int ReadingMinutes { get; init; }

    public CategoryId? CategoryId { get; init; }

    /// <summary>The publication that the story comes from.</summary>
    public SourceId? SourceId { get; init; }

    /// <summary>The URL of the original story (RFC 3986).</summary>
    public string? SourceUrl { get; init; }

    public DateOnly? SourcePublishedOn { get; init; }

    /// <summary>The image at the top of the story.</summary>
    public MediaId? HeroImageId { get; init; }

    /// <summary>Alternative text for the image in this story; null to use the text stored with the image.</summary>
    public string? HeroAlt { get; init; }

    /// <summary>A caption for the image in this story; null to use the caption stored with the image.</summary>
    public string? HeroCaption { get; init; }

    /// <summary>The byline as written; null to show the names of the authors.</summary>
    public string? Byline
    {
        get;
        init => field = value is null ? null : PlainLine.Of(value);
    }

    /// <summary>The language of the text (BCP 47).</summary>
    public string Language { get; init; } = DefaultLanguage;

    public Seo Seo { get; init; } = new();

    /// <summary>The tags, in the order that the editor chose.</summary>
    public IReadOnlyList<TagId> Tags { get; init; } = [];

    /// <summary>The authors, in the order in which to show them.</summary>
    public IReadOnlyList<AuthorId> Authors { get; init; } = [];

    /// <summary>The tools that the story is about, most important first.</summary>
    public IReadOnlyList<ToolId> Tools { get; init; } = [];

    /// <summary>Returns a copy of the content without a body.</summary>
    public ArticleContent WithoutBody() => this with { Body = null, WordCount = 0, ReadingMinutes = 0 };

    /// <summary>Returns a copy of the content with the given body.</summary>
    public ArticleContent WithBody(RichText body)
    {
        var length = body.Derive(BodyForms.Length);
        return this with { Body = body.ToJson(), WordCount = length.WordCount, ReadingMinutes = length.ReadingMinutes };
    }
}

/// <summary>Metadata for search engines and link previews, where it differs from the article.</summary>
public sealed record Seo
{
    /// <summary>The page title; null to use the headline.</summary>
    public string? Title { get; init; }

    /// <summary>The page description; null to use the summary.</summary>
    public string? Description { get; init; }

    /// <summary>The URL that search engines should list instead of the article's URL (RFC 6596).</summary>
    public string? CanonicalUrl { get; init; }

    /// <summary>Whether search engines should leave the page out of their results.</summary>
    public bool NoIndex { get; init; }
}
