using Cms.Studio.Api;

namespace Cms.Studio.Calendar;

/// <summary>A page of the calendar.</summary>
public sealed record CalendarData(CalendarDesk? Desk);

/// <summary>The calendar that the person may see.</summary>
public sealed record CalendarDesk(CalendarEntries? Calendar);

/// <summary>Some entries, earliest first.</summary>
public sealed record CalendarEntries(IReadOnlyList<CalendarEntry> Nodes, PageInfo PageInfo);

/// <summary>The days of a month.</summary>
public sealed record CalendarMonthData(CalendarMonth? Desk);

/// <summary>The days of the calendar that the person may see.</summary>
public sealed record CalendarMonth(IReadOnlyList<CalendarDay>? CalendarDays);

/// <summary>A day of the calendar.</summary>
/// <param name="Date">The date in the zone of the newsroom.</param>
/// <param name="Count">The number of entries, of which only the first may be shown.</param>
/// <param name="HasPublication">Whether readers get something new on this day.</param>
/// <param name="IsComplete">Whether all entries are counted.</param>
/// <param name="Entries">The entries, earliest first.</param>
public sealed record CalendarDay(
    DateOnly Date,
    int Count,
    bool HasPublication,
    bool IsComplete,
    IReadOnlyList<CalendarEntry> Entries
)
{
    /// <summary>Makes a day that shows all its entries.</summary>
    public static CalendarDay Of(DateOnly date, IReadOnlyList<CalendarEntry> entries, bool isComplete) =>
        new(
            date,
            entries.Count,
            entries.Any(entry => entry.Kind is CalendarKind.Scheduled or CalendarKind.Published),
            isComplete,
            entries
        );
}

/// <summary>Something that happens to an article at a time.</summary>
public sealed record CalendarEntry(CalendarKind Kind, DateTimeOffset At, CalendarArticle? Article)
{
    /// <summary>What happens, in a word or two.</summary>
    public string Words =>
        Kind switch
        {
            CalendarKind.Due => "Due",
            CalendarKind.EmbargoEnds => "Embargo ends",
            CalendarKind.Published => "Published",
            CalendarKind.Scheduled => "Scheduled",
            _ => "Withdrawal",
        };

    /// <summary>The colour of the entry: the name of a rule in the stylesheet.</summary>
    public string Dot =>
        Kind switch
        {
            CalendarKind.Due => "changes",
            CalendarKind.EmbargoEnds => "review",
            CalendarKind.Published => "published",
            CalendarKind.Scheduled => "scheduled",
            _ => "withdrawn",
        };
}

/// <summary>The article of an entry.</summary>
public sealed record CalendarArticle(string Id, string Headline, int Version, Named? Assignee);

/// <summary>What happens.</summary>
public enum CalendarKind
{
    Due,
    EmbargoEnds,
    Published,
    Scheduled,
    Withdrawal,
}

/// <summary>What the form of an entry sends.</summary>
public sealed class RescheduleForm
{
    /// <summary>The name under which the forms of all entries are handled.</summary>
    internal const string Handler = "move";

    /// <summary>The id of the article.</summary>
    public string? Id { get; set; }

    public int? Version { get; set; }

    /// <summary>The new time in the zone of the newsroom, for example <c>2026-11-12T09:15</c>.</summary>
    public string? At { get; set; }

    /// <summary>The rules whose warnings the person has seen and accepts.</summary>
    public IReadOnlyList<string>? Acknowledge { get; set; }
}

/// <summary>The answer to a new time for publication.</summary>
public sealed record Rescheduled(RescheduleOutcome ScheduleArticle);

/// <summary>The result of a new time for publication.</summary>
public sealed record RescheduleOutcome(IReadOnlyList<RescheduleRefusal> Errors);

/// <summary>A reason why the time was not changed.</summary>
/// <param name="Warnings">What the person can accept to change the time anyway; null if that would not help.</param>
public sealed record RescheduleRefusal(
    string Message,
    IReadOnlyList<string> Path,
    IReadOnlyList<RescheduleWarning>? Warnings
);

/// <summary>A warning that must be accepted before the publication.</summary>
public sealed record RescheduleWarning(string Rule, string Message);
