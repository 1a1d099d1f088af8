using System.Globalization;
using Cms.Articles.Desk;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;

namespace Cms.Articles.Timeline;

/// <summary>What an entry in the calendar is about.</summary>
public enum DeskCalendarKind
{
    /// <summary>The article is scheduled for this time.</summary>
    Scheduled,

    /// <summary>The embargo of the article ends.</summary>
    EmbargoEnds,

    /// <summary>The article is due.</summary>
    Due,

    /// <summary>The article was published.</summary>
    Published,

    /// <summary>The article will be withdrawn.</summary>
    Withdrawal,
}

/// <summary>An entry in the calendar.</summary>
public sealed class DeskCalendarEntry : ITimelineItem
{
    /// <summary>What the entry is about.</summary>
    public required DeskCalendarKind Kind { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset At { get; init; }

    [GraphQLIgnore]
    public required ArticleId ArticleId { get; init; }

    int ITimelineItem.Rank => (int)Kind;

    Guid ITimelineItem.RowId => ArticleId.Value;
}

/// <summary>
/// Lists the calendar entries in a period, earliest first: scheduled publications, ends of embargoes, due dates,
/// publications and scheduled withdrawals. Articles in the trash are left out.
/// </summary>
public sealed class ListCalendar(ReadContexts contexts)
{
    /// <summary>The longest period, in days: a quarter.</summary>
    public const int MaxDays = 92;

    public async Task<Connection<DeskCalendarEntry>?> Handle(
        DateTimeOffset from,
        DateTimeOffset to,
        PageArguments page,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        if (to <= from || to - from > TimeSpan.FromDays(MaxDays))
        {
            throw new RequestError(
                ErrorCodes.BadUserInput,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Set `to` to a time after `from`, at most {MaxDays} days later."
                )
            );
        }

        var (begin, end) = (from.ToMilliseconds(), to.ToMilliseconds());
        var list = ListHash
            .Of("desk calendar")
            .With(begin.ToString("O", CultureInfo.InvariantCulture))
            .With(end.ToString("O", CultureInfo.InvariantCulture));
        var seesMany = await contexts.SeesManyAsync(viewer, cancellationToken);
        return await contexts.PageAsync(
            list,
            page,
            descending: false,
            db => Sources(db.ListingsOf(viewer, seesMany).Untrashed(), begin, end),
            cancellationToken
        );
    }

    internal static List<TimelineSource<DeskCalendarEntry>> Sources(
        IQueryable<DeskListing> listed,
        DateTimeOffset from,
        DateTimeOffset to
    ) =>
        [
            new TimelineSource<DeskListing, ArticleId, DeskCalendarEntry>(
                (int)DeskCalendarKind.Scheduled,
                listed.Where(l => l.ScheduledAt >= from && l.ScheduledAt < to),
                TimelineRows.BySchedule,
                l => new DeskCalendarEntry
                {
                    Kind = DeskCalendarKind.Scheduled,
                    At = l.ScheduledAt!.Value,
                    ArticleId = l.ArticleId,
                }
            ),
            new TimelineSource<DeskListing, ArticleId, DeskCalendarEntry>(
                (int)DeskCalendarKind.EmbargoEnds,
                listed.Where(l => l.EmbargoUntil >= from && l.EmbargoUntil < to),
                TimelineRows.ByEmbargo,
                l => new DeskCalendarEntry
                {
                    Kind = DeskCalendarKind.EmbargoEnds,
                    At = l.EmbargoUntil!.Value,
                    ArticleId = l.ArticleId,
                }
            ),
            new TimelineSource<DeskListing, ArticleId, DeskCalendarEntry>(
                (int)DeskCalendarKind.Due,
                listed.Where(l => l.DueAt >= from && l.DueAt < to),
                TimelineRows.ByDueDate,
                l => new DeskCalendarEntry
                {
                    Kind = DeskCalendarKind.Due,
                    At = l.DueAt!.Value,
                    ArticleId = l.ArticleId,
                }
            ),
            new TimelineSource<DeskListing, ArticleId, DeskCalendarEntry>(
                (int)DeskCalendarKind.Published,
                listed.Where(l => l.PublishedAt >= from && l.PublishedAt < to),
                TimelineRows.ByPublication,
                l => new DeskCalendarEntry
                {
                    Kind = DeskCalendarKind.Published,
                    At = l.PublishedAt!.Value,
                    ArticleId = l.ArticleId,
                }
            ),
            new TimelineSource<DeskListing, ArticleId, DeskCalendarEntry>(
                (int)DeskCalendarKind.Withdrawal,
                listed.Where(l => l.WithdrawAt >= from && l.WithdrawAt < to),
                TimelineRows.ByWithdrawal,
                l => new DeskCalendarEntry
                {
                    Kind = DeskCalendarKind.Withdrawal,
                    At = l.WithdrawAt!.Value,
                    ArticleId = l.ArticleId,
                }
            ),
        ];
}
