using System.Collections.Concurrent;
using System.Data.Common;
using Cms.Data;
using Cms.SqlServer;
using Cms.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cms.Tests.SqlServer;

/// <summary>A statement that the product sent: its text and its typed parameters.</summary>
public sealed record CapturedStatement(string Sql, IReadOnlyList<SqlParameter> Parameters)
{
    /// <summary>The text with its parameters declared, for use in the body of a procedure.</summary>
    public string Declared =>
        string.Concat(
            Parameters.Select(p => $"DECLARE @{p.ParameterName.TrimStart('@')} {SqlServerTypes.NameOf(p)};\n")
        ) + Sql;
}

/// <summary>
/// Runs the product with the SQL Server provider but without a server. It records every statement and returns plausible
/// rows, so that operations run to completion.
/// </summary>
/// <param name="more">Additional registrations, for instance a GraphQL schema.</param>
public sealed class SqlServerCapture(Action<IServiceCollection>? more = null) : IAsyncDisposable
{
    private readonly AbsentSqlServer _server = new();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("cms-capture-files-");
    private ServiceProvider? _services;

    public ServiceProvider Services => _services ??= Build();

    /// <summary>
    /// Runs <paramref name="work" /> in a new scope and returns the distinct statements that it sent.
    /// </summary>
    public Task<IReadOnlyList<CapturedStatement>> RunAsync(Func<IServiceProvider, Task> work) =>
        RunAsync(new PlausibleRows(), work);

    /// <inheritdoc cref="RunAsync(Func{IServiceProvider, Task})" />
    /// <param name="rows">The rows that the statements return.</param>
    /// <param name="work">The code to run.</param>
    public async Task<IReadOnlyList<CapturedStatement>> RunAsync(PlausibleRows rows, Func<IServiceProvider, Task> work)
    {
        _server.Begin(rows);
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
        return _server.Statements;
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is { } services)
        {
            await services.DisposeAsync();
        }

        _files.Delete(recursive: true);
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(PlausibleRows.At));
        // SqlServerSchema uses the same logger factory, so that EF builds its services and the model only once.
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging();
        services.AddCmsSqlServer(AbsentSqlServer.ConnectionString);
        services.AddFileStore(_files.FullName, TimeProvider.System);
        services.AddCms();
        more?.Invoke(services);
        services.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(_server));
        return services.BuildServiceProvider();
    }
}

/// <summary>Replaces every connection to SQL Server. It can be added to the options of any context.</summary>
public sealed class AbsentSqlServer : DbConnectionInterceptor
{
    public const string ConnectionString = "Server=absent;Database=Cms";

    private readonly ConcurrentQueue<CapturedStatement> _statements = new();

    internal PlausibleRows Rows { get; private set; } = new();

    /// <summary>The distinct statements sent since <see cref="Begin" />.</summary>
    public IReadOnlyList<CapturedStatement> Statements => [.. _statements.DistinctBy(s => s.Declared)];

    /// <summary>Clears the statements and uses <paramref name="rows" /> as the results from now on.</summary>
    public void Begin(PlausibleRows rows)
    {
        _statements.Clear();
        Rows = rows;
    }

    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData,
        InterceptionResult<DbConnection> result
    ) => InterceptionResult<DbConnection>.SuppressWithResult(new AbsentConnection(this));

    internal void Take(CapturedStatement statement) => _statements.Enqueue(statement);
}

internal static class SqlServerTypes
{
    public static string NameOf(SqlParameter parameter) =>
        parameter.SqlDbType switch
        {
            System.Data.SqlDbType.NVarChar => $"nvarchar({Length(parameter.Size, 4000)})",
            System.Data.SqlDbType.VarChar => $"varchar({Length(parameter.Size, 8000)})",
            System.Data.SqlDbType.VarBinary => $"varbinary({Length(parameter.Size, 8000)})",
            System.Data.SqlDbType.Binary => $"binary({Math.Max(1, parameter.Size)})",
            System.Data.SqlDbType.Decimal =>
                $"decimal({(parameter.Precision == 0 ? 18 : parameter.Precision)},{parameter.Scale})",
            System.Data.SqlDbType.DateTimeOffset => $"datetimeoffset({parameter.Scale})",
            var type => type.ToString().ToLowerInvariant(),
        };

    private static string Length(int size, int max) =>
        size > 0 && size <= max ? size.ToString(System.Globalization.CultureInfo.InvariantCulture) : "max";
}
