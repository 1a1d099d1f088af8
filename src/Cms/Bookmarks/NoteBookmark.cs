using Cms.Data;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

/// <summary>A bookmark and its new note.</summary>
public sealed record NoteBookmarkInput : MutationInput
{
    /// <summary>The id of the bookmarked article, tool or take.</summary>
    [ID]
    public required string TargetId { get; init; }

    /// <summary>The new note, as plain text. If it is null or omitted, the note is removed.</summary>
    public string? Note { get; init; }
}

/// <summary>Replaces or removes the note of a bookmark.</summary>
public sealed class NoteBookmark(CmsDatabase database)
{
    public Task<Result<Bookmark>> Handle(NoteBookmarkInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Bookmark>(
            actor,
            async (db, token) =>
                BookmarkTarget.Parse(input.TargetId) is { } target
                && await db.BookmarkAsync(actor.Person, target, token) is { } bookmark
                    ? bookmark.Write(input.Note)
                    : new BookmarkNotFound(input.TargetId) { Path = ["targetId"] },
            cancellationToken
        );
}
