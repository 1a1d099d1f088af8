using Cms.Articles;
using Cms.Articles.Reading;
using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Bookmarks;

/// <summary>Something saved that is not before readers any more.</summary>
/// <param name="Kind">What kind of thing it was.</param>
/// <param name="TargetId">Its id.</param>
public sealed record RemovedTarget(BookmarkKind Kind, [property: ID] string TargetId) : IBookmarkTarget
{
    internal ArticleId? Article => EntityId.Parse<ArticleId>(TargetId);
}

/// <summary>Something that a reader saved for later. Nobody else reads it.</summary>
[ObjectType<Bookmark>(
    Bind = Bind.Explicit,
    Fields = [nameof(Bookmark.Id), nameof(Bookmark.SavedAt), nameof(Bookmark.Note)]
)]
public static class BookmarkNode
{
    /// <summary>What was saved, as it is now.</summary>
    public static IDataLoaderResult<IBookmarkTarget> GetTargetAsync(
        [Parent] Bookmark bookmark,
        [Service] BookmarkTargets targets,
        IResolveFieldContext context
    ) => targets.Load(bookmark.Target, context);

    /// <summary>
    /// It is not any more what was saved: the article, the tool or the article of a take has changed since, or has
    /// been withdrawn.
    /// </summary>
    public static IDataLoaderResult<IDataLoaderResult<bool>> GetChangedSinceSavedAsync(
        [Parent] Bookmark bookmark,
        [Service] BookmarkTargets targets
    ) => targets.LoadVersion(bookmark.Target).Then(now => now.Then(version => version != bookmark.TargetVersion));
}

[ObjectType<RemovedTarget>]
public static class RemovedTargetNode
{
    /// <summary>Why an article was withdrawn, in words for readers; null for anything else.</summary>
    public static IDataLoaderResult<string?>? GetReasonAsync(
        [Parent] RemovedTarget target,
        [Service] TombstoneByArticle tombstones
    ) => target.Article is { } id ? tombstones.Load(id, ColumnSet.All).Then(tombstone => tombstone?.Reason) : null;

    /// <summary>The article to read instead; null when there is none.</summary>
    public static IDataLoaderResult<IDataLoaderResult<PublicArticle?>?>? GetSuccessorAsync(
        [Parent] RemovedTarget target,
        [Service] TombstoneByArticle tombstones,
        [Service] ArticleById articles,
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
    /// <summary>You saved it for later; null when you did not sign in.</summary>
    public static IDataLoaderResult<bool?>? GetIsBookmarkedAsync(
        [Parent(nameof(PublicArticle.Id))] PublicArticle article,
        [Service] IsBookmarked bookmarked
    ) => bookmarked.Of(BookmarkTarget.Of(article.Id));
}

[ObjectType<PublicTool>]
public static class BookmarkedTool
{
    /// <summary>You saved it for later; null when you did not sign in.</summary>
    public static IDataLoaderResult<bool?>? GetIsBookmarkedAsync(
        [Parent(nameof(PublicTool.Id))] PublicTool tool,
        [Service] IsBookmarked bookmarked
    ) => bookmarked.Of(BookmarkTarget.Of(tool.Id));
}

[ObjectType<PublicTake>]
public static class BookmarkedTake
{
    /// <summary>You saved it for later; null when you did not sign in.</summary>
    public static IDataLoaderResult<bool?>? GetIsBookmarkedAsync(
        [Parent(nameof(PublicTake.Id))] PublicTake take,
        [Service] IsBookmarked bookmarked
    ) => bookmarked.Of(BookmarkTarget.Of(take.Id));
}
