using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Media;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cms.Server.Tests.Faults;

/// <summary>The disk of the database and the images is full, and later has space again.</summary>
[Needs("process")]
public sealed class FullDiskTests : FaultSuite
{
    // The desk shows at most this number of articles on a page.
    private const int Most = 90;

    private static readonly string Long = new('x', 50_000);

    private ServingProcess _server = null!;

    [SkippableFact]
    public async Task On_a_full_disk_writes_are_rejected_and_reads_go_on_until_there_is_space()
    {
        Skip.If(OperatingSystem.IsWindows(), "This test needs the limits and file systems of Linux.");
        if (await RunAsync("unshare", "-m", "mount", "-t", "tmpfs", "cms", "/mnt") == 0)
        {
            await FillDiskAsync();
        }
        else
        {
            await LimitFilesAsync();
        }
    }

    // The server has a small disk of its own, which exists only for its process.
    private async Task FillDiskAsync()
    {
        const string Mount = """mount -t tmpfs -o size=64m cms "$0" && exec "$@" """;
        using var server = await ServingProcess.StartPublishedThroughAsync(
            ["unshare", "-m", "sh", "-c", Mount, Data],
            Settings,
            Token,
            Issuer.Settings
        );
        var disk = $"/proc/{server.Id}/root{Data}";
        var ballast = Path.Combine(disk, "ballast");
        await FailAsync(
            server,
            fill: () => FillAsync(ballast),
            free: () =>
            {
                File.Delete(ballast);
                return Task.CompletedTask;
            },
            disk
        );
    }

    // Without the right to mount a file system: no file of the server may grow.
    private async Task LimitFilesAsync()
    {
        using var server = await ServingProcess.StartPublishedThroughAsync(
            ["sh", "-c", """trap '' XFSZ; exec "$0" "$@" """],
            Settings,
            Token,
            Issuer.Settings
        );
        await FailAsync(server, fill: () => LimitAsync("0"), free: () => LimitAsync("unlimited"), Data);

        async Task LimitAsync(string bytes)
        {
            var process = server.Id.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(0, await RunAsync("prlimit", "--pid", process, $"--fsize={bytes}:unlimited"));
        }
    }

    private async Task FailAsync(ServingProcess server, Func<Task> fill, Func<Task> free, string disk)
    {
        _server = server;
        await ReadyAsync(server);
        await PublishAsync(server, "Before");
        var kept = await KeepAsync(server);
        var image = await UploadAsync(1);
        var ticket = await TicketAsync();

        await fill();
        List<string> saved = ["Before", .. await WriteUntilRejectedAsync()];
        var outage = Stopwatch.StartNew();
        do
        {
            AssertPassing(await CreateAsync(server, "During", Long), "DATABASE_UNAVAILABLE");
            AssertPassing(await PostAsync(2), "DATABASE_UNAVAILABLE", "STORE_UNAVAILABLE");
            AssertPassing(await PutAsync(ticket), "STORE_UNAVAILABLE");
            var cached = await AskAnonymouslyAsync(server, Kept);
            Assert.Equal((true, kept), (cached.IsCached, cached.Text));
            Assert.Equal(HttpStatusCode.OK, (await AskAnewAsync(server)).Status);

            // Neither a stored image nor one that can only be made, but not stored, needs space.
            Assert.Equal(HttpStatusCode.OK, await ImageAsync(image));
        } while (outage.Elapsed < Outage);
        await LoggedAsync(server, "The disk that holds");
        await LoggedAsync(server, "The image store cannot be used.");

        await free();
        await UntilAsync(
            async () => (await CreateAsync(server, "After")).Status is HttpStatusCode.OK,
            "Writes are still rejected."
        );
        await ReadyAsync(server);
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(ticket)).Status);
        Assert.Equal(HttpStatusCode.OK, await ImageAsync(await UploadAsync(3)));
        await LoggedAsync(server, "The image store can be used again");
        Assert.Equal([.. saved.Append("After").Order(StringComparer.Ordinal)], await HeadlinesAsync(server));
        await AssertSoundAsync(disk);
        Assert.Equal((0, ""), await server.StopAsync());
    }

    private static async Task FillAsync(string path)
    {
        await using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                await file.WriteAsync(new byte[4_096]);
            }
        });
    }

    // The write-ahead log can have space that is not in use, so that some writes succeed on a full disk.
    private async Task<List<string>> WriteUntilRejectedAsync()
    {
        List<string> saved = [];
        while (await CreateAsync(_server, $"Full {saved.Count}", Long) is { Status: HttpStatusCode.OK } reply)
        {
            Assert.Empty(reply.Data["createArticle"]!["errors"]!.AsArray());
            saved.Add($"Full {saved.Count}");
            Assert.True(saved.Count < Most, "The disk is not full.");
        }

        return saved;
    }

    private async Task<string> UploadAsync(int number)
    {
        var reply = await PostAsync(number);
        Assert.True(reply.Status is HttpStatusCode.Created, reply.Text);
        return (string)JsonNode.Parse(reply.Text)!["url"]!;
    }

    private async Task<Reply> PostAsync(int number)
    {
        using var response = await _server.PostAsync(Files.Small(number), "small.png", "image/png");
        return await Reply.OfAsync(response);
    }

    private async Task<string> TicketAsync()
    {
        var reply = await AskAsync(
            _server,
            """mutation { createMediaUpload(input: { fileName: "small.png" }) { upload { uploadUrl } } }"""
        );
        return (string)reply.Data["createMediaUpload"]!["upload"]!["uploadUrl"]!;
    }

    private async Task<Reply> PutAsync(string ticket)
    {
        using ByteArrayContent content = new(Files.Small(4));
        using var response = await _server.Client.PutAsync(ticket, content);
        return await Reply.OfAsync(response);
    }

    private async Task<HttpStatusCode> ImageAsync(string url)
    {
        using var response = await _server.Client.GetAsync(url);
        return response.StatusCode;
    }

    // The server does nothing now, so the files can be copied one after the other.
    private async Task AssertSoundAsync(string disk)
    {
        var copy = Path.Combine(Folder, "copy.db");
        foreach (var suffix in (string[])["", "-wal"])
        {
            File.Copy(Path.Combine(disk, "cms.db" + suffix), copy + suffix);
        }

        await using SqliteConnection connection = new($"Data Source={copy};Pooling=False");
        await connection.OpenAsync();
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await check.ExecuteScalarAsync());
    }

    private static async Task<int> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
