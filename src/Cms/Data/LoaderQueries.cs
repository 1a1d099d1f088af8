using System.Linq.Expressions;
using Cms.Api;

namespace Cms.Data;

internal static class LoaderQueries
{
    extension(CompiledQueries queries)
    {
        /// <summary>
        /// Reads what belongs to some keys. One key, the rule on an article's page, has a statement of its own, which
        /// spares the database the list.
        /// </summary>
        public IAsyncEnumerable<TRow> Read<TKey, TStored, TRow>(
            string name,
            CmsDbContext db,
            List<TKey> keys,
            Projection<TStored, TRow> rows,
            ColumnSet columns,
            Expression<Func<CmsDbContext, TKey, IQueryable<TStored>>> one,
            Expression<Func<CmsDbContext, List<TKey>, IQueryable<TStored>>> many
        )
        {
            var read = rows.Read(columns).Bits;
            return keys is [var only]
                ? queries.Get(name + " (one)", read, one, () => rows.Of(columns))(db, only)
                : queries.Get(name, read, many, () => rows.Of(columns))(db, keys);
        }
    }

    extension(ReadContexts contexts)
    {
        /// <summary>The one row that an argument picks, with the asked columns; null if there is none.</summary>
        public async Task<TRow?> FirstAsync<TArgument, TStored, TRow>(
            CompiledQueries queries,
            string name,
            TArgument argument,
            Expression<Func<CmsDbContext, TArgument, IQueryable<TStored>>> query,
            Projection<TStored, TRow> rows,
            ColumnSet columns,
            CancellationToken cancellationToken
        )
            where TRow : class
        {
            using var lease = await contexts.RentAsync(cancellationToken);
            return await queries
                .Get(name, rows.Read(columns).Bits, query, () => rows.Of(columns))(lease.Db, argument)
                .FirstOrDefaultAsync(cancellationToken);
        }
    }
}
