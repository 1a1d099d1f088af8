using Cms.Articles.Comments;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Partners.Takedowns;
using Cms.People;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Timeline;

/// <summary>Why something is in your inbox.</summary>
public enum DeskInboxKind
{
    /// <summary>You are asked to review the article.</summary>
    Review,

    /// <summary>An editor asked for changes to an article that you are writing.</summary>
    ChangesRequested,

    /// <summary>A comment in an open thread mentions you.</summary>
    Mention,

    /// <summary>You are assigned to write the article and have not submitted it yet.</summary>
    Assigned,

    /// <summary>The article could not be published at the time for which you scheduled it.</summary>
    ScheduleFailed,

    /// <summary>You are asked to write a take.</summary>
    TakeRequested,

    /// <summary>An editor asked for changes to a take that you are writing.</summary>
    TakeChangesRequested,

    /// <summary>Partners have not confirmed in time that they deleted the withdrawn article.</summary>
    TakedownOverdue,
}

/// <summary>An item in your inbox.</summary>
public sealed class DeskInboxItem : ITimelineItem
{
    /// <summary>Why the item is in your inbox.</summary>
    public required DeskInboxKind Kind { get; init; }

    /// <summary>When you were asked, mentioned or assigned, the schedule failed or the deadline passed.</summary>
    public required DateTimeOffset At { get; init; }

    [GraphQLIgnore]
    public required ArticleId ArticleId { get; init; }

    [GraphQLIgnore]
    public CommentId? CommentId { get; init; }

    [GraphQLIgnore]
    public TakeId? TakeId { get; init; }

    [GraphQLIgnore]
    public EditionId? TakedownId { get; init; }

    [GraphQLIgnore]
    public DateTimeOffset ReadUntil { get; set; }

    int ITimelineItem.Rank => (int)Kind;

    Guid ITimelineItem.RowId => CommentId?.Value ?? TakeId?.Value ?? TakedownId?.Value ?? ArticleId.Value;
}

/// <summary>A page of an inbox.</summary>
public sealed class DeskInboxPage(Connection<DeskInboxItem> page, Func<IDataLoaderResult<int>> unread)
    : Connection<DeskInboxItem>(page)
{
    public IDataLoaderResult<int> CountUnread() => unread();
}

/// <summary>Lists what needs a person's attention, newest first. Items leave the list when their reason ends.</summary>
public sealed class ListInbox(ReadContexts contexts)
{
    /// <summary>The number at which counting unread items stops.</summary>
    public const int MaxUnread = 100;

    private static readonly ListHash List = ListHash.Of("desk inbox");

    public async Task<DeskInboxPage> Handle(PageArguments page, Viewer viewer, CancellationToken cancellationToken)
    {
        var (until, writesMany) = await OwnerAsync(viewer, cancellationToken);
        var items = await contexts.PageAsync(
            List,
            page,
            descending: true,
            db => Sources(db, viewer, DateTimeOffset.UnixEpoch, writesMany),
            cancellationToken
        );
        foreach (var item in items.Nodes)
        {
            item.ReadUntil = until;
        }

        return new DeskInboxPage(items, contexts.Counting(db => Sources(db, viewer, until, writesMany), MaxUnread));
    }

    private async Task<(DateTimeOffset ReadUntil, bool WritesMany)> OwnerAsync(
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var me = viewer.Key.GetValueOrDefault();
        using var lease = await contexts.RentAsync(cancellationToken);
        var readings = lease.Db.InboxReadings.Where(r => r.PersonKey == me).Select(r => (DateTimeOffset?)r.ReadUntil);
        var written = lease.Db.WrittenArticles(viewer).Untrashed().Take(DeskCounts.Most);

        // The counter has exactly one row.
        var owner = await lease
            .Db.ChangeCounters.Select(_ => new { ReadUntil = readings.SingleOrDefault(), Written = written.Count() })
            .SingleAsync(cancellationToken);
        return (owner.ReadUntil ?? DateTimeOffset.UnixEpoch, owner.Written == DeskCounts.Most);
    }

