using Cms.Foundation;

namespace Cms.Articles.Desk;

/// <summary>When articles or takes are due. Days are in the newsroom's time zone.</summary>
public enum DuePeriod
{
    /// <summary>
    /// The due date has passed, and the newest revision of the article is not published or the take is not submitted.
    /// </summary>
    Overdue,

    /// <summary>The due date is today.</summary>
    Today,

    /// <summary>The due date is this week, Monday to Sunday.</summary>
    ThisWeek,
}

internal static class DueDays
{
    extension(NewsroomTime newsroom)
    {
        /// <summary>Returns the first instant of a period and the first instant after it.</summary>
        public (DateTimeOffset From, DateTimeOffset To) Bounds(DuePeriod period, DateTimeOffset now)
        {
            var today = newsroom.DateOf(now);
            var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
            return period switch
            {
                DuePeriod.Overdue => (DateTimeOffset.UnixEpoch, now),
                DuePeriod.Today => (newsroom.StartOf(today), newsroom.StartOf(today.AddDays(1))),
                _ => (newsroom.StartOf(monday), newsroom.StartOf(monday.AddDays(7))),
            };
        }

        /// <summary>
        /// Returns the first instant of a day. If the clock skips midnight, the day begins after the gap.
        /// </summary>
        public DateTimeOffset StartOf(DateOnly date) => newsroom.InstantOf(date.ToDateTime(TimeOnly.MinValue));
    }
}
