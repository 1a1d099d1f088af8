using Cms.Articles;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

[MutationType]
public static class BookmarkMutations
{
    /// <summary>Saves something for later; what is saved already stays as it is.</summary>
    [Authorize(Policies.Reader)]
    [Errors<TargetNotFound, BookmarkLimitReached, TextTooLong>]
    public static Task<Result<Bookmark>> AddBookmarkAsync(
        AddBookmarkInput input,
        Viewer viewer,
        [Service] AddBookmark operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Takes something off what is saved for later; what is not there is gone already.</summary>
    [Authorize(Policies.Reader)]
    [Errors<TargetNotFound>]
    public static Task<Result<RemovedBookmark>> RemoveBookmarkAsync(
        RemoveBookmarkInput input,
        Viewer viewer,
        [Service] RemoveBookmark operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Writes down something with a bookmark.</summary>
    [Authorize(Policies.Reader)]
    [Errors<BookmarkNotFound, TextTooLong>]
    public static Task<Result<Bookmark>> NoteBookmarkAsync(
        NoteBookmarkInput input,
        Viewer viewer,
        [Service] NoteBookmark operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Takes over what a browser kept before its reader signed in; merging it again changes nothing.</summary>
    [Authorize(Policies.Reader)]
    [Errors<BookmarkLimitReached>]
    public static Task<Result<MergedBookmarks>> MergeBookmarksAsync(
        MergeBookmarksInput input,
        Viewer viewer,
        [Service] MergeBookmarks operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Deletes everything kept about you, for good.</summary>
    [Authorize(Policies.Reader)]
    [Errors<DeletionNotConfirmed>]
    public static Task<Result<DeletedData>> DeleteMyDataAsync(
        DeleteMyDataInput input,
        Viewer viewer,
        [Service] DeleteMyData operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
