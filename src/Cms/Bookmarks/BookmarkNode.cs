using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Articles.Reading;
using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Bookmarks;

/// <summary>A bookmarked article, tool or take that is no longer public.</summary>
/// <param name="Kind">The kind of target.</param>
/// <param name="TargetId">The target's id.</param>
public sealed record RemovedTarget(BookmarkKind Kind, [property: ID] string TargetId) : IBookmarkTarget
{
    internal ArticleId? Article => EntityId.Parse<ArticleId>(TargetId);
}

/// <summary>A reader's bookmark of an article, a tool or a take. Nobody else can read it.</summary>
[ObjectType<Bookmark>(
    Bind = Bind.Explicit,
    Fields = [nameof(Bookmark.Id), nameof(Bookmark.SavedAt), nameof(Bookmark.Note)]
)]
public static class BookmarkNode
{
    /// <summary>The current article, tool or take; a RemovedTarget if it is no longer public.</summary>
    public static IDataLoaderResult<IBookmarkTarget> GetTargetAsync(
        [Parent] Bookmark bookmark,
        [Service] BookmarkTargets targets,
        IResolveFieldContext context
    ) => targets.Load(bookmark.Target, context);

    /// <summary>The kind of target.</summary>
    public static BookmarkKind GetKind([Parent] Bookmark bookmark) => bookmark.TargetKind;

    /// <summary>The id of the article, tool or take.</summary>
    [ID]
    public static string GetTargetId([Parent] Bookmark bookmark) => bookmark.Target.ToString();

    /// <summary>
    /// The headline of the article, the name of the tool, or the headline of the article that the take is about. For a
    /// withdrawn article, the headline as it was last published; null if that may not be shown, because the withdrawal
    /// is of the kind LEGAL or KILL.
    /// </summary>
    public static IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<string?>>>> GetTitleAsync(
        [Parent] Bookmark bookmark,
        [Service] BookmarkCards cards
    ) => cards.Load(bookmark.Target, card => card.Title);

    /// <summary>
    /// The summary of the article or tool; for a take, its verdict, or its text if it has no verdict. Null if there is
    /// none, or if the target is no longer public.
    /// </summary>
    public static IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<string?>>>> GetSummaryAsync(
        [Parent] Bookmark bookmark,
        [Service] BookmarkCards cards
    ) => cards.Load(bookmark.Target, card => card.Summary);

    /// <summary>
    /// The path of the target's page on your site; for a take, of its article. Null if the target is no longer public.
    /// </summary>
    public static IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<string?>>>> GetPathAsync(
        [Parent] Bookmark bookmark,
        [Service] BookmarkCards cards
    ) => cards.Load(bookmark.Target, card => card.Path);

    /// <summary>
    /// How the target has changed since it was bookmarked; empty if it has not. For a take, this includes the changes
    /// of its article.
    /// </summary>
    [Cost(5)]
    public static IDataLoaderResult<
        IDataLoaderResult<IDataLoaderResult<IReadOnlyList<BookmarkChange>>>
    > GetChangesAsync([Parent] Bookmark bookmark, [Service] BookmarkTargets targets) => targets.LoadChanges(bookmark);

    /// <summary>
    /// Whether the target has changed or stopped being public since it was bookmarked. A take counts as changed if its
    /// article has changed.
    /// </summary>
    public static IDataLoaderResult<IDataLoaderResult<bool>> GetChangedSinceSavedAsync(
        [Parent] Bookmark bookmark,
        [Service] BookmarkTargets targets
    ) => targets.LoadVersion(bookmark.Target).Then(now => now.Then(version => version != bookmark.TargetVersion));
}

[ObjectType<RemovedTarget>]
public static class RemovedTargetNode
{
    /// <summary>
    /// The headline of the article as it was last published; for a take, the headline of its article. Null for a tool,
    /// and if the headline may not be shown, because the withdrawal is of the kind LEGAL or KILL.
    /// </summary>
    public static IDataLoaderResult<
        IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<string?>>>
    > GetLastHeadlineAsync([Parent] RemovedTarget target, [Service] BookmarkCards cards) => cards.Headline(target);

    /// <summary>The kind of the article's withdrawal; null for other targets.</summary>
    public static IDataLoaderResult<WithdrawalKind?>? GetWithdrawalKindAsync(
        [Parent] RemovedTarget target,
        [Service] TombstoneByArticle tombstones
    ) => target.Article is { } id ? tombstones.Load(id, ColumnSet.All).Then(tombstone => tombstone?.Kind) : null;

    /// <summary>The public reason for the withdrawal of an article; null for other targets.</summary>
    public static IDataLoaderResult<string?>? GetReasonAsync(
        [Parent] RemovedTarget target,
        [Service] TombstoneByArticle tombstones
    ) => target.Article is { } id ? tombstones.Load(id, ColumnSet.All).Then(tombstone => tombstone?.Reason) : null;

    /// <summary>The article to read instead; null if there is none.</summary>
    public static IDataLoaderResult<IDataLoaderResult<PublicArticle?>?>? GetSuccessorAsync(
        [Parent] RemovedTarget target,
        [Service] TombstoneByArticle tombstones,
        [Service] ShownArticles articles,
        IResolveFieldContext context
    )
    {
        var columns = context.Asked<PublicArticle>();
        return target.Article is { } id
            ? tombstones
                .Load(id, ColumnSet.All)
                .Then(tombstone => tombstone?.SuccessorId is { } next ? articles.Load(next, columns) : null)
            : null;
    }
}

[ObjectType<PublicArticle>]
public static class BookmarkedArticle
{
    /// <summary>Whether you have bookmarked the article; null unless you are signed in with the role Reader.</summary>
    public static IDataLoaderResult<bool?>? GetIsBookmarkedAsync(
        [Parent(nameof(PublicArticle.Id))] PublicArticle article,
        [Service] IsBookmarked bookmarked
    ) => bookmarked.Of(BookmarkTarget.Of(article.Id));
}

[ObjectType<PublicTool>]
public static class BookmarkedTool
{
    /// <summary>Whether you have bookmarked the tool; null unless you are signed in with the role Reader.</summary>
    public static IDataLoaderResult<bool?>? GetIsBookmarkedAsync(
        [Parent(nameof(PublicTool.Id))] PublicTool tool,
        [Service] IsBookmarked bookmarked
    ) => bookmarked.Of(BookmarkTarget.Of(tool.Id));
}

[ObjectType<PublicTake>]
public static class BookmarkedTake
{
    /// <summary>Whether you have bookmarked the take; null unless you are signed in with the role Reader.</summary>
    public static IDataLoaderResult<bool?>? GetIsBookmarkedAsync(
        [Parent(nameof(PublicTake.Id))] PublicTake take,
        [Service] IsBookmarked bookmarked
    ) => bookmarked.Of(BookmarkTarget.Of(take.Id));
}
