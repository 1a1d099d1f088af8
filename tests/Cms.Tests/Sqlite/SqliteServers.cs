using Cms.Data;
using Cms.Import;
using Cms.Sqlite;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cms.Tests.Sqlite;

/// <summary>Starts any number of servers that share one database in a temporary folder.</summary>
public sealed class SqliteServers : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-test-");
    private readonly List<ServiceProvider> _servers = [];

    public string Folder => _folder.FullName;

    public string File => Path.Combine(Folder, "data", "cms.db");

    /// <summary>Creates a server that waits at most one second for a lock when it starts.</summary>
    public IServiceProvider Start(params IInterceptor[] interceptors)
    {
        var services = new ServiceCollection();
        // All servers share this logger factory, so that EF builds its services and the model only once.
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging();
        services.AddCmsSqlite(File, startWait: 1);
        services.AddSingleton(QuietGate.Settings);
        services.AddCms().AddImport();
        services.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(interceptors));
        var server = services.BuildServiceProvider();
        _servers.Add(server);
        return server;
    }

    public IDatabaseProvider StartDatabase(params IInterceptor[] interceptors) =>
        Start(interceptors).GetRequiredService<IDatabaseProvider>();

    /// <summary>Opens a connection to the file, as another program would.</summary>
    public async Task<SqliteConnection> ConnectAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString()
        );
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Releases the file by closing all pooled connections.</summary>
    public static void Release() => SqliteConnection.ClearAllPools();

    /// <summary>Deletes the database file and all files that belong to it.</summary>
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
