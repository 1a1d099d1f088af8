using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;

namespace Cms.Reading;

/// <summary>What a list of articles is narrowed to: all of them, or those of one category, tag, source, tool or persona.</summary>
public readonly record struct FacetId(Guid Value)
{
    public static FacetId All => default;

    public static FacetId Of(IEntityId id) => new(id.Value);
}

/// <summary>
/// A live article's place in one list. A row stands here exactly while readers may see the article, so each list,
/// whatever it is narrowed to and however it is ordered, is a range of one index.
/// </summary>
public sealed class ArticleListing : IListing, IRewritten
{
    public required ArticleId ArticleId { get; init; }

    public required FacetId FacetId { get; init; }

    public required EditionId EditionId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>
/// A place that an article left when an edition was superseded: with the present listings, the lists as they were at any
/// time are ranges of an index too.
/// </summary>
public sealed class PastListing : IListing
{
    public required ArticleId ArticleId { get; init; }

    public required FacetId FacetId { get; init; }

    public required EditionId EditionId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When the edition went live.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset SupersededAt { get; init; }
}

/// <summary>A place in a list, now or once.</summary>
internal interface IListing
{
    ArticleId ArticleId { get; }

    FacetId FacetId { get; }

    EditionId EditionId { get; }

    DateTimeOffset PublishedAt { get; }

    DateTimeOffset UpdatedAt { get; }
}

/// <summary>A live take's place in the lists of takes. A row stands here exactly while readers may see the take.</summary>
public sealed class TakeListing : IRewritten
{
    public required TakeId TakeId { get; init; }

    public required PersonaId PersonaId { get; init; }

    public required EditionId EditionId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }
}
