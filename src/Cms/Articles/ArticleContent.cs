using Cms.Body;
using Cms.Media;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles;

/// <summary>What a story says, whole: a revision is one of these as an editor left it, an edition one as readers saw it.</summary>
public sealed record ArticleContent
{
    public required string Headline { get; init; }

    public string? Summary { get; init; }

    /// <summary>The body as canonical ProseMirror JSON, checked when it was taken in; null while nothing is written.</summary>
    public string? Body { get; init; }

    /// <summary>Words of the body, kept so that a list can tell its length without reading bodies.</summary>
    public int WordCount { get; init; }

    /// <summary>Whole minutes that reading the body takes.</summary>
    public int ReadingMinutes { get; init; }

    public CategoryId? CategoryId { get; init; }

    /// <summary>The publication that the story came from.</summary>
    public SourceId? SourceId { get; init; }

    /// <summary>The original story's address (RFC 3986).</summary>
    public string? SourceUrl { get; init; }

    public DateOnly? SourcePublishedOn { get; init; }

    /// <summary>The image at its head.</summary>
    public MediaId? HeroImageId { get; init; }

    /// <summary>What the image shows here, where its own alternative text would not do.</summary>
    public string? HeroAlt { get; init; }

    /// <summary>What is written below the image here, where its own caption would not do.</summary>
    public string? HeroCaption { get; init; }

    public string? Byline { get; init; }

    /// <summary>The language of the text (BCP 47).</summary>
    public string Language { get; init; } = "en";

    public Seo Seo { get; init; } = new();

    /// <summary>In the order the editor gave them.</summary>
    public IReadOnlyList<TagId> Tags { get; init; } = [];

    /// <summary>The tools that the story is about, the most important first.</summary>
    public IReadOnlyList<ToolId> Tools { get; init; } = [];

    /// <summary>The same with this body.</summary>
    public ArticleContent WithBody(RichText body)
    {
        var length = body.Derive(BodyForms.Length);
        return this with { Body = body.ToJson(), WordCount = length.WordCount, ReadingMinutes = length.ReadingMinutes };
    }
}

/// <summary>What search engines and link previews are told, where it differs from the article itself.</summary>
public sealed record Seo
{
    /// <summary>The page's title, where the headline would not do.</summary>
    public string? Title { get; init; }

    /// <summary>The page's description, where the summary would not do.</summary>
    public string? Description { get; init; }

    /// <summary>The address that search engines should list instead of ours (RFC 6596).</summary>
    public string? CanonicalUrl { get; init; }

    /// <summary>Search engines should not list the page.</summary>
    public bool NoIndex { get; init; }
}
