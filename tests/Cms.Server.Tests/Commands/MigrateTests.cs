using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cms.Server.Tests.Commands;

[Needs("process")]
public sealed class MigrateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-migrate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task One_of_three_simultaneous_migrations_applies_the_changes_and_the_others_report_it()
    {
        // The database is empty. The test holds the lock until all three processes report that they wait for it.
        var held = new FileStream(
            Path.Combine(_folder.FullName, "cms.db.migrating"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None
        );
        var processes = Start(ServerDatabase.OnSqlite(_folder.FullName).Environment);

        await Task.WhenAll(processes.Select(WaitsAsync));
        await held.DisposeAsync();

        await AssertOneAppliedAsync(processes);
    }

    [SkippableFact]
    public async Task One_of_three_simultaneous_migrations_on_SQL_Server_applies_the_changes_and_the_others_report_it()
    {
        await using var database = await ServerDatabase.OnSqlServerAsync(_folder.FullName);
        await using var connection = new SqlConnection(database.Settings["ConnectionStrings:Cms"]);
        await connection.OpenAsync();
        // This is the lock that EF Core uses for migrations.
        await ExecuteAsync(
            connection,
            "EXEC sp_getapplock @Resource = '__EFMigrationsLock', @LockOwner = 'Session', @LockMode = 'Exclusive'"
        );
        var processes = Start(database.Environment);

        await ExecuteAsync(
            connection,
            """
            WHILE (SELECT COUNT(*) FROM sys.dm_tran_locks WHERE resource_type = 'APPLICATION' AND request_status = 'WAIT' AND resource_database_id = DB_ID()) < 3
                WAITFOR DELAY '00:00:00.1';
            EXEC sp_releaseapplock @Resource = '__EFMigrationsLock', @LockOwner = 'Session';
            """
        );

        await AssertOneAppliedAsync(processes);
    }

    [Fact]
    public async Task The_script_for_SQLite_works_only_on_an_empty_database_as_the_help_says()
    {
        using var help = CmsProcess.Start(ServerDatabase.OnSqlite(_folder.FullName).Environment, "migrate", "--help");
        using var printed = CmsProcess.Start(
            ServerDatabase.OnSqlite(_folder.FullName).Environment,
            "migrate",
            "--script"
        );
        var script = (await printed.EndAsync()).Output;
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = new SqliteCommand(script, connection);

        await command.ExecuteNonQueryAsync();
        var again = await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync());

        Assert.Contains("already exists", Assert.IsType<SqliteException>(again).Message, StringComparison.Ordinal);
        Assert.Contains(
            "For SQLite, it works only on an empty database.",
            (await help.EndAsync()).Output,
            StringComparison.Ordinal
        );
    }

    private static List<CmsProcess> Start(IReadOnlyDictionary<string, string> settings) =>
        [.. Enumerable.Range(0, 3).Select(_ => CmsProcess.Start(settings, "migrate"))];

    private static async Task WaitsAsync(CmsProcess process)
    {
        var line = await process.ReadLineAsync();
        Assert.Contains("Another process is migrating the database", line, StringComparison.Ordinal);
    }

    private static async Task AssertOneAppliedAsync(List<CmsProcess> processes)
    {
        var ends = await Task.WhenAll(processes.Select(process => process.EndAsync()));
        processes.ForEach(process => process.Dispose());

        Assert.All(ends, end => Assert.Equal((0, ""), (end.ExitCode, end.Complaints)));
        var winner = Assert.Single(ends, end => end.Output.StartsWith("Applied ", StringComparison.Ordinal)).Output;
        Assert.EndsWith("Done.", winner.TrimEnd(), StringComparison.Ordinal);
        var elsewhere = winner
            .Replace("Applied ", "Another process applied ", StringComparison.Ordinal)
            .Replace("Done.", "The database is up to date.", StringComparison.Ordinal);
        Assert.Equal([elsewhere, elsewhere], ends.Select(end => end.Output).Where(output => output != winner));
    }

    private static async Task ExecuteAsync(SqlConnection connection, string sql)
    {
        await using var command = new SqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }
}
