using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>Confirms that you want to delete your data.</summary>
public sealed record DeleteMyDataInput : MutationInput
{
    /// <summary>Must be true. Deleted data cannot be restored.</summary>
    public required bool Confirm { get; init; }
}

/// <summary>What was deleted.</summary>
/// <param name="Bookmarks">The number of deleted bookmarks.</param>
public sealed record DeletedData(int Bookmarks);

/// <summary>Permanently deletes a reader's bookmarks.</summary>
public sealed class DeleteMyData(CmsDatabase database)
{
    public async Task<Result<DeletedData>> Handle(
        DeleteMyDataInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (!input.Confirm)
        {
            return new DeletionNotConfirmed { Path = ["confirm"] };
        }

        var reader = actor.Person;
        return await database.WriteAsync<DeletedData>(
            actor,
            async (db, token) =>
            {
                // Delete the shelf first: other transactions that add bookmarks wait for its row.
                await db.BookmarkShelves.Where(s => s.ReaderId == reader).ExecuteDeleteAsync(token);
                return new DeletedData(await db.BookmarksOf(reader).ExecuteDeleteAsync(token));
            },
            cancellationToken
        );
    }
}
