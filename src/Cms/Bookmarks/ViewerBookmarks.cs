using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

[ObjectType<Viewer>]
public static class ViewerBookmarks
{
    /// <summary>Your bookmarks, newest first. Nobody else can read them.</summary>
    /// <param name="where">Which bookmarks to return.</param>
    [Authorize(Policies.Reader)]
    public static Task<Connection<Bookmark>> GetBookmarksAsync(
        Viewer viewer,
        PageArguments page,
        [Service] ListBookmarks bookmarks,
        CancellationToken cancellationToken,
        BookmarkFilterInput? where = null
    ) => bookmarks.Handle(viewer.Reader, page, where, cancellationToken);

    /// <summary>Your data, as JSON: all your bookmarks and their notes.</summary>
    [Authorize(Policies.Reader)]
    public static Task<JsonText> GetDataAsync(
        Viewer viewer,
        [Service] ExportMyData data,
        CancellationToken cancellationToken
    ) => data.Handle(viewer.Reader, cancellationToken);
}
