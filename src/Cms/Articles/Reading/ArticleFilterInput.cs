using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.Taxonomy;

namespace Cms.Articles.Reading;

/// <summary>Narrows a list of articles; what is given must all hold.</summary>
public sealed record ArticleFilterInput
{
    /// <summary>How many conditions one filter may hold, those inside <c>and</c> included.</summary>
    public const int MaxConditions = 20;

    /// <summary>Every one of these holds too: two tags at once, say.</summary>
    public List<ArticleFilterInput>? And { get; init; }

    /// <summary>The category the article is in.</summary>
    public CategoryFilterInput? Category { get; init; }

    /// <summary>The tags it carries.</summary>
    public TagListFilterInput? Tags { get; init; }

    /// <summary>The publication the story came from.</summary>
    public SourceFilterInput? Source { get; init; }

    /// <summary>The tools it is about.</summary>
    public ToolListFilterInput? About { get; init; }

    /// <summary>The takes on it.</summary>
    public TakeListFilterInput? Takes { get; init; }

    /// <summary>When it was published.</summary>
    public DateTimeOperationFilterInput? PublishedAt { get; init; }

    /// <summary>This filter and all those inside it, each to be met.</summary>
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
                    $"A filter holds {MaxConditions} conditions at most. Leave some out, or ask in several queries."
                );
            }
        }

        return flat;
    }
}

/// <summary>Picks categories.</summary>
public sealed record CategoryFilterInput
{
    /// <summary>By slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>Picks sources.</summary>
public sealed record SourceFilterInput
{
    /// <summary>By slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>Picks tags.</summary>
public sealed record TagFilterInput
{
    /// <summary>By slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>Asks about an article's tags.</summary>
public sealed record TagListFilterInput
{
    /// <summary>At least one of them is picked by this.</summary>
    public TagFilterInput? Some { get; init; }
}

/// <summary>Picks tools.</summary>
public sealed record ToolFilterInput
{
    /// <summary>By slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>Asks about the tools an article is about.</summary>
public sealed record ToolListFilterInput
{
    /// <summary>At least one of them is picked by this.</summary>
    public ToolFilterInput? Some { get; init; }
}

/// <summary>Asks about the takes on an article.</summary>
public sealed record TakeListFilterInput
{
    /// <summary>At least one of them is picked by this.</summary>
    public TakeFilterInput? Some { get; init; }
}

/// <summary>How a list of articles is ordered; one of its fields.</summary>
public sealed record ArticleSortInput
{
    /// <summary>By the date of the story.</summary>
    public SortEnumType? PublishedAt { get; init; }

    /// <summary>By the date of its newest edition.</summary>
    public SortEnumType? UpdatedAt { get; init; }
}
