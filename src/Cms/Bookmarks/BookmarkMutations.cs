using Cms.Articles;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

[MutationType]
public static class BookmarkMutations
{
    /// <summary>
    /// Bookmarks an article, a tool or a take. If it is already bookmarked, the existing bookmark is returned, with the
    /// new note if one is given.
    /// </summary>
    [Authorize(Policies.Reader)]
    [Errors<TargetNotFound, BookmarkLimitReached, TextTooLong>]
    public static Task<Result<Bookmark>> AddBookmarkAsync(
        AddBookmarkInput input,
        Viewer viewer,
        [Service] AddBookmark operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Removes a bookmark. Succeeds even if there is no bookmark.</summary>
    [Authorize(Policies.Reader)]
    [Errors<TargetNotFound>]
    public static Task<Result<RemovedBookmark>> RemoveBookmarkAsync(
        RemoveBookmarkInput input,
        Viewer viewer,
        [Service] RemoveBookmark operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Replaces or removes the note of a bookmark.</summary>
    [Authorize(Policies.Reader)]
    [Errors<BookmarkNotFound, TextTooLong>]
    public static Task<Result<Bookmark>> NoteBookmarkAsync(
        NoteBookmarkInput input,
        Viewer viewer,
        [Service] NoteBookmark operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Merges bookmarks that a browser saved before you signed in. Repeating a merge changes nothing.
    /// </summary>
    [Authorize(Policies.Reader)]
    [Errors<BookmarkLimitReached>]
    public static Task<Result<MergedBookmarks>> MergeBookmarksAsync(
        MergeBookmarksInput input,
        Viewer viewer,
        [Service] MergeBookmarks operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Permanently deletes your data: all your bookmarks and their notes.</summary>
    [Authorize(Policies.Reader)]
    [Errors<DeletionNotConfirmed>]
    public static Task<Result<DeletedData>> DeleteMyDataAsync(
        DeleteMyDataInput input,
        Viewer viewer,
        [Service] DeleteMyData operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
