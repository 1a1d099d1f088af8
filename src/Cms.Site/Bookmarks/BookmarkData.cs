using System.Text.Json.Serialization;
using Cms.Site.Articles;
using Cms.Site.Layout;
using Cms.Site.Pages;

namespace Cms.Site.Bookmarks;

/// <summary>A page of a reader's bookmarks; the viewer is null if the session has ended.</summary>
public sealed record BookmarksData(BookmarksViewer? Viewer);

/// <summary>A reader's bookmarks and their numbers by kind.</summary>
public sealed record BookmarksViewer(
    TotalData All,
    TotalData Articles,
    TotalData Takes,
    TotalData Tools,
    BookmarkPage Bookmarks
);

/// <summary>A page of bookmarks.</summary>
public sealed record BookmarkPage(
    NextPageData PageInfo,
    [property: JsonPropertyName("nodes")] IReadOnlyList<BookmarkData> Items
);

/// <summary>A bookmark.</summary>
public sealed record BookmarkData(string? Note, DateTimeOffset SavedAt, bool ChangedSinceSaved, TargetData Target);

/// <summary>What was bookmarked: an article, a take or a tool, or what remains of one that is no longer public.</summary>
public sealed record TargetData
{
    /// <summary><c>Article</c>, <c>Take</c>, <c>Tool</c> or <c>RemovedTarget</c>.</summary>
    [JsonPropertyName("__typename")]
    public required string Type { get; init; }

    public string? Id { get; init; }

    public string? Slug { get; init; }

    public string? Headline { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public IReadOnlyList<CorrectionTime> Corrections { get; init; } = [];

    public SectionData? Category { get; init; }

    public IReadOnlyList<SavedTake> Takes { get; init; } = [];

    public SavedPicture? HeroImage { get; init; }

    /// <summary>The summary of a take in one line.</summary>
    public string? Verdict { get; init; }

    public Stance? Stance { get; init; }

    public SavedPersona? Persona { get; init; }

    /// <summary>The article of a take.</summary>
    public SavedTakeArticle? Article { get; init; }

    /// <summary>The name of a tool.</summary>
    public string? Name { get; init; }

    public string? ToolKind { get; init; }

    public string? ToolSummary { get; init; }

    public PictureData? Logo { get; init; }

    /// <summary>The id of something that is no longer public.</summary>
    public string? TargetId { get; init; }

    public string? RemovedKind { get; init; }

    public string? Reason { get; init; }

    public ArticleLink? Successor { get; init; }
}

/// <summary>When a correction was published.</summary>
public sealed record CorrectionTime(DateTimeOffset At);

/// <summary>A bar of the panel's line.</summary>
public sealed record SavedTake(Stance Stance, int Confidence, PersonaRef Persona) : IStand
{
    [JsonIgnore]
    public string PersonaSlug => Persona.Slug;

    [JsonIgnore]
    public string PersonaName => Persona.Name;
}

/// <summary>The picture of a bookmarked article.</summary>
public sealed record SavedPicture(string? Placeholder, HeroRights Rights, string Small, string Large);

/// <summary>The persona of a bookmarked take.</summary>
public sealed record SavedPersona(string Slug, string Name, PictureData? Avatar);

/// <summary>The article of a bookmarked take.</summary>
public sealed record SavedTakeArticle(
    string Slug,
    string Headline,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<CorrectionTime> Corrections
);

/// <summary>An article to link to.</summary>
public sealed record ArticleLink(string Slug, string Headline);

/// <summary>The public articles, takes and tools with some ids; null for each that is not public.</summary>
public sealed record SavedData([property: JsonPropertyName("nodes")] IReadOnlyList<TargetData?> Items);

/// <summary>Which of some articles, takes and tools the reader has bookmarked, and how many bookmarks there are.</summary>
public sealed record IsSavedData(
    IsSavedViewer? Viewer,
    [property: JsonPropertyName("nodes")] IReadOnlyList<IsSavedTarget?> Items
);

/// <summary>The number of a reader's bookmarks.</summary>
public sealed record IsSavedViewer(TotalData Bookmarks);

/// <summary>Whether something is bookmarked.</summary>
public sealed record IsSavedTarget(string? Id, bool? IsBookmarked);
