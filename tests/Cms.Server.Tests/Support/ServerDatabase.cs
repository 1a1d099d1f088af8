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
/// The database of a server under test: the SQLite file of a data directory or, where <c>CMS_TEST_SQLSERVER</c> is set, an
/// empty database on that server.
/// </summary>
public sealed class ServerDatabase : IAsyncDisposable
{
    private readonly string _folder;
    private readonly TestSqlServer? _server;

    private ServerDatabase(string folder, TestSqlServer? server) => (_folder, _server) = (folder, server);

    /// <summary>Whether the tests that can run on either database run on SQL Server.</summary>
    public static bool UsesSqlServer => TestSqlServer.SkipReason is null;

    public bool IsSqlServer => _server is not null;

    /// <summary>The settings that a server needs for it, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        _server is null
            ? new Dictionary<string, string>(StringComparer.Ordinal) { ["Cms:DataDirectory"] = _folder }
            : new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Cms:DataDirectory"] = _folder,
                ["Cms:Database:Provider"] = "SqlServer",
                ["Cms:Database:MaxBatchSize"] = FormattableString.Invariant($"{TestSqlServer.MaxBatchSize}"),
                ["ConnectionStrings:Cms"] = _server.ConnectionString,
            };

    /// <summary>The settings as a command line.</summary>
    public IEnumerable<string> Arguments => Settings.Select(setting => $"--{setting.Key}={setting.Value}");

    /// <summary>The settings as environment variables.</summary>
    public Dictionary<string, string> Environment =>
        Settings.ToDictionary(
            setting => setting.Key.Replace(":", "__", StringComparison.Ordinal),
            setting => setting.Value,
            StringComparer.Ordinal
        );

    /// <param name="folder">The data directory.</param>
    /// <param name="second">Whether the test has another database already; skips it where there can be only one.</param>
    public static async Task<ServerDatabase> CreateAsync(string folder, bool second = false)
    {
        if (!UsesSqlServer)
        {
            return OnSqlite(folder);
        }

        var server = await TestSqlServer.CreateAsync(second);
        Skip.If(
            server is null,
            $"This test needs two databases: give the login of {TestSqlServer.Variable} dbcreator."
        );
        return new ServerDatabase(folder, server);
    }

    /// <summary>For tests that concern SQLite whatever else the suite runs on.</summary>
    public static ServerDatabase OnSqlite(string folder) => new(folder, server: null);

    /// <summary>Makes it ready as the product does at start, and SQL Server's schema as an operator does before it.</summary>
    public async Task PrepareAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredService<IDatabaseProvider>();
        if (IsSqlServer)
        {
            await provider.MigrateAsync(CancellationToken.None);
        }

        await provider.PrepareAsync(CancellationToken.None);
    }

    /// <summary>A context of the test's own, outside any server.</summary>
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

    /// <summary>Returns when the full-text index has every row, which SQL Server adds to it in its own time.</summary>
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
