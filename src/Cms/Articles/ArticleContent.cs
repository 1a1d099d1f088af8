using Cms.Body;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles;

/// <summary>What a story says, whole: a revision is one of these as an editor left it, an edition one as readers saw it.</summary>
public sealed record ArticleContent
{
    public required string Headline { get; init; }

    public string? Summary { get; init; }

    /// <summary>Null while nothing is written.</summary>
    public RichText? Body
    {
        get;
        init
        {
            field = value;
            WordCount = value?.WordCount ?? 0;
        }
    }

    /// <summary>Words of the body, kept so that a list can tell the reading time without reading bodies.</summary>
    public int WordCount { get; private init; }

    public CategoryId? CategoryId { get; init; }

    /// <summary>The publication that the story came from.</summary>
    public SourceId? SourceId { get; init; }

    /// <summary>The original story's address (RFC 3986).</summary>
    public string? SourceUrl { get; init; }

    public DateOnly? SourcePublishedOn { get; init; }

    public string? Byline { get; init; }

    /// <summary>The language of the text (BCP 47).</summary>
    public string Language { get; init; } = "en";

    public Seo Seo { get; init; } = new();

    /// <summary>In the order the editor gave them.</summary>
    public IReadOnlyList<TagId> Tags { get; init; } = [];

    /// <summary>The tools that the story is about, the most important first.</summary>
    public IReadOnlyList<ToolId> Tools { get; init; } = [];
}

/// <summary>What search engines and link previews are told, where it differs from the article itself.</summary>
public sealed record Seo
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The address that search engines should list instead of ours (RFC 6596).</summary>
    public string? CanonicalUrl { get; init; }

    public bool NoIndex { get; init; }
}
