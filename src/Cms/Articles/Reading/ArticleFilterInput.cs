using System.Text.Json.Serialization;
using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.Taxonomy;

namespace Cms.Articles.Reading;

/// <summary>A filter for articles. All given conditions must be met.</summary>
public sealed record ArticleFilterInput
{
    /// <summary>The maximum number of conditions in one filter, including those inside <c>and</c>.</summary>
    public const int MaxConditions = 20;

    /// <summary>More conditions that must all be met, such as a second tag.</summary>
    public List<ArticleFilterInput>? And { get; init; }

    /// <summary>The category that the article belongs to.</summary>
    public CategoryFilterInput? Category { get; init; }

    /// <summary>The article's tags.</summary>
    public TagListFilterInput? Tags { get; init; }

    /// <summary>The article's authors.</summary>
    public AuthorListFilterInput? Authors { get; init; }

    /// <summary>The publication that the story comes from.</summary>
    public SourceFilterInput? Source { get; init; }

    /// <summary>The tools that the article is about.</summary>
    public ToolListFilterInput? About { get; init; }

    /// <summary>The takes on the article.</summary>
    public TakeListFilterInput? Takes { get; init; }

    /// <summary>How the panel's takes on the article compare.</summary>
    // A filter without this condition keeps the hash that its cursors contain.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConsensusFilterInput? Consensus { get; init; }

    /// <summary>The article's publication date.</summary>
    public DateTimeOperationFilterInput? PublishedAt { get; init; }

    /// <summary>What editors decided for search engines.</summary>
    // A filter without this condition keeps the hash that its cursors contain.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SeoFilterInput? Seo { get; init; }

    /// <summary>Returns this filter and all filters nested in it. All of them must be met.</summary>
    internal List<ArticleFilterInput> Flatten()
    {
        List<ArticleFilterInput> flat = [this];
        for (var i = 0; i < flat.Count; i++)
        {
            flat.AddRange(flat[i].And ?? []);
            if (flat.Count > MaxConditions)
            {
                throw new RequestError(
                    ErrorCodes.BadUserInput,
                    $"A filter can have at most {MaxConditions} conditions. Remove some, or split the query."
                );
            }
        }

        return flat;
    }
}

/// <summary>A filter for categories.</summary>
public sealed record CategoryFilterInput
{
    /// <summary>The slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>A filter for sources.</summary>
public sealed record SourceFilterInput
{
    /// <summary>The slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>A filter for tags.</summary>
public sealed record TagFilterInput
{
    /// <summary>The slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>A filter for an article's tags.</summary>
public sealed record TagListFilterInput
{
    /// <summary>A filter that at least one tag must match.</summary>
    public TagFilterInput? Some { get; init; }
}

/// <summary>A filter for authors.</summary>
public sealed record AuthorFilterInput
{
    /// <summary>The slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>A filter for an article's authors.</summary>
public sealed record AuthorListFilterInput
{
    /// <summary>A filter that at least one author must match.</summary>
    public AuthorFilterInput? Some { get; init; }
}

/// <summary>A filter for tools.</summary>
public sealed record ToolFilterInput
{
    /// <summary>The slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>A filter for the tools that an article is about.</summary>
public sealed record ToolListFilterInput
{
    /// <summary>A filter that at least one tool must match.</summary>
    public ToolFilterInput? Some { get; init; }
}

/// <summary>A filter for the takes on an article.</summary>
public sealed record TakeListFilterInput
{
    /// <summary>A filter that at least one take must match.</summary>
    public TakeFilterInput? Some { get; init; }
}

/// <summary>A filter for the panel's takes on an article as a whole.</summary>
public sealed record ConsensusFilterInput
{
    /// <summary>
    /// Whether some takes are supportive and some are sceptical, and neither stance has a majority.
    /// </summary>
    public BooleanOperationFilterInput? Split { get; init; }
}

/// <summary>A filter for what editors decided for search engines.</summary>
public sealed record SeoFilterInput
{
    /// <summary>Whether search engines should leave the article out of their results.</summary>
    public BooleanOperationFilterInput? NoIndex { get; init; }
}

/// <summary>A filter for a value that is true or false.</summary>
public sealed record BooleanOperationFilterInput
{
    /// <summary>The value must be this.</summary>
    public bool? Eq { get; init; }
}

/// <summary>The order of a list of articles. Set exactly one field.</summary>
public sealed record ArticleSortInput
{
    /// <summary>By publication date.</summary>
    public SortEnumType? PublishedAt { get; init; }

    /// <summary>By the time of the last public change.</summary>
    public SortEnumType? UpdatedAt { get; init; }
}
