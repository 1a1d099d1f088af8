using System.Globalization;

namespace Cms.Studio.Layout;

/// <summary>Writes times as the newsroom reads them: in its time zone, and shorter the nearer they are.</summary>
public sealed class Times(StudioHost host, TimeProvider clock)
{
    /// <summary>Returns a time, for example <c>09:15</c> today, <c>12 Nov, 09:15</c> this year, otherwise <c>12 Nov 2025</c>.</summary>
    public string Brief(DateTimeOffset time)
    {
        var local = ToLocal(time);
        var today = ToLocal(clock.GetUtcNow());
        return local.Date == today.Date ? local.ToString("HH:mm", CultureInfo.InvariantCulture)
            : local.Year == today.Year ? local.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture)
            : local.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
    }

    /// <summary>Returns a time with its date and zone, for example <c>Thursday, 12 November 2026, 09:15 (Europe/Berlin)</c>.</summary>
    public string Whole(DateTimeOffset time) => $"{Moment(time)} ({host.TimeZone.Id})";

    /// <summary>Returns a time with its day, for example <c>Thursday, 12 November 2026, 09:15</c>.</summary>
    public string Moment(DateTimeOffset time) =>
        ToLocal(time).ToString("dddd, d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Returns the time of day, for example <c>09:15</c>.</summary>
    public string Clock(DateTimeOffset time) => ToLocal(time).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Returns a time as a field for dates and times holds it, for example <c>2026-11-12T09:15</c>.</summary>
    public string Local(DateTimeOffset time) =>
        ToLocal(time).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The current day.</summary>
    public DateOnly Today => DayOf(clock.GetUtcNow());

    /// <summary>Returns the day of a time.</summary>
    public DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(ToLocal(time).DateTime);

    /// <summary>Returns the name of a day, for example <c>Today</c>, <c>Yesterday</c> or <c>Thursday, 12 November 2026</c>.</summary>
    public string NameOf(DateOnly day) =>
        day == Today ? "Today"
        : day == Today.AddDays(-1) ? "Yesterday"
        : day.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Returns when a day begins. If the clocks skip midnight, it begins after the gap.</summary>
    public DateTimeOffset StartOf(DateOnly day) => ToUtc(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>Reads a time from a field for dates and times.</summary>
    /// <param name="text">For example <c>2026-11-12T09:15</c>, in the newsroom's zone; empty for no time.</param>
    /// <param name="time">The time; null if the field is empty.</param>
    /// <returns>Whether the text is a time.</returns>
    public bool TryRead(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (
            !DateTime.TryParseExact(
                text,
                ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
        )
        {
            return false;
        }

        time = ToUtc(local);
        return true;
    }

    // A time that the clocks skip is moved forward by the length of the gap. Of two equal times, the first one counts.
    private DateTimeOffset ToUtc(DateTime time)
    {
        // The first of two equal times has the larger offset. Before a gap, the offset is the smaller one.
        var offset =
            host.TimeZone.IsAmbiguousTime(time) ? host.TimeZone.GetAmbiguousTimeOffsets(time).Max()
            : host.TimeZone.IsInvalidTime(time) ? host.TimeZone.GetUtcOffset(time.AddDays(-1))
            : host.TimeZone.GetUtcOffset(time);
        return new DateTimeOffset(time, offset).ToUniversalTime();
    }

    private DateTimeOffset ToLocal(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, host.TimeZone);
}
