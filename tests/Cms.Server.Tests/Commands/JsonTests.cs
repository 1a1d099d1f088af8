using System.CommandLine;
using System.Text.Json.Nodes;
using Cms.Server.Commands;
using Cms.Testing;
using Xunit;
using static Cms.Server.Tests.Commands.OperatorNewsroom;

namespace Cms.Server.Tests.Commands;

/// <summary>With <c>--json</c>, every command prints one document, also if it fails.</summary>
[Needs("process")]
public sealed class JsonTests : IDisposable
{
    private readonly OperatorNewsroom _newsroom = new();

    public void Dispose() => _newsroom.Dispose();

    [SkippableFact]
    public async Task Commands_that_succeed_print_their_result()
    {
        var folder = await _newsroom.FilledAsync("filled");

        Assert.Empty((await SucceedAsync(folder, "migrate"))["applied"]!.AsArray());
        Assert.StartsWith(
            "CREATE TABLE",
            (string)(await SucceedAsync(folder, "migrate", "--script"))["script"]!,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "type Query",
            (string)(await SucceedAsync(folder, "schema", "print"))["schema"]!,
            StringComparison.Ordinal
        );
        Assert.NotEmpty((await SucceedAsync(folder, "operations"))["operations"]!.AsArray());
        var samples = Path.Combine(Repository.Root, "samples", "newsroom");
        var exported = _newsroom.PathOf("exported");
        Assert.True((int)(await SucceedAsync(folder, "export", exported))["files"]! > 20);
        var imported = await SucceedAsync(folder, "import", samples, "--dry-run");
        Assert.Empty(imported["rejected"]!.AsArray());
        Assert.True((bool)imported["dryRun"]!);
        Assert.Equal(0, (int)(await SucceedAsync(folder, "media", "sweep"))["files"]!);
        var audit = await SucceedAsync(folder, "audit", "verify");
        var entries = (await SucceedAsync(folder, "audit", "export"))["entries"]!.AsArray();
        Assert.Equal((int)audit["entries"]!, entries.Count);
        Assert.Equal((string)audit["head"]!["hash"]!, (string)entries[^1]!["hash"]!);
        var empty = await _newsroom.EmptyAsync("empty");
        Assert.Empty((await SucceedAsync(empty, "audit", "export"))["entries"]!.AsArray());
    }

    [SkippableFact]
    public async Task Commands_that_find_faults_list_them()
    {
        var folder = await _newsroom.FilledAsync("faulty");
        var image = Directory.GetFiles(Path.Combine(folder, "media", "o"), "*", SearchOption.AllDirectories)[0];
        File.Delete(image);
        await AskAsync(folder, """UPDATE "AuditEntries" SET "Action" = 'nothing' WHERE "Seq" = 2""");

        var media = await RunAsync(folder, "media", "verify", "--json");
        var audit = await RunAsync(folder, "audit", "verify", "--json");

        Assert.Equal((1, ""), (media.ExitCode, media.Complaints));
        Assert.Equal("missing", (string?)media.Document["faults"]![0]!["fault"]);
        Assert.EndsWith(
            Path.GetFileName(image),
            (string)media.Document["faults"]![0]!["key"]!,
            StringComparison.Ordinal
        );
        Assert.Equal((1, ""), (audit.ExitCode, audit.Complaints));
        Assert.StartsWith("Entry 2 was changed", (string)audit.Document["faults"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_that_fail_print_the_error_and_keep_their_exit_code()
    {
        var folder = await _newsroom.EmptyAsync("empty");
        var broken = Directory.CreateDirectory(_newsroom.PathOf("broken")).FullName;
        await File.WriteAllTextAsync(Path.Combine(broken, "cms.db"), new string('x', 5_000));

        await AssertFailsAsync(folder, 1, "migrat");
        await AssertFailsAsync(folder, 1, "media", "verify", "--megabytes-per-second", "0");
        await AssertFailsAsync(folder, 2, "import", _newsroom.PathOf("missing"));
        await AssertFailsAsync(folder, 3, "token", "editor");
        await AssertFailsAsync(broken, 3, "audit", "export");
        await AssertFailsAsync(broken, 3, "backup", _newsroom.PathOf("backup"));
        await AssertFailsAsync(folder, 3, "audit", "verify", "--head", Path.Combine(broken, "cms.db"));
    }

    [Fact]
    public async Task The_help_of_every_command_lists_its_exit_codes_and_the_option()
    {
        foreach (var command in Leaves(CommandLine.Root([]), []))
        {
            await using StringWriter output = new();
            await CommandLine
                .Root([])
                .Parse([.. command, "--help"])
                .InvokeAsync(new InvocationConfiguration { Output = output });

            var help = output.ToString();
            Assert.Contains("Exit codes:", help, StringComparison.Ordinal);
            Assert.Contains("  0  Success.", help, StringComparison.Ordinal);
            Assert.Contains(CommandOutput.Json, help, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string[]> Leaves(Command command, string[] path) =>
        command.Subcommands.Count == 0
            ? [path]
            : command.Subcommands.SelectMany(inner => Leaves(inner, [.. path, inner.Name]));

    private static async Task AssertFailsAsync(string folder, int code, params string[] arguments)
    {
        var end = await RunAsync(folder, [.. arguments, "--json"]);

        Assert.Equal((code, ""), (end.ExitCode, end.Complaints));
        Assert.IsType<JsonObject>(end.Document);
        Assert.EndsWith(".", (string)end.Document["error"]!, StringComparison.Ordinal);
    }
}
