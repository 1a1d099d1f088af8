using System.Data.Common;
using Cms.Data;
using Cms.GraphQL;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Tests.Sqlite;

/// <summary>Checks the message that says what to do if the database cannot be used.</summary>
public sealed class UnusableDatabaseTests : IAsyncLifetime
{
    private readonly SqliteServers _servers = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Fact]
    public async Task A_file_that_is_not_a_database_is_explained()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_servers.File)!);
        await File.WriteAllTextAsync(_servers.File, new string('x', 5000));

        await SnapshotOfStartAsync();
    }

    [Fact]
    public async Task A_damaged_file_is_explained()
    {
        await _servers.StartDatabase().PrepareAsync(default);
        SqliteServers.Release();

        // Overwrites every page except the first, which contains the header.
        await using (var file = File.OpenWrite(_servers.File))
        {
            file.Position = 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0x5A, (int)file.Length - 4096).ToArray());
        }

        await SnapshotOfStartAsync();
    }

    [Fact]
    public async Task A_file_locked_by_another_program_is_explained()
    {
        await _servers.StartDatabase().PrepareAsync(default);
        await using var other = await _servers.ConnectAsync();
        await other.ExecuteAsync("BEGIN EXCLUSIVE;");

        await SnapshotOfStartAsync();
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_explained()
    {
        await File.WriteAllTextAsync(Path.GetDirectoryName(_servers.File)!, "");

        await SnapshotOfStartAsync();
    }

    [SkippableFact]
    public async Task A_data_directory_without_write_permission_is_explained()
    {
        Skip.If(Environment.IsPrivilegedProcess, "File permissions do not apply to a privileged user.");
        Skip.If(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_servers.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            try
            {
                await SnapshotOfStartAsync();
            }
            finally
            {
                File.SetUnixFileMode(
                    _servers.Folder,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
            }
        }
    }

    // This test also works for the superuser. SQLite rejects each write with the error code for a read-only file.
    [Fact]
    public async Task A_file_without_write_permission_is_explained()
    {
        await _servers.StartDatabase().PrepareAsync(default);

        await SnapshotOfStartAsync(new OnOpened("PRAGMA query_only = ON;"));
    }

    [Fact]
    public async Task A_disk_without_space_for_the_schema_is_explained() =>
        await SnapshotOfStartAsync(new OnOpened("PRAGMA max_page_count = 8;"));

    [Fact]
    public async Task A_disk_that_fills_up_while_an_editor_saves_is_explained()
    {
        var server = _servers.Start(new OnOpened("PRAGMA max_page_count = 1;"));
        await _servers.StartDatabase().PrepareAsync(default);
        var lengthy = Newsroom.Story() with { Byline = null, Summary = new string('x', 2000) };

        var full = await Record.ExceptionAsync(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await new Newsroom(server).DraftAsync(lengthy, slug: $"story-{i}");
            }
        });

        SnapshotOf(server.GetRequiredService<IDatabaseProvider>().Explain(full!)!);
    }

    [Fact]
    public async Task A_syntax_error_in_SQL_is_not_explained_as_an_unusable_database()
    {
        var server = _servers.Start();
        var database = server.GetRequiredService<IDatabaseProvider>();
        await database.PrepareAsync(default);
        await using var db = await server.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();

        var fault = await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync("SELECT FROM"));

        Assert.NotNull(fault);
        Assert.Null(database.Explain(fault));
    }

    private async Task SnapshotOfStartAsync(params IInterceptor[] interceptors)
    {
        var refused = await Assert.ThrowsAsync<CannotStartException>(() =>
            _servers.StartDatabase(interceptors).PrepareAsync(default)
        );
        SnapshotOf(refused.Message);
    }

    private void SnapshotOf(string sentence)
    {
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Snapshot.Match(sentence.Replace(_servers.Folder, "{folder}", StringComparison.Ordinal));
    }

    private sealed class OnOpened(string sql) : DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
