using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>What to take off the list.</summary>
public sealed record RemoveBookmarkInput
{
    /// <summary>The id of what was saved.</summary>
    [ID]
    public required string TargetId { get; init; }
}

/// <summary>What a removal came to.</summary>
/// <param name="TargetId">The id of what is not saved any more.</param>
/// <param name="WasBookmarked">Whether it was saved before.</param>
public sealed record RemovedBookmark([property: ID] string TargetId, bool WasBookmarked);

/// <summary>Takes something off what is saved for later. What is not there is gone already.</summary>
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
