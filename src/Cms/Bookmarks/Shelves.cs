using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

internal static class Shelves
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Locks the reader's shelf, so that only one transaction at a time can add bookmarks. If two transactions
        /// create the shelf at the same time, the primary key rejects one of them, and that transaction runs again.
        /// </summary>
        public async Task LockShelfAsync(PersonKey reader, CancellationToken cancellationToken)
        {
            var updated = await db
                .BookmarkShelves.Where(s => s.ReaderId == reader)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Writes, x => x.Writes + 1), cancellationToken);
            if (updated == 0)
            {
                db.Add(new BookmarkShelf { ReaderId = reader });
            }
        }

        /// <summary>Returns the reader's bookmarks. Every query for bookmarks starts here.</summary>
        public IQueryable<Bookmark> BookmarksOf(PersonKey reader) => db.Bookmarks.Where(b => b.ReaderId == reader);

        /// <summary>Returns the reader's bookmark of a target; null if there is none.</summary>
        public Task<Bookmark?> BookmarkAsync(
            PersonKey reader,
            BookmarkTarget target,
            CancellationToken cancellationToken
        )
        {
            var (kind, id) = (target.Kind, target.Id);
            return db.BookmarksOf(reader)
                .FirstOrDefaultAsync(b => b.TargetId == id && b.TargetKind == kind, cancellationToken);
        }
    }
}
