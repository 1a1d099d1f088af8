using Cms.Studio.Api;
using Cms.Studio.Articles;
using Cms.Studio.Taxonomy;

namespace Cms.Studio.Fronts;

/// <summary>The fronts that editors can choose articles for.</summary>
public sealed record FrontsData(FrontsDesk? Desk);

/// <summary>The home page and the categories.</summary>
public sealed record FrontsDesk(HomeFront? Home, FrontCategories? Categories);

/// <summary>The front of the home page; null if editors have never saved one.</summary>
public sealed record HomeFront(DateTimeOffset UpdatedAt, string UpdatedBy, IReadOnlyList<Key> Articles);

/// <summary>Some categories.</summary>
public sealed record FrontCategories(IReadOnlyList<FrontCategory> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A category.</summary>
public sealed record FrontCategory(
    string Id,
    string Name,
    string Slug,
    DateTimeOffset? FirstPublishedAt,
    FrontUses UsedBy
)
{
    /// <summary>Whether editors have chosen articles for its front.</summary>
    public bool IsChosen => UsedBy.Counts.Any(uses => uses.Kind is UsageKind.Front && uses.Count > 0);
}

/// <summary>What uses a category. A front with articles does.</summary>
public sealed record FrontUses(IReadOnlyList<TermUsesOfKind> Counts);

/// <summary>The category of a front.</summary>
public sealed record FrontPlaceData(FrontPlaceDesk? Desk);

/// <summary>The category, if there is one with this id.</summary>
public sealed record FrontPlaceDesk(FrontPlaceCategory? Category);

/// <summary>A category with what its front needs.</summary>
public sealed record FrontPlaceCategory(string Id, string Name, string Slug, DateTimeOffset? FirstPublishedAt);

/// <summary>Where a front is shown: on the home page, or on the page of a category.</summary>
/// <param name="Name">The name of the page.</param>
/// <param name="SitePath">Its path on the reader site.</param>
/// <param name="CategoryId">The id of the category; null for the home page.</param>
/// <param name="Slug">The slug of the category; null for the home page.</param>
/// <param name="IsPublic">Whether readers can see the page.</param>
internal sealed record FrontPlace(string Name, string SitePath, string? CategoryId, string? Slug, bool IsPublic)
{
    /// <summary>The address of the list of fronts.</summary>
    public const string Path = "/studio/fronts";

    /// <summary>What the address of the front of the home page ends with.</summary>
    public const string HomeKey = "home";

    public static FrontPlace Home { get; } = new("Home page", "/", CategoryId: null, Slug: null, IsPublic: true);

    /// <summary>The address of the front in the Studio.</summary>
    public string Url => PathOf(CategoryId ?? HomeKey);

    /// <summary>Returns the address of the front of a category.</summary>
    public static string PathOf(string key) => $"{Path}/{Uri.EscapeDataString(key)}";

    public static FrontPlace Of(FrontPlaceCategory category) =>
        new(
            category.Name,
            $"/categories/{category.Slug}",
            category.Id,
            category.Slug,
            category.FirstPublishedAt is not null
        );
}

/// <summary>A front, articles that can be put on it, and what readers see.</summary>
public sealed record FrontData(FrontDesk? Desk, ReadersFront? Readers);

/// <summary>What the person may see of it.</summary>
public sealed record FrontDesk(SavedFront? Front, FrontArticles? Articles);

/// <summary>The front as it was last saved; null if it never was.</summary>
public sealed record SavedFront(
    int Version,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    IReadOnlyList<FrontArticle> Articles
);

/// <summary>Articles that can be put on a front.</summary>
public sealed record FrontArticles(IReadOnlyList<FrontArticle> Nodes, int TotalCount);

/// <summary>An article that is, or can be, on a front.</summary>
public sealed record FrontArticle(
    string Id,
    string Headline,
    ArticleStatus Status,
    DateTimeOffset? ScheduledAt,
    DateTimeOffset? TrashedAt,
    DateTimeOffset UpdatedAt,
    Named? Source,
    Named? Category,
    Picture? HeroImage
)
{
    /// <summary>The colour of its state: the name of a rule in the stylesheet.</summary>
    public string Dot =>
        TrashedAt is not null ? "trashed"
        : Status is ArticleStatus.Published ? "published"
        : Status is ArticleStatus.Withdrawn ? "withdrawn"
        : ScheduledAt is not null ? "scheduled"
        : "draft";

    /// <summary>Its state, in a word or two.</summary>
    public string State =>
        TrashedAt is not null ? "In the trash"
        : Status is ArticleStatus.Published ? "Published"
        : Status is ArticleStatus.Withdrawn ? "Withdrawn"
        : ScheduledAt is not null ? "Scheduled"
        : "Not published";

    /// <summary>Whether readers see it on the front.</summary>
    public bool IsPublic => Status is ArticleStatus.Published && TrashedAt is null;
}

/// <summary>The front as readers see it; null if editors have never saved one.</summary>
public sealed record ReadersFront(IReadOnlyList<ReadersArticle> Articles);

/// <summary>A published article on a front.</summary>
public sealed record ReadersArticle(string Id, string Headline);

/// <summary>One article.</summary>
public sealed record FrontArticleData(FrontArticleDesk? Desk);

/// <summary>The article, if there is one with this id.</summary>
public sealed record FrontArticleDesk(FrontArticle? Article);

/// <summary>The answer to a front that is saved.</summary>
public sealed record FrontSaved(Outcome SaveFront);
