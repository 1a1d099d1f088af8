using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>Whether to delete everything.</summary>
public sealed record DeleteMyDataInput
{
    /// <summary>Say true: what is deleted cannot be brought back.</summary>
    public required bool Confirm { get; init; }
}

/// <summary>How much was deleted.</summary>
/// <param name="Bookmarks">How many bookmarks.</param>
public sealed record DeletedData(int Bookmarks);

/// <summary>Deletes everything kept about a reader.</summary>
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
                // The shelf first: it is what everyone who changes any of this waits for.
                await db.BookmarkShelves.Where(s => s.ReaderId == reader).ExecuteDeleteAsync(token);
                return new DeletedData(await db.BookmarksOf(reader).ExecuteDeleteAsync(token));
            },
            cancellationToken
        );
    }
}
