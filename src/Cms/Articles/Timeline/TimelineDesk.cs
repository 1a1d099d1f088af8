using Cms.Articles.Comments;
using Cms.Articles.Desk;
using Cms.Articles.Drafting;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Desk;
using Cms.People;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using AuthorizeAttribute = Cms.GraphQL.AuthorizeAttribute;

namespace Cms.Articles.Timeline;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class TimelineDesk
{
    /// <summary>
    /// The calendar entries in a period of at most 92 days, earliest first: scheduled publications, ends of embargoes,
    /// due dates, publications and scheduled withdrawals. Editors see all articles; authors see those that they work
    /// on.
    /// </summary>
    /// <param name="from">The beginning of the period.</param>
    /// <param name="to">The end of the period, which is not included.</param>
    public static Task<Connection<DeskCalendarEntry>?> GetCalendarAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        PageArguments page,
        Viewer viewer,
        [Service] ListCalendar calendar,
        CancellationToken cancellationToken
    ) => calendar.Handle(from, to, page, viewer, cancellationToken);

    /// <summary>
    /// The days of a calendar in the time zone of the newsroom, each with the number of its entries and the first ones.
    /// Editors see all articles; authors see those that they work on.
    /// </summary>
    /// <param name="from">The first day.</param>
    /// <param name="days">The number of days: 1–42.</param>
    [ListSize(ListCalendarDays.MaxDays)]
    public static Task<List<DeskCalendarDay>?> GetCalendarDaysAsync(
        DateOnly from,
        int days,
        Viewer viewer,
        [Service] ListCalendarDays calendar,
        CancellationToken cancellationToken
    ) => calendar.Handle(from, days, viewer, cancellationToken);

    /// <summary>
    /// The activity on articles, newest first: each revision, edition and comment. For each article, also the latest
    /// step of its review and its latest move to the trash. Editors see all articles; authors see those that they work
    /// on.
    /// </summary>
    public static Task<Connection<DeskActivity>?> GetActivityAsync(
        PageArguments page,
        Viewer viewer,
        [Service] ListActivity activity,
        CancellationToken cancellationToken
    ) => activity.Handle(page, viewer, cancellationToken);

    /// <summary>
    /// What needs your attention, newest first: reviews, requested changes, mentions, assignments, takes to write or
    /// change, failed schedules, and takedowns that partners have not confirmed in time.
    /// </summary>
    public static async Task<Connection<DeskInboxItem>?> GetInboxAsync(
        PageArguments page,
        Viewer viewer,
        [Service] ListInbox inbox,
        CancellationToken cancellationToken
    ) => await inbox.Handle(page, viewer, cancellationToken);
}

[MutationType]
public static class InboxMutations
{
    /// <summary>
    /// Marks items in your inbox as read. They stay in the inbox until they no longer need your attention.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("inbox", Words = "date and time until which you have read your inbox")]
    [Errors<TimeInFuture>]
    public static Task<Result<InboxReading>> MarkInboxReadAsync(
        MarkInboxReadInput input,
        Viewer viewer,
        [Service] MarkInboxRead operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}

/// <summary>How far you have read your inbox.</summary>
[ObjectType<InboxReading>(Name = "DeskInboxReading", Bind = Bind.Explicit, Fields = [nameof(InboxReading.ReadUntil)])]
public static class InboxReadingNode;

[ObjectType<DeskCalendarEntry>]
public static class DeskCalendarEntryNode
{
    /// <summary>The article.</summary>
    public static IDataLoaderResult<Article?> GetArticleAsync(
        [Parent] DeskCalendarEntry entry,
        [Service] DeskArticleById articles
    ) => articles.Load(entry.ArticleId);
}

[ObjectType<DeskActivity>]
public static class DeskActivityNode
{
    /// <summary>The article.</summary>
    public static IDataLoaderResult<Article?> GetArticleAsync(
        [Parent] DeskActivity activity,
        [Service] DeskArticleById articles
    ) => articles.Load(activity.ArticleId);

    /// <summary>The revision that was saved, if the activity is a save; otherwise null.</summary>
    public static IDataLoaderResult<WorkingCopy?> GetRevisionAsync(
        [Parent] DeskActivity activity,
        [Service] WorkingCopyById copies,
        IResolveFieldContext context
    ) =>
        activity.RevisionId is { } id
            ? copies.Load(id, context.Asked<WorkingCopy>())
            : LoaderResults.Ready<WorkingCopy?>(null);

    /// <summary>The comment, if the activity is a comment; otherwise null.</summary>
    public static IDataLoaderResult<Comment?> GetCommentAsync(
        [Parent] DeskActivity activity,
        [Service] CommentById comments
    ) => activity.CommentId is { } id ? comments.Load(id) : LoaderResults.Ready<Comment?>(null);
}

[ObjectType<DeskInboxItem>]
public static class DeskInboxItemNode
{
    /// <summary>The article.</summary>
    public static IDataLoaderResult<Article?> GetArticleAsync(
        [Parent] DeskInboxItem item,
        [Service] DeskArticleById articles
    ) => articles.Load(item.ArticleId);

    /// <summary>The comment that mentions you, if the item is a mention; otherwise null.</summary>
    public static IDataLoaderResult<Comment?> GetCommentAsync(
        [Parent] DeskInboxItem item,
        [Service] CommentById comments
    ) => item.CommentId is { } id ? comments.Load(id) : LoaderResults.Ready<Comment?>(null);

    /// <summary>The take that you are asked to write or to change; null if the item is not about a take.</summary>
    public static IDataLoaderResult<Take?> GetTakeAsync(
        [Parent(nameof(DeskInboxItem.TakeId))] DeskInboxItem item,
        [Service] DeskTakeById takes
    ) => item.TakeId is { } id ? takes.Load(id) : LoaderResults.Ready<Take?>(null);

    /// <summary>Whether you have marked it as read.</summary>
    public static bool IsRead([Parent] DeskInboxItem item) => item.At <= item.ReadUntil;
}

[ObjectType<Connection<DeskInboxItem>>]
public static class DeskInboxConnectionNode
{
    /// <summary>
    /// The number of items that you have not marked as read. It is counted only if you select this field. Counting stops at
    /// 100: this number means 100 or more.
    /// </summary>
    public static IDataLoaderResult<int> GetUnreadCountAsync([Parent] Connection<DeskInboxItem> inbox) =>
        ((DeskInboxPage)inbox).CountUnread();
}

/// <summary>Loads comments. The caller must first check that the viewer is allowed to see their articles.</summary>
public sealed class CommentById(ReadContexts contexts) : BatchLoader<CommentId, Comment?>
{
    protected override async Task<Dictionary<CommentId, Comment?>> ReadAsync(
        List<CommentId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Comments.AsNoTracking()
            .Where(c => keys.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, Comment? (c) => c, cancellationToken);
    }
}
