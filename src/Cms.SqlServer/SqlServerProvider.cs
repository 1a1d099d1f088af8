using System.Data;
using System.Data.Common;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;

namespace Cms.SqlServer;

/// <summary>
/// Stores the content in SQL Server. Only the <c>migrate</c> command updates the schema; starting the server does not.
/// </summary>
internal sealed partial class SqlServerProvider(
    IDbContextFactory<CmsDbContext> databases,
    DbContextOptions<CmsDbContext> options,
    SqlServerArticleSearch search,
    ILogger<SqlServerProvider> logger
) : IDatabaseProvider
{
    private const string DatabaseCheck = "database";

    private const string NoDatabase =
        "The database does not exist in SQL Server, or the login has no access to it: create the database, or correct ConnectionStrings__Cms.";

    // With the pauses between them, the attempts take about ten seconds.
    private const int MaxCreations = 60;

    private static readonly TimeSpan MigrationLimit = TimeSpan.FromMinutes(30);

    public int IdleConnections => 0;

    public CmsDbContext CreateReadContext(Func<DbContextOptions<CmsDbContext>, CmsDbContext>? create = null) =>
        create?.Invoke(options) ?? databases.CreateDbContext();

    public bool TryReset(DbConnection connection) => connection.State is ConnectionState.Open;

    public void Interrupt(DbConnection connection) { }

    public ValueTask<IDisposable?> TakeWriteTurnAsync(CancellationToken cancellationToken) => default;

    public DatabaseFault Classify(Exception exception) => SqlServerErrors.Classify(exception);

    public string? Explain(Exception exception) =>
        this.FaultOf(exception) switch
        {
            DatabaseFault.LoginRefused =>
                "SQL Server rejected the login: check the user and password, or the managed identity, in ConnectionStrings__Cms.",
            DatabaseFault.Missing => NoDatabase,
            DatabaseFault.PermissionMissing =>
                "The login lacks a permission in the database: grant it db_datareader and db_datawriter, and db_ddladmin for migrate.",
            DatabaseFault.Full => "The database or its log is full: add space. Everything saved before is safe.",
            DatabaseFault.ReadOnly =>
                "The database is read-only: connect to the primary replica, or run ALTER DATABASE CURRENT SET READ_WRITE.",
            DatabaseFault.Damaged =>
                "SQL Server reports damaged pages: run DBCC CHECKDB, and restore the database from a backup.",
            DatabaseFault.Contention =>
                "Too many programs are writing to the database at the same time: stop one of them, or try again later.",
            DatabaseFault.Timeout or DatabaseFault.Unavailable =>
                "SQL Server does not respond: check that it is running, that the address in ConnectionStrings__Cms is right and that nothing blocks the port.",
            DatabaseFault.ConnectionStringInvalid =>
                "ConnectionStrings__Cms cannot be read: write it as Server=…;Database=…;User Id=…;Password=….",
            _ => null,
        };

    // Opens a new connection, because the connections in the pool can hang or can all be in use.
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var connection = new SqlConnection(
            new SqlConnectionStringBuilder(db.Database.GetConnectionString())
            {
                Pooling = false,
                ConnectTimeout = 1,
                ConnectRetryCount = 0,
            }.ConnectionString
        );
        await connection.OpenAsync(cancellationToken);
        await using var command = new SqlCommand("SELECT 1", connection) { CommandTimeout = 1 };
        await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task<DateTimeOffset?> ClockAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = await db
            .Database.SqlQuery<DateTime>($"SELECT SYSUTCDATETIME() AS [Value]")
            .SingleAsync(cancellationToken);
        return new DateTimeOffset(DateTime.SpecifyKind(now, DateTimeKind.Utc));
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await FirstConnection.OpenAsync(db, Explain, cancellationToken);
            findings.Add(Finding.Ok(DatabaseCheck, "SQL Server responds, and accepts the login."));
            var schema = SchemaFinding.Of(
                await db.Database.GetAppliedMigrationsAsync(cancellationToken),
                db.Database.GetMigrations(),
                isMigratedAtStart: false
            );
            findings.Add(schema);
            if (schema.Status is FindingStatus.Ok)
            {
                findings.AddRange(await SqlServerExamination.RunAsync(db, cancellationToken));
            }
        }
        catch (CannotStartException fault)
        {
            findings.Add(Finding.Failure(DatabaseCheck, fault.Message));
        }
        catch (Exception fault) when (fault is not OperationCanceledException && Explain(fault) is { } sentence)
        {
            findings.Add(Finding.Failure(DatabaseCheck, sentence));
        }

        return findings;
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await FirstConnection.OpenAsync(db, Explain, cancellationToken);
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList() is [var first, ..] pending)
            {
                throw new CannotStartException(
                    $"The database schema is out of date (pending migrations: {pending.Count}, the first is {first}): run `dotnet run --project src/Cms.Server -- migrate`, then start again."
                );
            }

            search.HasFullText = await db
                .Database.SqlQuery<bool>(
                    $"SELECT CAST(COALESCE(OBJECTPROPERTYEX(OBJECT_ID(N'SearchDocuments'), N'TableHasActiveFulltextIndex'), 0) AS bit) AS [Value]"
                )
                .SingleAsync(cancellationToken);
            search.HasDeskFullText = await db
                .Database.SqlQuery<bool>(
                    $"SELECT CAST(COALESCE(OBJECTPROPERTYEX(OBJECT_ID(N'DeskDocuments'), N'TableHasActiveFulltextIndex'), 0) AS bit) AS [Value]"
                )
                .SingleAsync(cancellationToken);
            if (!search.HasFullText)
            {
                await FillSearchWords.RunAsync(db, cancellationToken);
                LogNoFullText(logger);
            }

            await FillDeskListings.RunAsync(db, cancellationToken);
            var snapshots = await db
                .Database.SqlQuery<bool>(
                    $"SELECT [is_read_committed_snapshot_on] AS [Value] FROM [sys].[databases] WHERE [database_id] = DB_ID()"
                )
                .SingleAsync(cancellationToken);
            if (!snapshots)
            {
                LogReadersBlock(logger);
            }
        }
        catch (Exception fault) when (fault is not CannotStartException && Explain(fault) is { } sentence)
        {
            throw new CannotStartException(sentence, fault);
        }
    }

    public async Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        try
        {
            // Another process can hold the lock for as long as its migrations take.
            db.Database.SetCommandTimeout(MigrationLimit);
            try
            {
                await FirstConnection.OpenAsync(db, Explain, cancellationToken);
            }
            catch (SqlException missing) when (Classify(missing) is DatabaseFault.Missing)
            {
                await CreateIfMissingAsync(db, cancellationToken);
            }

            List<string> before = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
            if (before.Count == 0)
            {
                return new MigrationOutcome([], []);
            }

            // EF takes the same lock again while it migrates. SQL Server allows this within one session.
            await db.Database.OpenConnectionAsync(cancellationToken);
            await using var only = await db.GetService<IHistoryRepository>()
                .AcquireDatabaseLockAsync(cancellationToken);
            List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
            await db.Database.MigrateAsync(cancellationToken);
            return MigrationOutcome.Of(before, pending);
        }
        catch (Exception fault) when (fault is not CannotStartException && Explain(fault) is { } sentence)
        {
            throw new CannotStartException(sentence, fault);
        }
    }

    // The migration lock is in the database, so it cannot prevent several processes from trying to create a missing
    // database at the same time.
    private async Task CreateIfMissingAsync(CmsDbContext db, CancellationToken cancellationToken)
    {
        var creator = db.GetService<Microsoft.EntityFrameworkCore.Storage.IRelationalDatabaseCreator>();
        try
        {
            if (await creator.ExistsAsync(cancellationToken))
            {
                return;
            }
        }
        catch (SqlException missing) when (Classify(missing) is DatabaseFault.Missing)
        {
            // EF recognises only one of the error numbers for a missing database.
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await creator.CreateAsync(cancellationToken);
                return;
            }
            catch (SqlException created) when (SqlServerErrors.AlreadyExists(created))
            {
                // Another process has created it.
                return;
            }
            catch (SqlException refused) when (Classify(refused) is DatabaseFault.PermissionMissing)
            {
                throw new CannotStartException(NoDatabase, refused);
            }
            catch (Exception busy) when (attempt < MaxCreations && this.FaultOf(busy) is DatabaseFault.Contention)
            {
                // SQL Server creates databases one at a time.
                await Task.Delay(WriteRetries.PauseAfter(attempt), cancellationToken);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "SearchDocuments has no full-text index, because SQL Server's full-text component was not installed when the database was migrated. Search works and finds the same articles as on SQLite, but each search reads every published article, so it gets slower as their number grows. To change that, install the component (Full-Text and Semantic Extractions for Search; mssql-server-fts on Linux), create the index as docs/operations/search.md describes, and restart."
    )]
    private static partial void LogNoFullText(ILogger logger);

    [LoggerMessage(
        LogLevel.Warning,
        "READ_COMMITTED_SNAPSHOT is off, so readers wait while editors save: run ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON."
    )]
    private static partial void LogReadersBlock(ILogger logger);
}
