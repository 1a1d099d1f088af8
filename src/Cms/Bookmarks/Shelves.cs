using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

internal static class Shelves
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Lets one transaction at a time change what a reader saved. Two that put up the first bookmark at once both
        /// find no shelf; one of them is refused by its key and begins anew.
        /// </summary>
        public async Task LockShelfAsync(PersonKey reader, CancellationToken cancellationToken)
        {
            var held = await db
                .BookmarkShelves.Where(s => s.ReaderId == reader)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Writes, x => x.Writes + 1), cancellationToken);
            if (held == 0)
            {
                db.Add(new BookmarkShelf { ReaderId = reader });
            }
        }

        /// <summary>One reader's own bookmarks: the only way to any.</summary>
        public IQueryable<Bookmark> BookmarksOf(PersonKey reader) => db.Bookmarks.Where(b => b.ReaderId == reader);

        /// <summary>One reader's bookmark of a target; null if there is none.</summary>
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
