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
/// <param name="TotalCount">
/// The number of uses. A published article can be two: what readers see uses the term, and so does its newest version.
/// </param>
/// <param name="Counts">The number of uses of each kind.</param>
/// <param name="Users">The first uses. Takes and bookmarks are only counted.</param>
public sealed record TermUses(int TotalCount, IReadOnlyList<TermUsesOfKind> Counts, IReadOnlyList<TermUse> Users)
{
    /// <summary>Whether there are more uses than are listed.</summary>
    public bool IsCut => Counts.Where(uses => uses.IsListed).Sum(uses => uses.Count) > Users.Count;

    /// <summary>What is listed: each article once, whatever number of its versions use the term.</summary>
    public IReadOnlyList<TermUser> Listed =>
        [
            .. Users
                .GroupBy(use => (use.IsArticle, use.UsedById))
                .Select(uses => new TermUser(uses.First(), [.. uses.Select(use => use.Kind)], IsCut)),
        ];

    /// <summary>The uses in words, such as <c>3 articles, 1 tool</c>. If not all are listed, the kinds of articles are counted apart.</summary>
    public string Words
    {
        get
        {
            var articles = Users
                .Where(use => use.IsArticle)
                .Select(use => use.UsedById)
                .Distinct(StringComparer.Ordinal)
                .Count();
            return IsCut || articles == 0
                ? string.Join(", ", Counts.Select(uses => uses.Words))
                : string.Join(
                    ", ",
                    Counts
                        .Where(uses => !TermUse.IsOfArticle(uses.Kind))
                        .Select(uses => uses.Words)
                        .Prepend(articles == 1 ? "1 article" : $"{articles:N0} articles")
                );
        }
    }
}

/// <summary>How many uses there are of one kind.</summary>
public sealed record TermUsesOfKind(UsageKind Kind, int Count)
{
    /// <summary>Whether uses of this kind are listed. The others are only counted.</summary>
    public bool IsListed => Kind is not (UsageKind.Take or UsageKind.Bookmark);

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
                UsageKind.WorkingCopy => ("newest version of an article", "newest versions of articles"),
                UsageKind.Tool => ("tool", "tools"),
                UsageKind.Image => ("image", "images"),
                UsageKind.Front => ("front", "fronts"),
                UsageKind.Take => ("take", "takes"),
                UsageKind.Partner => ("partner’s agreement", "partners’ agreements"),
                _ => ("bookmark", "bookmarks"),
            };
            return Count == 1 ? $"1 {one}" : $"{Count:N0} {many}";
        }
    }
}

/// <summary>A use of a term.</summary>
public sealed record TermUse(UsageKind Kind, string UsedById, string Title)
{
    /// <summary>Whether an article uses it.</summary>
    public bool IsArticle => IsOfArticle(Kind);

    /// <summary>Returns whether uses of a kind are those of articles.</summary>
    public static bool IsOfArticle(UsageKind kind) =>
        kind is UsageKind.Article or UsageKind.Notice or UsageKind.Schedule or UsageKind.WorkingCopy;
}

/// <summary>An article, tool, image, front or partner that uses a term.</summary>
/// <param name="Use">One of its uses.</param>
/// <param name="Kinds">The kinds of all its uses.</param>
/// <param name="IsCut">Whether it can have more uses, which are not listed.</param>
public sealed record TermUser(TermUse Use, IReadOnlyList<UsageKind> Kinds, bool IsCut)
{
    /// <summary>What it is.</summary>
    public string Words =>
        Use.Kind switch
        {
            _ when Use.IsArticle => ArticleWords,
            UsageKind.Tool => "Tool",
            UsageKind.Image => "Image",
            UsageKind.Front => "Front",
            UsageKind.Take => "Take",
            UsageKind.Partner => "Agreement of a partner",
            _ => "Bookmark",
        };

    // Most published articles use it in what readers see and in their newest version, which needs no words.
    private string ArticleWords =>
        (
            Kinds.Contains(UsageKind.Article),
            Kinds.Contains(UsageKind.Schedule),
            Kinds.Contains(UsageKind.WorkingCopy)
        ) switch
        {
            (true, true, _) => "Published and scheduled article",
            (true, false, false) when !IsCut => "Published article, not its newest version",
            (true, false, _) => "Published article",
            (false, true, _) => "Scheduled article",
            _ when Kinds.Contains(UsageKind.Notice) => "Notice of a withdrawn article",
            _ => "Only in the newest version of the article",
        };

    /// <summary>Returns where it can be changed; null if the Studio has no page for it.</summary>
    /// <param name="termId">The id of the term that is used.</param>
    public string? UrlOf(string termId) =>
        Use.Kind switch
        {
            _ when Use.IsArticle => $"{Articles.ArticleFilter.Path}/{Use.UsedById}",
            UsageKind.Front => FrontPlace.PathOf(termId),
            UsageKind.Partner => Partners.PartnerWords.PathOf(Use.UsedById),
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
    Partner,
    Schedule,
    Take,
    Tool,
    WorkingCopy,
}
