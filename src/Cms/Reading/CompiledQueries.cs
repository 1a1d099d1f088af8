using System.Collections.Concurrent;
using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Reading;

/// <summary>
/// Caches the compiled queries of hot paths. Each query is compiled once for each requested set of columns and for each
/// model of the database.
/// </summary>
public sealed class CompiledQueryCache
{
    // Clients choose columns freely. The cache is cleared at this size, so that requests for every combination cannot
    // fill the memory.
    private const int MaxKnown = 2_000;

    private readonly ConcurrentDictionary<(string Name, ulong Columns, ReadModel Model), Delegate> _known = new();

    internal Delegate? Find(string name, ulong columns, ReadModel model) =>
        _known.GetValueOrDefault((name, columns, model));

    internal Delegate Keep(string name, ulong columns, ReadModel model, Delegate compiled)
    {
        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        return _known.GetOrAdd((name, columns, model), compiled);
    }
}

/// <summary>The compiled queries of hot paths, for the caller of one request.</summary>
public sealed class CompiledQueries(CompiledQueryCache cache, CurrentViewer viewer)
{
    /// <summary>Returns a compiled query.</summary>
    /// <param name="query">Maps the database and one argument to stored rows.</param>
    /// <param name="columns">The columns that <paramref name="row" /> reads.</param>
    /// <param name="row">Maps a stored row to a result row.</param>
    internal Func<CmsDbContext, TArgument, IAsyncEnumerable<TRow>> Get<TArgument, TStored, TRow>(
        NamedQuery<TArgument, TStored> query,
        ulong columns,
        Func<Expression<Func<TStored, TRow>>> row
    ) =>
        Find<Func<CmsDbContext, TArgument, IAsyncEnumerable<TRow>>>(query.Name, columns)
        ?? Keep(
            query.Name,
            columns,
            EF.CompileAsyncQuery(
                Expression.Lambda<Func<CmsDbContext, TArgument, IQueryable<TRow>>>(
                    QueryExpressions.Select(query.Query.Body, row()),
                    query.Query.Parameters
                )
            )
        );

    /// <summary>Reads the rows that belong to the keys.</summary>
    internal IAsyncEnumerable<TRow> Read<TKey, TStored, TRow>(
        KeyedQuery<TKey, TStored> query,
        CmsDbContext db,
        List<TKey> keys,
        ulong columns,
        Func<Expression<Func<TStored, TRow>>> row
    ) => keys is [var only] ? Get(query.One, columns, row)(db, only) : Get(query.Many, columns, row)(db, keys);

    internal TQuery? Find<TQuery>(string name, ulong columns)
        where TQuery : Delegate => (TQuery?)cache.Find(name, columns, viewer.Value.Entitlement.Model);

    internal TQuery Keep<TQuery>(string name, ulong columns, TQuery compiled)
        where TQuery : Delegate => (TQuery)cache.Keep(name, columns, viewer.Value.Entitlement.Model, compiled);
}

internal static class LoaderQueries
{
    extension(ReadContexts contexts)
    {
        /// <summary>
        /// Returns the row that an argument selects, with the requested columns; null if there is none.
        /// </summary>
        /// <param name="queries">Caches the compiled query.</param>
        /// <param name="query">Selects the row.</param>
        /// <param name="argument">The argument of the query.</param>
        /// <param name="rows">Maps the stored row to the result.</param>
        /// <param name="columns">The requested columns.</param>
        /// <param name="subject">If there is no row, changes of this subject invalidate the answer.</param>
        /// <param name="idOf">Returns the id of the row. If there is a row, its changes invalidate the answer.</param>
        /// <param name="cancellationToken">Cancelled when the request ends.</param>
        public async Task<TRow?> FirstAsync<TArgument, TStored, TRow>(
            CompiledQueries queries,
            NamedQuery<TArgument, TStored> query,
            TArgument argument,
            Projection<TStored, TRow> rows,
            ColumnSet columns,
            ChangeSubject subject,
            Func<TRow, IEntityId> idOf,
            CancellationToken cancellationToken
        )
            where TRow : class
        {
            using var lease = await contexts.RentAsync(contexts.Reads.AsItGoes, cancellationToken);
            var row = await queries
                .Get(query, rows.Read(columns).Bits, () => rows.Of(columns))(lease.Db, argument)
                .FirstOrDefaultAsync(cancellationToken);
            _ = row is null ? contexts.Reads.None(subject) : contexts.Reads.Row(idOf(row));
            return row;
        }
    }
}
