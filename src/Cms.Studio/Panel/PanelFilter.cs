using Cms.Studio.Articles;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.Studio.Panel;

/// <summary>Which panels the panel desk shows. It is in the address, so that it can be bookmarked and shared.</summary>
/// <param name="Tab">The tab, such as <c>review</c>; null for all panels.</param>
/// <param name="Persona">The slug of a persona whose takes matter; null for all.</param>
public sealed record PanelFilter(string? Tab, string? Persona)
{
    /// <summary>The address of the panel desk.</summary>
    public const string Path = "/studio/panel";

    /// <summary>The tabs, in order.</summary>
    internal static IReadOnlyList<PanelTab> Tabs { get; } =
    [
        new(null, "All", null),
        new("mine", "Mine", counts => counts.TakesAssignedToMe),
        new("review", "In review", counts => counts.TakesInReview),
        new("overdue", "Overdue", counts => counts.TakesOverdue),
        new("stale", "Stale", counts => counts.StaleTakes),
        new("missing", "Missing", null),
    ];

    /// <summary>The tab that is shown.</summary>
    internal PanelTab Current => Tabs.FirstOrDefault(tab => tab.Key == Tab) ?? Tabs[0];

    /// <summary>Returns the condition of the query; null for all articles.</summary>
    /// <param name="personas">The slugs of all personas.</param>
    public object? ToWhere(IReadOnlyList<string> personas)
    {
        var persona = Persona is null ? null : new { slug = new { eq = Persona } };
        return Tab switch
        {
            "mine" => new
            {
                take = Take(
                    new { isMe = true },
                    "assignee",
                    persona,
                    new[] { TakeStatus.Requested, TakeStatus.Drafted, TakeStatus.ChangesRequested }
                ),
            },
            "review" => new { take = Take(null, null, persona, new[] { TakeStatus.InReview }) },
            "overdue" => new { take = Take(DuePeriod.Overdue, "due", persona, null) },
            "stale" => new { take = Take(true, "isStale", persona, null) },
            "missing" => new
            {
                missingTakeOf = new { slug = persona is null ? (object)new { @in = personas } : persona.slug },
            },
            _ => persona is null ? null : new { take = Take(null, null, persona, null) },
        };
    }

    /// <summary>Returns the address of this list, or of one that differs in a parameter.</summary>
    public string ToUrl(params IEnumerable<(string Name, string? Value)> changes)
    {
        Dictionary<string, string?> query = new(StringComparer.Ordinal) { ["list"] = Tab, ["persona"] = Persona };
        foreach (var (name, value) in changes)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString(Path, query.Where(parameter => parameter.Value is not null));
    }

    private static Dictionary<string, object?> Take(object? value, string? name, object? persona, TakeStatus[]? status)
    {
        Dictionary<string, object?> take = new(StringComparer.Ordinal);
        if (name is not null)
        {
            take[name] = value;
        }

        if (persona is not null)
        {
            take["persona"] = persona;
        }

        if (status is not null)
        {
            take["status"] = new { @in = status };
        }

        return take;
    }

    private enum DuePeriod
    {
        Overdue,
    }
}

/// <summary>A tab of the panel desk.</summary>
/// <param name="Key">What the address calls it; null for all panels.</param>
/// <param name="Name">Its name.</param>
/// <param name="CountOf">Returns how many articles it has; null if they are not counted.</param>
internal sealed record PanelTab(string? Key, string Name, Func<PanelCounts, int>? CountOf);
