using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;

namespace Cms.Reading;

/// <summary>
/// What a list of articles is filtered by: nothing, one category, tag, source, author, tool or persona, whether the
/// panel is split, or whether search engines should leave the article out.
/// </summary>
public readonly record struct FacetId(Guid Value)
{
    public static FacetId All => default;

    /// <summary>The articles on which the panel is split. No id has this value, because ids contain a version.</summary>
    public static FacetId Split { get; } = new(new Guid("00000000-0000-0000-0000-000000000001"));

    /// <summary>The articles that search engines should leave out of their results.</summary>
    public static FacetId NoIndex { get; } = new(new Guid("00000000-0000-0000-0000-000000000002"));

    /// <summary>
    /// Returns whether some takes are supportive and some are sceptical, and neither stance has a majority.
    /// </summary>
    internal static bool IsSplit(int supportive, int mixed, int skeptical) =>
        supportive > 0 && skeptical > 0 && Math.Max(supportive, skeptical) * 2 <= supportive + mixed + skeptical;

    /// <summary>Returns the facet of split articles if the stances on an article are split; otherwise nothing.</summary>
    internal static IEnumerable<FacetId> OfSplit(IReadOnlyCollection<Stance> stances) =>
        IsSplit(
            stances.Count(stance => stance is Stance.Supportive),
            stances.Count(stance => stance is Stance.Mixed),
            stances.Count(stance => stance is Stance.Skeptical)
        )
            ? [Split]
            : [];

    public static FacetId Of(IEntityId id) => new(id.Value);
}

/// <summary>
/// A published article's position in one list. Rows exist for exactly the articles that readers can see, so every list
/// is a range of one index, whatever its filter and order.
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
/// A position of an article in a list before its edition was superseded. A list at a past time is read from ranges of
/// these rows and of the current listings.
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

/// <summary>A current or past position in a list.</summary>
internal interface IListing
{
    ArticleId ArticleId { get; }

    FacetId FacetId { get; }

    EditionId EditionId { get; }

    DateTimeOffset PublishedAt { get; }

    DateTimeOffset UpdatedAt { get; }
}

/// <summary>
/// A published take's position in the lists of takes. Rows exist for exactly the takes that readers can see.
/// </summary>
public sealed class TakeListing : IRewritten
{
    public required TakeId TakeId { get; init; }

    public required PersonaId PersonaId { get; init; }

    public required EditionId EditionId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required Stance Stance { get; init; }
}
