using Cms.Studio.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.Studio.Articles;

/// <summary>Which articles a list shows. It is in the address, so that it can be bookmarked and shared.</summary>
/// <param name="Tab">The tab, such as <c>drafts</c>; null for all articles.</param>
/// <param name="Text">Words to find; null for none.</param>
/// <param name="Category">The slug of a category; null for all.</param>
/// <param name="Persona">The slug of a persona whose take is missing; null if that does not matter.</param>
/// <param name="Due">When the articles are due: <c>today</c> or <c>week</c>; null if that does not matter.</param>
public sealed record ArticleFilter(string? Tab, string? Text, string? Category, string? Persona, string? Due)
{
    /// <summary>The address of the list.</summary>
    public const string Path = "/studio/articles";

    /// <summary>The tabs, in order, with the number of articles in each.</summary>
    internal static IReadOnlyList<Tab> Tabs { get; } =
    [
        new(null, "All", null, new { }),
        new("mine", "Mine", counts => counts.WrittenByMe, new { author = new { isMe = true } }),
        new(
            "waiting",
            "For my review",
            counts => counts.WaitingForMyReview,
            new { reviewer = new { isMe = true }, review = new { eq = ReviewState.InReview } }
        ),
        new("drafts", "Drafts", counts => counts.Drafts, new { status = new { eq = ArticleStatus.Draft } }),
        new("review", "In review", counts => counts.InReview, new { review = new { eq = ReviewState.InReview } }),
        new(
            "changes",
            "Changes requested",
            counts => counts.ChangesRequested,
            new { review = new { eq = ReviewState.ChangesRequested } }
        ),
        new("approved", "Approved", counts => counts.Approved, new { review = new { eq = ReviewState.Approved } }),
        new(
            "scheduled",
            "Scheduled",
            counts => counts.Scheduled,
            new { isScheduled = true },
            new { scheduledAt = Order.Asc }
        ),
        new(
            "published",
            "Published",
            counts => counts.Published,
            new { status = new { eq = ArticleStatus.Published } }
        ),
        new("overdue", "Overdue", counts => counts.Overdue, new { due = Period.Overdue }, new { dueAt = Order.Asc }),
        new(
            "takes",
            "Takes to review",
            counts => counts.TakesInReview,
            new { take = new { status = new { eq = TakeStatus.InReview } } }
        ),
        new("stale", "Stale takes", counts => counts.StaleTakes, new { take = new { isStale = true } }),
        new(
            "withdrawn",
            "Withdrawn",
            counts => counts.Withdrawn,
            new { status = new { eq = ArticleStatus.Withdrawn } }
        ),
        new("trash", "Trash", counts => counts.Trashed, new { isTrashed = true }),
    ];

    /// <summary>The tab that is shown.</summary>
    internal Tab Current => Tabs.FirstOrDefault(tab => tab.Key == Tab) ?? Tabs[0];

    /// <summary>Whether more is asked for than a tab.</summary>
    public bool IsNarrow => (Text ?? Category ?? Persona ?? Due) is not null;

    /// <summary>Returns the variables of the query.</summary>
    public Dictionary<string, object?> ToVariables(string? after, string? before, int size)
    {
        List<object> all = [Current.Where];
        if (Category is not null)
        {
            all.Add(new { category = new { slug = new { eq = Category } } });
        }

        if (Persona is not null)
        {
            all.Add(new { missingTakeOf = new { slug = new { eq = Persona } } });
        }

        if (Due is not null)
        {
            all.Add(new { due = Due == "today" ? Period.Today : Period.ThisWeek });
        }

        var variables = ListWindow.Of(after, before, size);

        // The condition on the trash applies only at the top.
        variables["where"] = Tab == "trash" ? new { isTrashed = true, and = all } : (object)new { and = all };
        variables["order"] = Current.Order is { } order ? new[] { order } : null;
        variables["text"] = Text;
        return variables;
    }

    /// <summary>Returns the address of this list, or of one that differs in some parameters.</summary>
    public string ToUrl(params IEnumerable<(string Name, string? Value)> changes)
    {
        Dictionary<string, string?> query = new(StringComparer.Ordinal)
        {
            ["list"] = Tab,
            ["q"] = Text,
            ["category"] = Category,
            ["missing"] = Persona,
            ["due"] = Due,
        };
        foreach (var (name, value) in changes)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString(Path, query.Where(parameter => parameter.Value is not null));
    }

    private enum Order
    {
        Asc,
    }

    private enum Period
    {
        Overdue,
        ThisWeek,
        Today,
    }
}

/// <summary>A tab of the list of articles.</summary>
/// <param name="Key">What the address calls it; null for all articles.</param>
/// <param name="Name">Its name.</param>
/// <param name="CountOf">Returns how many articles it has; null if they are not counted.</param>
/// <param name="Where">The condition of its articles.</param>
/// <param name="Order">The order; null for the most recently changed first.</param>
internal sealed record Tab(
    string? Key,
    string Name,
    Func<ArticleCounts, int>? CountOf,
    object Where,
    object? Order = null
);
