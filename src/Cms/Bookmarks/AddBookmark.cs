using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>What to bookmark, with an optional note.</summary>
public sealed record AddBookmarkInput : MutationInput
{
    /// <summary>The id of an article, a tool or a take.</summary>
    [ID]
    public required string TargetId { get; init; }

    /// <summary>A note, as plain text. If omitted, an existing note is unchanged.</summary>
    public string? Note { get; init; }
}

/// <summary>
/// Bookmarks a target. If it is already bookmarked, the existing bookmark is returned, with the new note if one is
/// given.
/// </summary>
public sealed class AddBookmark(IDbContextFactory<CmsDbContext> databases, CmsDatabase database, TimeProvider clock)
{
    public async Task<Result<Bookmark>> Handle(AddBookmarkInput input, Actor actor, CancellationToken cancellationToken)
    {
        if (BookmarkTarget.Parse(input.TargetId) is not { } target)
        {
            return new TargetNotFound(input.TargetId) { Path = ["targetId"] };
        }

        if (Bookmark.Refusal(input.Note) is { } refusal)
        {
            return refusal;
        }

        var reader = actor.Person;
        return await FindExistingAsync(input, reader, target, cancellationToken) is { } existing
            ? existing
            : await database.WriteAsync<Bookmark>(
                actor,
                (db, token) => AddAsync(db, input, reader, target, token),
                cancellationToken
            );
    }

    // A request that would not change anything does not take a lock, so repeated requests are cheap.
    private async Task<Bookmark?> FindExistingAsync(
        AddBookmarkInput input,
        PersonKey reader,
        BookmarkTarget target,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.BookmarkAsync(reader, target, cancellationToken);
        return input.Note is null || input.Note == found?.Note ? found : null;
    }

    private async Task<Result<Bookmark>> AddAsync(
        CmsDbContext db,
        AddBookmarkInput input,
        PersonKey reader,
        BookmarkTarget target,
        CancellationToken cancellationToken
    )
    {
        await db.LockShelfAsync(reader, cancellationToken);
        if (await db.BookmarkAsync(reader, target, cancellationToken) is { } existing)
        {
            return input.Note is null ? existing : existing.Write(input.Note);
        }

        var versions = await db.VersionsOfAsync([target], cancellationToken);
        if (!versions.TryGetValue(target, out var version))
        {
            return new TargetNotFound(input.TargetId) { Path = ["targetId"] };
        }

        if (await db.BookmarksOf(reader).CountAsync(cancellationToken) >= Bookmark.MaxPerReader)
        {
            return new BookmarkLimitReached(Bookmark.MaxPerReader) { Path = ["targetId"] };
        }

        var now = clock.Now();
        var bookmark = Bookmark.Of(reader, target, now, input.Note, version.At(now));
        db.Add(bookmark);
        return bookmark;
    }
}
