using Cms.GraphQL;

namespace Cms.Bookmarks;

/// <summary>A bookmarked article, tool or take; a RemovedTarget if it is no longer public.</summary>
[UnionType("BookmarkTarget")]
public interface IBookmarkTarget;
