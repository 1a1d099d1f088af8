using Cms.GraphQL;

namespace Cms.Bookmarks;

/// <summary>
/// What a bookmark points to: an article, a tool or a take, or a RemovedTarget if the target is no longer public.
/// </summary>
[UnionType("BookmarkTarget")]
public interface IBookmarkTarget;
