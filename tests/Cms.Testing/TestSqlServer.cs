using System.Globalization;
using DotNet.Testcontainers.Builders;
using Microsoft.Data.SqlClient;
using Testcontainers.MsSql;

namespace Cms.Testing;

/// <summary>
/// An empty database for one test, on the server that <c>CMS_TEST_SQLSERVER</c> names or, if it is not set, on a server in
/// a container. If the login cannot create databases, the database in the connection string is emptied and used, by one
/// test class after another.
/// </summary>
internal sealed class TestSqlServer : IAsyncDisposable
{
    public const string Variable = "CMS_TEST_SQLSERVER";

    private const string BatchVariable = "CMS_TEST_SQLSERVER_MAXBATCHSIZE";

    // The same version as in compose.yaml and in the workflow.
    private const string Image = "mcr.microsoft.com/mssql/server:2022-CU18-ubuntu-22.04";

    private static readonly string? Named = Environment.GetEnvironmentVariable(Variable);
    private static readonly MsSqlContainer? Container = IsNamed ? null : Contain();
    private static readonly Lazy<Task> Starting = new(() => Container?.StartAsync() ?? Task.CompletedTask);
    private static readonly SemaphoreSlim Shared = new(1);

    // Two databases created at the same time wait for the lock on ‘model’, and the second can fail (1807).
    private static readonly SemaphoreSlim Creating = new(1);
    private static readonly SqlRetryLogicBaseProvider Retries =
        SqlConfigurableRetryFactory.CreateExponentialRetryProvider(
            new SqlRetryLogicOption
            {
                NumberOfTries = 6,
                DeltaTime = TimeSpan.FromMilliseconds(200),
                MaxTimeInterval = TimeSpan.FromSeconds(3),
                TransientErrors = [1807],
            }
        );

    private readonly string? _created;

    private TestSqlServer(string connectionString, string? created) =>
        (ConnectionString, _created) = (connectionString, created);

    public string ConnectionString { get; }

    /// <summary>
    /// Whether <c>CMS_TEST_SQLSERVER</c> names a server. If so, tests that can run on either database use it.
    /// </summary>
    public static bool IsNamed => !string.IsNullOrEmpty(Named);

    /// <summary>Why tests cannot run on SQL Server here; null if they can.</summary>
    public static string? SkipReason =>
        IsNamed || Container is not null
            ? null
            : $"To run this suite against a real server, start a container engine such as Docker, or set {Variable} to a SQL Server connection string.";

    /// <summary>
    /// The value for <c>Cms__Database__MaxBatchSize</c>, from <c>CMS_TEST_SQLSERVER_MAXBATCHSIZE</c>.
    /// </summary>
    public static int? MaxBatchSize { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(BatchVariable), CultureInfo.InvariantCulture, out var size)
            ? size
            : null;

    /// <param name="second">
    /// Whether the test already has a database. If so, it cannot wait for the shared one, which it may use.
    /// </param>
    /// <returns>Null if a second database is needed and there can be only one.</returns>
    public static async Task<TestSqlServer?> CreateAsync(bool second = false)
    {
        await Starting.Value;
        var name = $"cms_test_{Guid.CreateVersion7():N}";
        var named = new SqlConnectionStringBuilder(Server);
        if (await TryCreateAsync(name))
        {
            return new TestSqlServer(
                new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ConnectionString,
                name
            );
        }

        if (second)
        {
            return null;
        }

        await Shared.WaitAsync();
        await EmptyAsync(named.ConnectionString);
        return new TestSqlServer(named.ConnectionString, created: null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_created is not { } name)
        {
            Shared.Release();
            return;
        }

        SqlConnection.ClearAllPools();
        try
        {
            await ExecuteAsync(Master, $"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;");
        }
        catch (SqlException)
        {
            // Some compatible servers do not support this statement. If it was needed, the DROP fails.
        }

        await ExecuteAsync(Master, $"DROP DATABASE [{name}];");
    }

    private static string? Server => IsNamed ? Named : Container?.GetConnectionString();

    private static string Master =>
        new SqlConnectionStringBuilder(Server) { InitialCatalog = "master" }.ConnectionString;

    // The container ends with the process of the tests.
    private static MsSqlContainer? Contain()
    {
        try
        {
            return new MsSqlBuilder(Image).Build();
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }

    private static async Task<bool> TryCreateAsync(string name)
    {
        await Creating.WaitAsync();
        try
        {
            await ExecuteAsync(Master, $"CREATE DATABASE [{name}];");
            return true;
        }
        // 262: no permission to create a database. 916 and 4060: no access to master.
        catch (SqlException refused) when (refused.Number is 262 or 916 or 4060)
        {
            return false;
        }
        finally
        {
            Creating.Release();
        }
    }

    private static Task EmptyAsync(string database) =>
        ExecuteAsync(
            database,
            """
            IF EXISTS (SELECT 1 FROM sys.fulltext_indexes) EXEC(N'DROP FULLTEXT INDEX ON [SearchDocuments]');
            DECLARE @sql nvarchar(max) = N'';
            SELECT @sql += N'ALTER TABLE ' + QUOTENAME(OBJECT_SCHEMA_NAME(parent_object_id)) + N'.' + QUOTENAME(OBJECT_NAME(parent_object_id)) + N' DROP CONSTRAINT ' + QUOTENAME(name) + N';' FROM sys.foreign_keys;
            SELECT @sql += N'DROP TABLE ' + QUOTENAME(SCHEMA_NAME(schema_id)) + N'.' + QUOTENAME(name) + N';' FROM sys.tables;
            EXEC(@sql);
            """
        );

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection) { RetryLogicProvider = Retries };
        await command.ExecuteNonQueryAsync();
    }
}
