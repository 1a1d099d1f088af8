using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

[ObjectType<Viewer>]
public static class ViewerBookmarks
{
    /// <summary>What you saved for later, the latest first. Nobody else can read it.</summary>
    /// <param name="where">Which of them.</param>
    [Authorize(Policies.Reader)]
    public static Task<Connection<Bookmark>> GetBookmarksAsync(
        Viewer viewer,
        PageArguments page,
        [Service] ListBookmarks bookmarks,
        CancellationToken cancellationToken,
        BookmarkFilterInput? where = null
    ) => bookmarks.Handle(viewer.Reader, page, where, cancellationToken);

    /// <summary>Everything that is kept about you, to take with you.</summary>
    [Authorize(Policies.Reader)]
    public static Task<JsonText> GetDataAsync(
        Viewer viewer,
        [Service] ExportMyData data,
        CancellationToken cancellationToken
    ) => data.Handle(viewer.Reader, cancellationToken);
}
