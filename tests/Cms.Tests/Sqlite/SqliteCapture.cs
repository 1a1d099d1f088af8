using System.Collections.Concurrent;
using System.Data.Common;
using Cms.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Tests.Sqlite;

/// <summary>Records every statement that the product sends to SQLite. Register it with <see cref="AddTo" />.</summary>
public sealed class SqliteCapture : DbCommandInterceptor
{
    private readonly ConcurrentQueue<(string Sql, IReadOnlyList<SqliteParameter> Parameters)> _statements = new();

    /// <summary>The distinct statements sent so far.</summary>
    public IReadOnlyList<(string Sql, IReadOnlyList<SqliteParameter> Parameters)> Statements =>
        [.. _statements.DistinctBy(statement => statement.Sql)];

    /// <summary>The number of statements sent so far.</summary>
    public int Count => _statements.Count;

    public void AddTo(IServiceCollection services) =>
        services.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(this));

    /// <summary>Clears the recorded statements, for instance after a test has created its data.</summary>
    public void Clear() => _statements.Clear();

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result
    ) => Record(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => new(Record(command, result));

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result
    ) => Record(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => new(Record(command, result));

    public override InterceptionResult<object> ScalarExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result
    ) => Record(command, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<object> result,
        CancellationToken cancellationToken = default
    ) => new(Record(command, result));

    private TResult Record<TResult>(DbCommand command, TResult result)
    {
        _statements.Enqueue(
            (
                command.CommandText,
                [
                    .. command
                        .Parameters.Cast<SqliteParameter>()
                        .Select(p => new SqliteParameter(p.ParameterName, p.Value)),
                ]
            )
        );
        return result;
    }
}
