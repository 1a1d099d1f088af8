using Cms.Data;
using Cms.Import;
using Cms.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cms.Tests.Sqlite;

/// <summary>A folder of its own and any number of servers over the database in it.</summary>
public sealed class SqliteServers : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-test-");
    private readonly List<ServiceProvider> _servers = [];

    public string Folder => _folder.FullName;

    public string File => Path.Combine(Folder, "data", "cms.db");

    /// <summary>A server whose start waits a second, no longer, for a lock.</summary>
    public IServiceProvider Start(params IInterceptor[] interceptors)
    {
        var services = new ServiceCollection();
        // One for all, so that EF builds its services and the model once for all.
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging();
        services.AddCmsSqlite(File, startWait: 1);
        services.AddCms().AddImport();
        services.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(interceptors));
        var server = services.BuildServiceProvider();
        _servers.Add(server);
        return server;
    }

    public IDatabaseProvider StartDatabase(params IInterceptor[] interceptors) =>
        Start(interceptors).GetRequiredService<IDatabaseProvider>();

    /// <summary>Another program's connection to the file.</summary>
    public async Task<SqliteConnection> ConnectAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString()
        );
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Lets go of the file: no server keeps a connection open.</summary>
    public static void Release() => SqliteConnection.ClearAllPools();

    /// <summary>Takes the file away with all that belongs to it.</summary>
    public void Remove()
    {
        Release();
        Directory.Delete(Path.GetDirectoryName(File)!, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Release();
        _folder.Delete(recursive: true);
    }
}

internal static class SqliteStatements
{
    extension(SqliteConnection connection)
    {
        public async Task ExecuteAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }

        public async Task<T> ScalarAsync<T>(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (T)(await command.ExecuteScalarAsync())!;
        }
    }
}
