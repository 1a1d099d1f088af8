using Cms.GraphQL;

namespace Cms.Bookmarks;

/// <summary>Something that can be saved for later, or what stands in its place.</summary>
[UnionType("BookmarkTarget")]
public interface IBookmarkTarget;
