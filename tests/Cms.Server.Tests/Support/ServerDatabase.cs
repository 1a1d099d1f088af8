using Cms.Data;
using Cms.Sqlite;
using Cms.SqlServer;
using Cms.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Support;

/// <summary>
/// The database of a server under test: the SQLite file of a data directory or, if <c>CMS_TEST_SQLSERVER</c> is set, an
/// empty database on that server.
/// </summary>
public sealed class ServerDatabase : IAsyncDisposable
{
    private readonly string _folder;
    private readonly TestSqlServer? _server;

    private ServerDatabase(string folder, TestSqlServer? server) => (_folder, _server) = (folder, server);

    /// <summary>Whether tests that can run on either database use SQL Server.</summary>
    public static bool UsesSqlServer => TestSqlServer.IsNamed;

    public bool IsSqlServer => _server is not null;

    /// <summary>The settings that a server needs for this database, by name. No publishing rule warns.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        _server is null
            ? new Dictionary<string, string>(QuietGate.Configuration, StringComparer.Ordinal)
            {
                ["Cms:DataDirectory"] = _folder,
            }
            : new Dictionary<string, string>(QuietGate.Configuration, StringComparer.Ordinal)
            {
                ["Cms:DataDirectory"] = _folder,
                ["Cms:Database:Provider"] = "SqlServer",
                ["Cms:Database:MaxBatchSize"] = FormattableString.Invariant($"{TestSqlServer.MaxBatchSize}"),
                ["ConnectionStrings:Cms"] = _server.ConnectionString,
            };

    /// <summary>The settings as command-line arguments.</summary>
    public IEnumerable<string> Arguments => Settings.Select(setting => $"--{setting.Key}={setting.Value}");

    /// <summary>The settings as environment variables.</summary>
    public Dictionary<string, string> Environment =>
        Settings.ToDictionary(
            setting => setting.Key.Replace(":", "__", StringComparison.Ordinal),
            setting => setting.Value,
            StringComparer.Ordinal
        );

    /// <param name="folder">The data directory.</param>
    /// <param name="second">Whether the test already has a database. It is skipped if only one is possible.</param>
    public static async Task<ServerDatabase> CreateAsync(string folder, bool second = false)
    {
        if (!UsesSqlServer)
        {
            await EmptySqlite.CopyAsync(Path.Combine(folder, "cms.db"));
            return OnSqlite(folder);
        }

        return await OnSqlServerAsync(folder, second);
    }

    /// <summary>Returns a database on SQL Server. The test is skipped if there is no server.</summary>
    /// <inheritdoc cref="CreateAsync" path="/param" />
    public static async Task<ServerDatabase> OnSqlServerAsync(string folder, bool second = false)
    {
        Skip.If(TestSqlServer.SkipReason is not null, TestSqlServer.SkipReason);
        var server = await TestSqlServer.CreateAsync(second);
        Skip.If(
            server is null,
            $"This test needs two databases: add the login of {TestSqlServer.Variable} to the role dbcreator."
        );
        return new ServerDatabase(folder, server);
    }

    /// <summary>Returns a SQLite database, whatever database the other tests use.</summary>
    public static ServerDatabase OnSqlite(string folder) => new(folder, server: null);

    /// <summary>
    /// Migrates SQL Server, as an operator does, and prepares the database, as the server does at startup.
    /// </summary>
    public async Task PrepareAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredService<IDatabaseProvider>();
        if (IsSqlServer)
        {
            await provider.MigrateAsync(CancellationToken.None);
        }

        await provider.PrepareAsync(CancellationToken.None);
    }

    /// <summary>Opens a context for the test itself, outside any server.</summary>
    public CmsDbContext Open()
    {
        var options = new DbContextOptionsBuilder<CmsDbContext>();
        if (_server is null)
        {
            options.UseCmsSqlite(Path.Combine(_folder, "cms.db"));
        }
        else
        {
            options.UseCmsSqlServer(_server.ConnectionString, TestSqlServer.MaxBatchSize);
        }

        return new CmsDbContext(options.Options);
    }

    /// <summary>
    /// Waits until the full-text index contains every row. SQL Server indexes rows in the background.
    /// </summary>
    public async Task IndexAsync()
    {
        if (_server is null)
        {
            return;
        }

        await using var connection = new SqlConnection(_server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand(
            """
            IF OBJECTPROPERTYEX(OBJECT_ID(N'SearchDocuments'), N'TableHasActiveFulltextIndex') = 1
                WHILE OBJECTPROPERTYEX(OBJECT_ID(N'SearchDocuments'), N'TableFulltextPendingChanges') > 0
                    OR OBJECTPROPERTYEX(OBJECT_ID(N'SearchDocuments'), N'TableFulltextPopulateStatus') > 0
                    WAITFOR DELAY '00:00:00.1';
            """,
            connection
        );
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
        {
            SqliteConnection.ClearAllPools();
        }
        else
        {
            await _server.DisposeAsync();
        }
    }
}
