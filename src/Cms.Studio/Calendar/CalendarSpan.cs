using System.Globalization;

namespace Cms.Studio.Calendar;

/// <summary>The days that a calendar shows: whole weeks, from Monday to Sunday.</summary>
/// <param name="IsWeek">Whether it shows one week; otherwise it shows the weeks of a month.</param>
/// <param name="Day">A day in the week or month.</param>
public sealed record CalendarSpan(bool IsWeek, DateOnly Day)
{
    private const int DaysOfWeek = 7;

    // Local times a day apart exist in every zone, so the years that have no day before or after are not shown.
    private const int FirstYear = 1900;
    private const int LastYear = 2200;

    /// <summary>Reads what an address asks for.</summary>
    /// <param name="view"><c>week</c> for a week.</param>
    /// <param name="day">A day as <c>2026-11-27</c>; anything else is today.</param>
    public static CalendarSpan Of(string? view, string? day, DateOnly today) =>
        new(
            view == "week",
            DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var given)
            && given.Year is >= FirstYear and <= LastYear
                ? given
                : today
        );

    /// <summary>The first day that is shown.</summary>
    public DateOnly First => MondayOf(IsWeek ? Day : new DateOnly(Day.Year, Day.Month, 1));

    /// <summary>The day after the last one that is shown.</summary>
    public DateOnly End =>
        IsWeek
            ? First.AddDays(DaysOfWeek)
            : MondayOf(new DateOnly(Day.Year, Day.Month, 1).AddMonths(1).AddDays(-1)).AddDays(DaysOfWeek);

    /// <summary>The days that are shown.</summary>
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, End.DayNumber - First.DayNumber).Select(First.AddDays);

    /// <summary>What the calendar shows, for example <c>November 2026</c>.</summary>
    public string Title =>
        IsWeek
            ? $"{First.ToString("d MMM", CultureInfo.InvariantCulture)} – {End.AddDays(-1).ToString("d MMM yyyy", CultureInfo.InvariantCulture)}"
            : Day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The span before this one.</summary>
    public CalendarSpan Previous => this with { Day = IsWeek ? Day.AddDays(-DaysOfWeek) : Day.AddMonths(-1) };

    /// <summary>The span after this one.</summary>
    public CalendarSpan Next => this with { Day = IsWeek ? Day.AddDays(DaysOfWeek) : Day.AddMonths(1) };

    /// <summary>The address of the calendar.</summary>
    public string Url =>
        $"/studio/calendar?view={(IsWeek ? "week" : "month")}&day={Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    private static DateOnly MondayOf(DateOnly day) =>
        day.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));
}
