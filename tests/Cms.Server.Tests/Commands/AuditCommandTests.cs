using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cms.Server.Tests.Commands;

[Needs("process")]
public sealed class AuditCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-audit-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_export_is_verified_and_a_log_that_was_cut_or_changed_later_is_not()
    {
        var samples = Path.Combine(Repository.Root, "samples", "newsroom");
        Assert.Equal(0, (await RunAsync("import", samples)).ExitCode);
        var exported = await RunAsync("audit", "export");
        var file = Path.Combine(_folder.FullName, "export.jsonl");
        await File.WriteAllTextAsync(file, exported.Output);

        var whole = await RunAsync("audit", "verify", "--head", file);
        var entries = exported.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(entries, line => Assert.Contains("\"via\":\"Import\"", line, StringComparison.Ordinal));
        Assert.True(entries.Length > 2);
        Assert.Equal((0, ""), (whole.ExitCode, whole.Complaints));
        Assert.StartsWith($"{entries.Length} entries, 0 faults.", whole.Output, StringComparison.Ordinal);

        await ExecuteAsync("UPDATE AuditEntries SET Action = 'nothing' WHERE Seq = 2");
        var changed = await RunAsync("audit", "verify");
        Assert.Equal(1, changed.ExitCode);
        Assert.StartsWith("Entry 2 was changed", changed.Complaints, StringComparison.Ordinal);

        await ExecuteAsync(
            "DELETE FROM AuditEntries WHERE Seq > 1; UPDATE AuditCounters SET Seq = 1, Hash = (SELECT Hash FROM AuditEntries)"
        );
        Assert.Equal(0, (await RunAsync("audit", "verify")).ExitCode);
        var cut = await RunAsync("audit", "verify", "--head", file);
        Assert.Equal(1, cut.ExitCode);
        Assert.Contains("before the exported head", cut.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_is_not_an_export_is_rejected_in_one_sentence()
    {
        var file = Path.Combine(_folder.FullName, "notes.txt");
        await File.WriteAllTextAsync(file, "Not an export.\n");

        var ended = await RunAsync("audit", "verify", "--head", file);

        Assert.Equal(3, ended.ExitCode);
        Assert.Contains(
            "give --head a file that audit export has written.",
            ended.Complaints,
            StringComparison.Ordinal
        );
    }

    private async Task<(int ExitCode, string Output, string Complaints)> RunAsync(params string[] arguments)
    {
        using var process = await CmsProcess.StartPublishedAsync(
            ServerDatabase.OnSqlite(_folder.FullName).Environment,
            arguments
        );
        var end = await process.EndAsync();
        return (end.ExitCode, end.Output, end.Complaints);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "cms.db")}");
        await connection.OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
