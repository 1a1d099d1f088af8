using Cms.Articles.Gate;
using Cms.Data;
using Cms.Foundation;
using Cms.Import;
using Cms.Sqlite;
using Cms.SqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Testing;

/// <summary>
/// A migrated, empty database for one test class, with the product's services and a clock that does not advance by
/// itself.
/// </summary>
public abstract class TestDatabase : IAsyncLifetime
{
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 4, 23, 9, 0, 0, TimeSpan.Zero));

    public ServiceProvider Services { get; private set; } = null!;

    /// <summary>The publishing rules.</summary>
    public GateSettings Gate { get; init; } = QuietGate.Settings;

    /// <summary>The folder of the blob store.</summary>
    public DirectoryInfo Files { get; } = Directory.CreateTempSubdirectory("cms-test-files-");

    /// <summary>Why these tests cannot run here; null if they can.</summary>
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

        await CreateAsync();
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

    /// <summary>
    /// Builds the product's services on this database. A second call creates a second server on the same data.
    /// </summary>
    public async Task<ServiceProvider> BuildAsync(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging();
        await AddDatabaseAsync(services);
        services.AddFileStore(Files.FullName, Clock);
        services.AddSingleton(Gate);
        services.AddSingleton(new Vault((_, secret) => secret, (_, secret) => secret));
        services.AddCms().AddImport();
        more?.Invoke(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>Creates the database with its tables, if that is faster than to migrate it.</summary>
    protected virtual Task CreateAsync() => Task.CompletedTask;

    protected abstract Task AddDatabaseAsync(IServiceCollection services);

    protected abstract Task DropAsync();
}

public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-test-");

    public string File => Path.Combine(_folder.FullName, "cms.db");

    protected override Task CreateAsync() => EmptySqlite.CopyAsync(File);

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
/// A database on the server that <c>CMS_TEST_SQLSERVER</c> names or, if it is not set, on a server in a container.
/// </summary>
public sealed class SqlServerTestDatabase : TestDatabase
{
    private TestSqlServer? _server;

    public override string? SkipReason => TestSqlServer.SkipReason;

    protected override async Task AddDatabaseAsync(IServiceCollection services)
    {
        _server ??= await TestSqlServer.CreateAsync();
        services.AddCmsSqlServer(_server!.ConnectionString, TestSqlServer.MaxBatchSize);
    }

    protected override async Task DropAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
    }
}

/// <summary>
/// A database on the server that <c>CMS_TEST_SQLSERVER</c> names or, if it is not set, on SQLite. It is for tests that
/// need a database, but not every kind of database in the same run.
/// </summary>
public sealed class AnyTestDatabase : TestDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-test-");
    private TestSqlServer? _server;

    private string File => Path.Combine(_folder.FullName, "cms.db");

    protected override Task CreateAsync() => TestSqlServer.IsNamed ? Task.CompletedTask : EmptySqlite.CopyAsync(File);

    protected override async Task AddDatabaseAsync(IServiceCollection services)
    {
        if (!TestSqlServer.IsNamed)
        {
            services.AddCmsSqlite(File);
            return;
        }

        _server ??= await TestSqlServer.CreateAsync();
        services.AddCmsSqlServer(_server!.ConnectionString, TestSqlServer.MaxBatchSize);
    }

    protected override async Task DropAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
