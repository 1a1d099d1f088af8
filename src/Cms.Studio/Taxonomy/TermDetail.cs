using Cms.Studio.Api;
using Cms.Studio.Fronts;

namespace Cms.Studio.Taxonomy;

/// <summary>A term.</summary>
public sealed record TermData(TermDesk? Desk);

/// <summary>The term, if the person may see it.</summary>
public sealed record TermDesk(TermDetail? Term);

/// <summary>A term with what can be changed and what uses it.</summary>
public sealed record TermDetail(
    string Id,
    string Name,
    string Slug,
    int Version,
    DateTimeOffset? FirstPublishedAt,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    TermUses UsedBy,
    int? Order,
    string? Colour,
    string? Homepage,
    string? Bio,
    string? AvatarId,
    Picture? Avatar,
    IReadOnlyList<TermLink>? Links
);

/// <summary>A link in the profile of an author.</summary>
public sealed record TermLink(string Label, string Url);

/// <summary>What uses a term.</summary>
public sealed record TermUses(int TotalCount, IReadOnlyList<TermUsesOfKind> Counts, IReadOnlyList<TermUse> Users)
{
    /// <summary>The uses in words, such as <c>3 published articles, 1 tool</c>.</summary>
    public string Words => string.Join(", ", Counts.Select(uses => uses.Words));
}

/// <summary>How many uses there are of one kind.</summary>
public sealed record TermUsesOfKind(UsageKind Kind, int Count)
{
    /// <summary>The number with its noun.</summary>
    public string Words
    {
        get
        {
            var (one, many) = Kind switch
            {
                UsageKind.Article => ("published article", "published articles"),
                UsageKind.Notice => ("notice of a withdrawn article", "notices of withdrawn articles"),
                UsageKind.Schedule => ("scheduled article", "scheduled articles"),
                UsageKind.WorkingCopy => ("working copy", "working copies"),
                UsageKind.Tool => ("tool", "tools"),
                UsageKind.Image => ("image", "images"),
                UsageKind.Front => ("front", "fronts"),
                UsageKind.Take => ("take", "takes"),
                _ => ("bookmark", "bookmarks"),
            };
            return Count == 1 ? $"1 {one}" : $"{Count:N0} {many}";
        }
    }
}

/// <summary>Something that uses a term.</summary>
public sealed record TermUse(UsageKind Kind, string UsedById, string Title)
{
    /// <summary>What it is.</summary>
    public string Words =>
        Kind switch
        {
            UsageKind.Article => "Published article",
            UsageKind.Notice => "Notice of a withdrawn article",
            UsageKind.Schedule => "Scheduled article",
            UsageKind.WorkingCopy => "Working copy",
            UsageKind.Tool => "Tool",
            UsageKind.Image => "Image",
            UsageKind.Front => "Front",
            UsageKind.Take => "Take",
            _ => "Bookmark",
        };

    /// <summary>Returns where it can be changed; null if the Studio has no page for it.</summary>
    /// <param name="termId">The id of the term that is used.</param>
    public string? UrlOf(string termId) =>
        Kind switch
        {
            UsageKind.Article or UsageKind.Notice or UsageKind.Schedule or UsageKind.WorkingCopy =>
                $"{Articles.ArticleFilter.Path}/{UsedById}",
            UsageKind.Front => FrontPlace.PathOf(termId),
            _ => null,
        };
}

/// <summary>What can use a term.</summary>
public enum UsageKind
{
    Article,
    Bookmark,
    Front,
    Image,
    Notice,
    Schedule,
    Take,
    Tool,
    WorkingCopy,
}
