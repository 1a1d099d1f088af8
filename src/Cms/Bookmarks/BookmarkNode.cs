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
