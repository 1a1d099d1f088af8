using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

/// <summary>Reads lists of categories, in the order that the editors chose and then in order of slug.</summary>
internal static class CategoryList
{
    extension(ReadContexts contexts)
    {
        /// <summary>Reads a page of <paramref name="all" />.</summary>
        /// <param name="name">The name of the list, which identifies it in cursors.</param>
        /// <param name="page">The page to read.</param>
        /// <param name="all">The whole list.</param>
        /// <param name="row">Converts a category to a row, and so selects the columns to read.</param>
        /// <param name="idOf">Returns the id of a row.</param>
        /// <param name="subject">The subject whose changes affect the list; null if the answer is not cached.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Connection<TRow>> PageByOrderAsync<TRow>(
            string name,
            PageArguments page,
            Func<CmsDbContext, IQueryable<Category>> all,
            Expression<Func<Category, TRow>> row,
            Func<TRow, CategoryId> idOf,
            ChangeSubject? subject,
            CancellationToken cancellationToken
        )
            where TRow : notnull
        {
            var list = ListHash.Of(name);
            using var lease = await contexts.RentAsync(contexts.Reads.AnyOrUnknown(subject), cancellationToken);
            var rows = all(lease.Db);
            if (page.Cursor is { } cursor)
            {
                rows = Beside(rows, Place(cursor), isBefore: page.Backward);
            }

            if (page.Until is { } until)
            {
                rows = Beside(rows, Place(until), isBefore: !page.Backward);
            }

            var read = await (
                page.Backward
                    ? rows.OrderByDescending(c => c.Order).ThenByDescending(c => c.Slug)
                    : rows.OrderBy(c => c.Order).ThenBy(c => c.Slug)
            )
                .Take(page.Size + 1)
                .Select(row)
                .ToListAsync(cancellationToken);
            return Connection.Page(
                read,
                page,
                x => Cursor.Write(list, idOf(x)),
                contexts.Counting(all, () => contexts.Reads.AnyOrUnknown(subject))
            );

            // A cursor contains only the id. The same SQL statement looks up the position, even if the category has left
            // the list since.
            IQueryable<Category> Place(string cursor)
            {
                var id = Cursor.Read<CategoryId>(list, cursor, []);
                return lease.Db.Categories.Where(c => c.Id == id);
            }
        }
    }

    private static IQueryable<Category> Beside(IQueryable<Category> rows, IQueryable<Category> place, bool isBefore) =>
        isBefore
            ? rows.Where(c =>
                place.Any(p => c.Order < p.Order || (c.Order == p.Order && string.Compare(c.Slug, p.Slug) < 0))
            )
            : rows.Where(c =>
                place.Any(p => c.Order > p.Order || (c.Order == p.Order && string.Compare(c.Slug, p.Slug) > 0))
            );
}
