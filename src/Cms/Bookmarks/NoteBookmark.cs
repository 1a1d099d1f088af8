using Cms.Data;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Bookmarks;

/// <summary>What to write down, and with which bookmark.</summary>
public sealed record NoteBookmarkInput
{
    /// <summary>The id of what was saved.</summary>
    [ID]
    public required string TargetId { get; init; }

    /// <summary>The new note, as plain text; null or left out takes it away.</summary>
    public string? Note { get; init; }
}

/// <summary>Writes down something with a bookmark.</summary>
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
