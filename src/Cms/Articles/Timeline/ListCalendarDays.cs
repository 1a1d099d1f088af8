using System.Globalization;
using Cms.Articles.Desk;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;

namespace Cms.Articles.Timeline;

/// <summary>A day of the calendar, in the time zone of the newsroom.</summary>
public sealed class DeskCalendarDay
{
    /// <summary>The most entries that a day shows.</summary>
    public const int MaxEntries = 8;

    /// <summary>The date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The number of entries on this day.</summary>
    public required int Count { get; init; }

    /// <summary>Whether an article is published on this day, or scheduled for it.</summary>
    public required bool HasPublication { get; init; }

    /// <summary>
    /// Whether all entries of this day were counted. If false, there were too many entries on earlier days: ask for fewer
    /// days.
    /// </summary>
    public required bool IsComplete { get; init; }

    /// <summary>The first entries, earliest first, at most 8.</summary>
    [ListSize(MaxEntries)]
    public required List<DeskCalendarEntry> Entries { get; init; }
}

/// <summary>
/// Lists the days of a calendar, each with its first entries. It reads the times of all entries once, so it costs less than
/// to page through them.
/// </summary>
public sealed class ListCalendarDays(ReadContexts contexts, NewsroomTime newsroom)
{
    /// <summary>The most days: a month in whole weeks.</summary>
    public const int MaxDays = 42;

    // More entries of one kind are not counted.
    private const int MaxOfKind = 3000;

    public async Task<List<DeskCalendarDay>?> Handle(
        DateOnly from,
        int days,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (days is < 1 or > MaxDays)
        {
            throw new RequestError(
                ErrorCodes.BadUserInput,
                string.Create(CultureInfo.InvariantCulture, $"Set `days` to a number from 1 to {MaxDays}.")
            );
        }

        if (from.DayNumber > DateOnly.MaxValue.DayNumber - days)
        {
            throw new RequestError(ErrorCodes.BadUserInput, "Set `from` to an earlier date.");
        }

        var (begin, end) = (newsroom.StartOf(from), newsroom.StartOf(from.AddDays(days)));
        using var lease = await contexts.RentAsync(cancellationToken);
        var seesMany = await lease.Db.SeesManyAsync(viewer, cancellationToken);
        List<DeskCalendarEntry> entries = [];
        var complete = end;
        foreach (var source in ListCalendar.Sources(lease.Db.ListingsOf(viewer, seesMany).Untrashed(), begin, end))
        {
            var read = await source.ReadAsync(MaxOfKind + 1, cancellationToken);
            if (read.Count > MaxOfKind && read[^1].At < complete)
            {
                complete = read[^1].At;
            }

            entries.AddRange(read);
        }

        var byDay = entries.ToLookup(entry => newsroom.DateOf(entry.At));
        return
        [
            .. Enumerable
                .Range(0, days)
                .Select(from.AddDays)
                .Select(day => new DeskCalendarDay
                {
                    Date = day,
                    Count = byDay[day].Count(),
                    HasPublication = byDay[day]
                        .Any(entry => entry.Kind is DeskCalendarKind.Published or DeskCalendarKind.Scheduled),
                    IsComplete = newsroom.StartOf(day.AddDays(1)) <= complete,
                    Entries =
                    [
                        .. byDay[day].OrderBy(TimelinePlace.Of, TimelinePlace.Order).Take(DeskCalendarDay.MaxEntries),
                    ],
                }),
        ];
    }
}
