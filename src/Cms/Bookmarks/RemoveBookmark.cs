using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>The bookmark to remove.</summary>
public sealed record RemoveBookmarkInput : MutationInput
{
    /// <summary>The id of the bookmarked article, tool or take.</summary>
    [ID]
    public required string TargetId { get; init; }
}

/// <summary>The result of a removal.</summary>
/// <param name="TargetId">The id of the article, tool or take.</param>
/// <param name="WasBookmarked">Whether a bookmark was removed.</param>
public sealed record RemovedBookmark([property: ID] string TargetId, bool WasBookmarked);

/// <summary>Removes a bookmark. Succeeds even if there is no bookmark.</summary>
public sealed class RemoveBookmark(CmsDatabase database)
{
    public async Task<Result<RemovedBookmark>> Handle(
        RemoveBookmarkInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (BookmarkTarget.Parse(input.TargetId) is not { } target)
        {
            return new TargetNotFound(input.TargetId) { Path = ["targetId"] };
        }

        var (kind, id) = (target.Kind, target.Id);
        var reader = actor.Person;
        return await database.WriteAsync<RemovedBookmark>(
            actor,
            async (db, token) =>
            {
                var removed = await db.BookmarksOf(reader)
                    .Where(b => b.TargetId == id && b.TargetKind == kind)
                    .ExecuteDeleteAsync(token);
                return new RemovedBookmark(target.ToString(), removed > 0);
            },
            cancellationToken
        );
    }
}
