using System.Collections.Concurrent;
using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Reading;

/// <summary>Queries on hot paths, translated once for each set of columns they are asked with.</summary>
public sealed class CompiledQueries
{
    // Clients choose columns as they like; whoever asks for everything in turn makes us begin anew, not grow.
    private const int MaxKnown = 2_000;

    private readonly ConcurrentDictionary<(string Name, ulong Columns), Delegate> _known = new();

    /// <summary>The rows of a query.</summary>
    /// <param name="query">From the database and one argument to what is stored.</param>
    /// <param name="columns">What <paramref name="row" /> reads.</param>
    /// <param name="row">From what is stored to a row.</param>
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

    /// <summary>What belongs to the keys.</summary>
    internal IAsyncEnumerable<TRow> Read<TKey, TStored, TRow>(
        KeyedQuery<TKey, TStored> query,
        CmsDbContext db,
        List<TKey> keys,
        ulong columns,
        Func<Expression<Func<TStored, TRow>>> row
    ) => keys is [var only] ? Get(query.One, columns, row)(db, only) : Get(query.Many, columns, row)(db, keys);

    internal TQuery? Find<TQuery>(string name, ulong columns)
        where TQuery : Delegate => _known.TryGetValue((name, columns), out var known) ? (TQuery)known : null;

    internal TQuery Keep<TQuery>(string name, ulong columns, TQuery compiled)
        where TQuery : Delegate
    {
        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        return (TQuery)_known.GetOrAdd((name, columns), compiled);
    }
}

internal static class LoaderQueries
{
    extension(ReadContexts contexts)
    {
        /// <summary>The one row that an argument picks, with the asked columns; null if there is none.</summary>
        /// <param name="queries">Keeps the compiled query.</param>
        /// <param name="query">Picks the row.</param>
        /// <param name="argument">By what.</param>
        /// <param name="rows">What is read of it.</param>
        /// <param name="columns">The columns asked for.</param>
        /// <param name="subject">What a change must be about to make another answer where there is none.</param>
        /// <param name="idOf">What a change must be about to make another answer where there is one.</param>
        /// <param name="cancellationToken">Ends with the request.</param>
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