    // Only items after a time, which is the beginning of time for the whole inbox.
    private static List<TimelineSource<DeskInboxItem>> Sources(
        CmsDbContext db,
        Viewer viewer,
        DateTimeOffset after,
        bool writesMany
    )
    {
        var me = viewer.Key.GetValueOrDefault();
        var listed = db.ListingsOf(viewer).Untrashed();
        List<TimelineSource<DeskInboxItem>> sources =
        [
            new TimelineSource<DeskListing, ArticleId, DeskInboxItem>(
                (int)DeskInboxKind.Review,
                db.DeskListings.Untrashed()
                    .Where(l => l.ReviewerKey == me && l.Review == ReviewState.InReview && l.ReviewChangedAt > after),
                TimelineRows.ByReview,
                l => new DeskInboxItem
                {
                    Kind = DeskInboxKind.Review,
                    At = l.ReviewChangedAt!.Value,
                    ArticleId = l.ArticleId,
                }
            ),
            new TimelineSource<DeskListing, ArticleId, DeskInboxItem>(
                (int)DeskInboxKind.ChangesRequested,
                db.ListingsOf(db.WrittenArticles(viewer).Untrashed(), writesMany)
                    .Untrashed()
                    .Where(l => l.Review == ReviewState.ChangesRequested && l.ReviewChangedAt > after),
                TimelineRows.ByReview,
                l => new DeskInboxItem
                {
                    Kind = DeskInboxKind.ChangesRequested,
                    At = l.ReviewChangedAt!.Value,
                    ArticleId = l.ArticleId,
                }
            ),
            new TimelineSource<Comment, CommentId, DeskInboxItem>(
                (int)DeskInboxKind.Mention,
                db.CommentMentions.Where(m => m.PersonKey == me)
                    .Join(db.Comments, m => m.CommentId, c => c.Id, (m, c) => c)
                    .Where(c =>
                        c.CreatedAt > after
                        && c.DeletedAt == null
                        && c.ResolvedAt == null
                        && !db.Comments.Any(first => first.Id == c.ThreadId && first.ResolvedAt != null)
                        // Authors can be mentioned on articles that they cannot see.
                        && listed.Any(l => l.ArticleId == c.ArticleId)
                    ),
                TimelineRows.ByComment,
                c => new DeskInboxItem
                {
                    Kind = DeskInboxKind.Mention,
                    At = c.CreatedAt,
                    ArticleId = c.ArticleId,
                    CommentId = c.Id,
                }
            ),
            new TimelineSource<DeskListing, ArticleId, DeskInboxItem>(
                (int)DeskInboxKind.Assigned,
                db.DeskListings.Untrashed()
                    .Where(l => l.AssigneeKey == me && l.Review == ReviewState.Drafting && l.AssignedAt > after),
                TimelineRows.ByAssignment,
                l => new DeskInboxItem
                {
                    Kind = DeskInboxKind.Assigned,
                    At = l.AssignedAt!.Value,
                    ArticleId = l.ArticleId,
                }
            ),
            new TimelineSource<DeskListing, ArticleId, DeskInboxItem>(
                (int)DeskInboxKind.ScheduleFailed,
                listed.Where(l => l.ScheduleRefusedTo == me && l.ScheduleRefusedAt > after),
                TimelineRows.ByRefusal,
                l => new DeskInboxItem
                {
                    Kind = DeskInboxKind.ScheduleFailed,
                    At = l.ScheduleRefusedAt!.Value,
                    ArticleId = l.ArticleId,
                }
            ),
            TakesOf(DeskInboxKind.TakeRequested, TakeStatus.Requested),
            TakesOf(DeskInboxKind.TakeChangesRequested, TakeStatus.ChangesRequested),
        ];
        if (viewer.Is(Role.Editor))
        {
            sources.Add(OverdueTakedowns(db, after));
        }

        return sources;

        TimelineSource<DeskInboxItem> TakesOf(DeskInboxKind kind, TakeStatus status) =>
            new TimelineSource<Take, TakeId, DeskInboxItem>(
                (int)kind,
                db.Takes.Where(t =>
                    t.AssigneeKey == me
                    && t.Status == status
                    && t.StatusChangedAt > after
                    && listed.Any(l => l.ArticleId == t.ArticleId)
                ),
                TimelineRows.ByTake,
                t => new DeskInboxItem
                {
                    Kind = kind,
                    At = t.StatusChangedAt,
                    ArticleId = t.ArticleId,
                    TakeId = t.Id,
                }
            );
    }

    // Every editor sees them, also the one who withdrew the article.
    private static TimelineSource<Takedown, EditionId, DeskInboxItem> OverdueTakedowns(
        CmsDbContext db,
        DateTimeOffset after
    )
    {
        var owed = db.Owed;
        return new TimelineSource<Takedown, EditionId, DeskInboxItem>(
            (int)DeskInboxKind.TakedownOverdue,
            db.Takedowns.Where(t => t.EscalatedAt > after && owed.Any(r => r.TakedownId == t.Id)),
            TimelineRows.ByEscalation,
            t => new DeskInboxItem
            {
                Kind = DeskInboxKind.TakedownOverdue,
                At = t.EscalatedAt!.Value,
                ArticleId = t.ArticleId,
                TakedownId = t.Id,
            }
        );
    }
}
