using System.Data.Common;
using Cms.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.SqlServer;

/// <summary>SQL Server, whose schema is brought up to date by command, never by a server that starts.</summary>
internal sealed partial class SqlServerProvider(
    IDbContextFactory<CmsDbContext> databases,
    SqlServerArticleSearch search,
    ILogger<SqlServerProvider> logger
) : IDatabaseProvider
{
    private const int NoSuchDatabase = 4060;

    public void Interrupt(DbConnection connection) { }

    public int IdleConnections => 0;

    // 2601: duplicate key in a unique index. 2627: violation of a unique or primary key constraint.
    public bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqlException { Number: 2601 or 2627 };

    public string? Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SqlException { Number: 18456 or 18452 }:
                    return "SQL Server refused the login: check the user and password, or the managed identity, in ConnectionStrings__Cms.";
                case SqlException { Number: 4060 }:
                    return "SQL Server has no such database, or the login may not use it: create the database, or correct ConnectionStrings__Cms.";
                case SqlException { Number: 229 or 230 or 262 or 300 }:
                    return "The login lacks a permission in the database: grant it db_datareader and db_datawriter, and db_ddladmin for migrate.";
                case SqlException { Number: 1105 or 9002 }:
                    return "The database or its log is full: give it room; what was saved before is safe.";
                case SqlException { Class: >= 20 }
                or SqlException { Number: -2 or 2 or 53 or 258 or 10060 or 10061 or 11001 }:
                    return "SQL Server does not answer: check that it runs, that the address in ConnectionStrings__Cms is right and that nothing blocks the port.";
                case ArgumentException
                    when cause.Source == "Microsoft.Data.SqlClient"
                        || cause.Source == "Core Microsoft SqlClient Data Provider":
                    return "ConnectionStrings__Cms cannot be read: write it as Server=…;Database=…;User Id=…;Password=….";
            }
        }

        return null;
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
                    $"The database is {pending.Count} migrations behind (the first is {first}): run `dotnet run --project src/Cms.Server -- migrate`, then start again."
                );
            }

            search.HasFullText = await db
                .Database.SqlQuery<bool>(
                    $"SELECT CAST(COALESCE(OBJECTPROPERTYEX(OBJECT_ID(N'SearchDocuments'), N'TableHasActiveFulltextIndex'), 0) AS bit) AS [Value]"
                )
                .SingleAsync(cancellationToken);
            if (!search.HasFullText)
            {
                LogNoFullText(logger);
            }

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
        catch (Exception fault) when (Explain(fault) is { } sentence)
        {
            throw new CannotStartException(sentence, fault);
        }
    }

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        try
        {
            try
            {
                await FirstConnection.OpenAsync(db, Explain, cancellationToken);
            }
            catch (SqlException missing) when (missing.Number == NoSuchDatabase)
            {
                // Migrating creates it.
            }

            List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
            await db.Database.MigrateAsync(cancellationToken);
            return pending;
        }
        catch (Exception fault) when (Explain(fault) is { } sentence)
        {
            throw new CannotStartException(sentence, fault);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The server has no full-text index on SearchDocuments: search falls back to LIKE, which reads every document. Install the full-text component and run migrate."
    )]
    private static partial void LogNoFullText(ILogger logger);

    [LoggerMessage(
        LogLevel.Warning,
        "READ_COMMITTED_SNAPSHOT is off, so that readers wait for editors: run ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON."
    )]
    private static partial void LogReadersBlock(ILogger logger);
}
