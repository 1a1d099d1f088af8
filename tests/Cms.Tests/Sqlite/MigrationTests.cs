using System.Data.Common;
using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Sqlite;

public sealed class MigrationTests : IAsyncLifetime
{
    // A start that hangs fails after this time instead of blocking the test run.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly SqliteServers _servers = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Fact]
    public async Task The_first_start_creates_the_folder_the_file_and_the_schema()
    {
        await _servers.StartDatabase().PrepareAsync(default);

        await using var connection = await _servers.ConnectAsync();
        Assert.Equal(1, await connection.ScalarAsync<long>("""SELECT COUNT(*) FROM "ChangeCounters" """));
        Assert.Equal(0, await connection.ScalarAsync<long>("""SELECT COUNT(*) FROM "Articles" """));
    }

    [Fact]
    public async Task A_second_start_applies_no_migrations()
    {
        await _servers.StartDatabase().PrepareAsync(default);

        var outcome = await _servers.StartDatabase().MigrateAsync(default);

        Assert.Empty(outcome.Applied);
        Assert.Empty(outcome.AppliedElsewhere);
    }

    [Fact]
    public async Task Of_eight_servers_that_start_concurrently_one_migrates_and_all_succeed()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_servers.File)!);
        var outcomes = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(_ => _servers.StartDatabase())
                    .Select(database => Task.Run(() => database.MigrateAsync(default)))
            )
            .WaitAsync(Timeout);

        await using var db = await OpenAsync();
        var winner = Assert.Single(outcomes, outcome => outcome.Applied.Count > 0);
        Assert.Equal(db.Database.GetMigrations(), winner.Applied);
        // A process that read the history during the migration reports only the migrations still pending then.
        Assert.All(
            outcomes.Where(outcome => outcome != winner),
            outcome => Assert.Equal(winner.Applied.TakeLast(outcome.AppliedElsewhere.Count), outcome.AppliedElsewhere)
        );
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
    }

    [Fact]
    public async Task A_process_that_waits_for_another_reports_the_migrations_that_the_other_applied()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_servers.File)!);
        await using (var empty = await _servers.ConnectAsync())
        {
            await empty.ExecuteAsync("PRAGMA journal_mode = WAL;");
        }

        var historyQueried = new HistoryQueried();
        Task<MigrationOutcome> waiting;
        await using (new FileStream(_servers.File + ".migrating", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            waiting = Task.Run(() => _servers.StartDatabase(historyQueried).MigrateAsync(default));
            // The process now knows the pending migrations and waits for the lock that this test holds.
            await historyQueried.Completed.WaitAsync(Timeout);
            await using var other = await OpenAsync();
            await other.Database.MigrateAsync();
        }

        var outcome = await waiting.WaitAsync(Timeout);

        await using var db = await OpenAsync();
        Assert.Empty(outcome.Applied);
        Assert.Equal(db.Database.GetMigrations(), outcome.AppliedElsewhere);
    }

    [Fact]
    public async Task Eight_servers_that_start_concurrently_on_a_new_machine_all_become_ready() =>
        await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(_ => _servers.StartDatabase())
                    .Select(database => Task.Run(() => database.PrepareAsync(default)))
            )
            .WaitAsync(Timeout);

    [Fact]
    public async Task A_migration_that_was_killed_does_not_block_the_next_start()
    {
        await using (var killed = await _servers.ConnectAsync())
        {
            await killed.ExecuteAsync(
                """
                CREATE TABLE "__EFMigrationsLock" (
                    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
                    "Timestamp" TEXT NOT NULL
                );
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-04-23 09:00:00');
                """
            );
        }

        await File.WriteAllTextAsync(_servers.File + ".migrating", "");

        await _servers.StartDatabase().PrepareAsync(default).WaitAsync(Timeout);

        await using var db = await OpenAsync();
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
    }

    [Fact]
    public async Task A_server_starts_with_a_restored_backup_that_has_no_write_ahead_log()
    {
        await _servers.StartDatabase().PrepareAsync(default);
        var backup = Path.Combine(_servers.Folder, "backup.db");
        await using (var connection = await _servers.ConnectAsync())
        {
            await connection.ExecuteAsync($"VACUUM INTO '{backup}'");
        }

        _servers.Remove();
        File.Move(backup, _servers.File);

        await _servers.StartDatabase().PrepareAsync(default);

        await using var restored = await _servers.ConnectAsync();
        Assert.Equal("wal", await restored.ScalarAsync<string>("PRAGMA journal_mode"));
    }

    private Task<CmsDbContext> OpenAsync() =>
        _servers.Start().GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();

    /// <summary>Signals that the migration history has been queried.</summary>
    private sealed class HistoryQueried : DbCommandInterceptor
    {
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Completed => _completed.Task;

        public override ValueTask<object?> ScalarExecutedAsync(
            DbCommand command,
            CommandExecutedEventData eventData,
            object? result,
            CancellationToken cancellationToken = default
        )
        {
            _completed.TrySetResult();
            return new(result);
        }
    }
}
