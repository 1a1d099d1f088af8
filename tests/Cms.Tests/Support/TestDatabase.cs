using Cms.Data;
using Cms.Sqlite;
using Cms.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Tests.Support;

/// <summary>A migrated, empty database of a test class's own, with the product's services and a clock that stands still.</summary>
public abstract class TestDatabase : IAsyncLifetime
{
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 4, 23, 9, 0, 0, TimeSpan.Zero));

    public ServiceProvider Services { get; private set; } = null!;

    /// <summary>Where the blobs lie.</summary>
    public DirectoryInfo Files { get; } = Directory.CreateTempSubdirectory("cms-test-files-");

    /// <summary>Why these tests cannot run here; null when they can.</summary>
    public virtual string? SkipReason => null;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public Task<CmsDbContext> OpenAsync() => Get<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();

    public async Task InitializeAsync()
    {
        if (SkipReason is not null)
        {
            return;
        }

        Services = await BuildAsync();
        await Get<IDatabaseProvider>().MigrateAsync(CancellationToken.None);
        await Get<IDatabaseProvider>().PrepareAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (Services is not null)
        {
            await Services.DisposeAsync();
        }

        await DropAsync();
        Files.Delete(recursive: true);
    }

    /// <summary>The product over this database; a second call gives a second server on the same data.</summary>
    public async Task<ServiceProvider> BuildAsync(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging();
        await AddDatabaseAsync(services);
        services.AddFileStore(Files.FullName, Clock);
        services.AddCms();
        more?.Invoke(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    protected abstract Task AddDatabaseAsync(IServiceCollection services);

    protected abstract Task DropAsync();
}

public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-test-");

    public string File => Path.Combine(_folder.FullName, "cms.db");

    protected override Task AddDatabaseAsync(IServiceCollection services)
    {
        services.AddCmsSqlite(File);
        return Task.CompletedTask;
    }

    protected override Task DropAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>
/// The server named by <c>CMS_TEST_SQLSERVER</c>. Each test class gets a database of its own; where the login may not
/// create one, the database named by the connection string is emptied and used.
/// </summary>
public sealed class SqlServerTestDatabase : TestDatabase
{
    public const string Variable = "CMS_TEST_SQLSERVER";

    // Without leave to create databases the classes share one, one after another.
    private static readonly SemaphoreSlim Shared = new(1);

    private readonly string? _server = Environment.GetEnvironmentVariable(Variable);
    private string? _created;
    private bool _holdsShared;

    public override string? SkipReason =>
        string.IsNullOrEmpty(_server)
            ? $"Set {Variable} to a SQL Server connection string to run this suite against a real server."
            : null;

    protected override async Task AddDatabaseAsync(IServiceCollection services)
    {
        var connection = new SqlConnectionStringBuilder(_server);
        if (_created is null && !_holdsShared)
        {
            var name = $"cms_test_{Guid.CreateVersion7():N}";
            if (await TryCreateAsync(name))
            {
                _created = name;
            }
            else
            {
                await Shared.WaitAsync();
                _holdsShared = true;
                await EmptyAsync(connection.ConnectionString);
            }
        }

        if (_created is { } own)
        {
            connection.InitialCatalog = own;
        }

        var batch = Environment.GetEnvironmentVariable("CMS_TEST_SQLSERVER_MAXBATCHSIZE");
        services.AddCmsSqlServer(
            connection.ConnectionString,
            int.TryParse(batch, System.Globalization.CultureInfo.InvariantCulture, out var size) ? size : null
        );
    }

    protected override async Task DropAsync()
    {
        if (_holdsShared)
        {
            Shared.Release();
        }

        if (_created is { } name)
        {
            SqlConnection.ClearAllPools();
            await ExecuteAsync(
                MasterOf(_server!),
                $"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}];"
            );
        }
    }

    private async Task<bool> TryCreateAsync(string name)
    {
        try
        {
            await ExecuteAsync(MasterOf(_server!), $"CREATE DATABASE [{name}];");
            return true;
        }
        // 262: no permission to create a database. 916 and 4060: no way into master.
        catch (SqlException refused) when (refused.Number is 262 or 916 or 4060)
        {
            return false;
        }
    }

    private static string MasterOf(string server) =>
        new SqlConnectionStringBuilder(server) { InitialCatalog = "master" }.ConnectionString;

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
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
