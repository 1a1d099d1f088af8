using System.Linq.Expressions;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

/// <summary>Reads lists in order of slug.</summary>
internal static class SlugList
{
    private static IQueryable<T> Beside<T>(IQueryable<T> rows, IQueryable<string> slug, bool isBefore)
        where T : class, ISlugged =>
        isBefore
            ? rows.Where(x => string.Compare(x.Slug, slug.First()) < 0)
            : rows.Where(x => string.Compare(x.Slug, slug.First()) > 0);

    extension(ReadContexts contexts)
    {
        /// <summary>Reads a page of <paramref name="all" />.</summary>
        /// <param name="name">The name of the list, which identifies it in cursors.</param>
        /// <param name="page">The page to read.</param>
        /// <param name="all">The whole list.</param>
        /// <param name="row">Converts an entity to a row, and so selects the columns to read.</param>
        /// <param name="idOf">Returns the id of a row.</param>
        /// <param name="subject">
        /// The subject whose changes affect the list; null if the answer is not cached.
        /// </param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Connection<TRow>> PageBySlugAsync<T, TRow, TId>(
            string name,
            PageArguments page,
            Func<CmsDbContext, IQueryable<T>> all,
            Expression<Func<T, TRow>> row,
            Func<TRow, TId> idOf,
            ChangeSubject? subject,
            CancellationToken cancellationToken
        )
            where T : class, ISlugged
            where TRow : notnull
            where TId : struct, IEntityId<TId>
        {
            var list = ListHash.Of(name);
            using var lease = await contexts.RentAsync(contexts.Reads.AnyOrUnknown(subject), cancellationToken);
            var rows = all(lease.Db);
            if (page.Cursor is { } cursor)
            {
                rows = Beside(rows, Slug(cursor), isBefore: page.Backward);
            }

            if (page.Until is { } until)
            {
                rows = Beside(rows, Slug(until), isBefore: !page.Backward);
            }

            var read = await (page.Backward ? rows.OrderByDescending(x => x.Slug) : rows.OrderBy(x => x.Slug))
                .Take(page.Size + 1)
                .Select(row)
                .ToListAsync(cancellationToken);
            return Connection.Page(
                read,
                page,
                x => Cursor.Write(list, idOf(x)),
                contexts.Counting(all, () => contexts.Reads.AnyOrUnknown(subject))
            );

            // A cursor contains only the id. The same SQL statement looks up the slug, even if the row has left the list
            // since.
            IQueryable<string> Slug(string cursor)
            {
                var id = Cursor.Read<TId>(list, cursor, []);
                return lease.Db.Set<T>().Where(x => EF.Property<TId>(x, "Id").Equals(id)).Select(x => x.Slug);
            }
        }
    }
}
