using Cms.Studio.Api;

namespace Cms.Studio.Calendar;

/// <summary>A page of the calendar.</summary>
public sealed record CalendarData(CalendarDesk? Desk);

/// <summary>The calendar that the person may see.</summary>
public sealed record CalendarDesk(CalendarEntries? Calendar);

/// <summary>Some entries, earliest first.</summary>
public sealed record CalendarEntries(IReadOnlyList<CalendarEntry> Nodes, PageInfo PageInfo);

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
public sealed record CalendarArticle(string Id, string Headline, int Version, CalendarWriter? Assignee);

/// <summary>Who writes an article.</summary>
public sealed record CalendarWriter(string Name);

/// <summary>What happens.</summary>
public enum CalendarKind
{
    Due,
    EmbargoEnds,
    Published,
    Scheduled,
    Withdrawal,
}

/// <summary>The answer to a new time for publication.</summary>
public sealed record Rescheduled(Outcome ScheduleArticle);
