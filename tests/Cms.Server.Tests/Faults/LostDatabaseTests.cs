using System.Diagnostics;
using System.Net;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cms.Server.Tests.Faults;

/// <summary>The SQLite file is locked by another program, or is not there.</summary>
[Needs("process")]
public sealed class LostDatabaseTests : FaultSuite
{
    // More than the server has idle connections.
    private const int Readers = 60;

    private string File => Path.Combine(Data, "cms.db");

    [Fact]
    public async Task While_the_database_is_locked_or_missing_requests_that_need_it_get_503_and_nothing_is_lost()
    {
        using var server = await StartAsync("--Cms:MaxDuration=00:00:05");
        await PublishAsync(server, "Before");
        await LockAsync(server);
        var headlines = await RemoveAsync(server);

        Assert.Equal(headlines, await HeadlinesAsync(server));
        Assert.Equal((0, ""), await server.StopAsync());
    }

    // Reads go on. Writes wait nearly as long as an operation may take.
    private async Task LockAsync(ServingProcess server)
    {
        var kept = await KeepAsync(server);

        await using (var other = await OpenLockAsync())
        {
            var outage = Stopwatch.StartNew();
            do
            {
                AssertPassing(await CreateAsync(server, "During"), "DATABASE_BUSY");
                var cached = await AskAnonymouslyAsync(server, Kept);
                Assert.Equal((true, kept), (cached.IsCached, cached.Text));
                Assert.Equal(HttpStatusCode.OK, (await AskAnewAsync(server)).Status);
            } while (outage.Elapsed < Outage);
        }

        await LoggedAsync(server, "because of conflicts with other writes");

        // The server needs no restart, and a rejected write has left nothing behind.
        await PublishAsync(server, "After");
        Assert.Equal(["After", "Before"], await HeadlinesAsync(server));
        await UntilAsync(
            async () => (await AskAnonymouslyAsync(server, Kept)).Text.Contains("After", StringComparison.Ordinal),
            "Readers do not see the new article."
        );
    }

    // No empty database takes the place of the file. Returns the headlines of what was saved.
    private async Task<IEnumerable<string>> RemoveAsync(ServingProcess server)
    {
        var kept = await KeepAsync(server);
        List<string> saved = [.. await HeadlinesAsync(server)];

        System.IO.File.Move(File, File + ".away");
        var outage = Stopwatch.StartNew();
        do
        {
            // A connection that is open already still reaches the file.
            foreach (var reply in await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => AskAnewAsync(server))))
            {
                AssertReadOrPassing(reply);
            }

            var written = await CreateAsync(server, "During");
            AssertReadOrPassing(written);
            if (written.Status is HttpStatusCode.OK)
            {
                _ = written.Data;
                saved.Add("During");
            }

            var cached = await AskAnonymouslyAsync(server, Kept);
            Assert.Equal((true, kept), (cached.IsCached, cached.Text));
            Assert.False(System.IO.File.Exists(File));
        } while (outage.Elapsed < Outage);

        System.IO.File.Move(File + ".away", File);
        await UntilAsync(
            async () =>
                (await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => AskAnewAsync(server)))).All(reply =>
                    reply.Status is HttpStatusCode.OK
                ),
            "Reads still fail."
        );
        await PublishAsync(server, "Back");
        return saved.Append("Back").Order(StringComparer.Ordinal);
    }

    private static void AssertReadOrPassing(Reply reply)
    {
        if (reply.Status is not HttpStatusCode.OK)
        {
            AssertPassing(reply, "DATABASE_UNAVAILABLE");
        }
        else
        {
            _ = reply.Data;
        }
    }

    // Locks the database for writing, as a database browser or a second server does.
    private async Task<SqliteConnection> OpenLockAsync()
    {
        SqliteConnection other = new($"Data Source={File};Pooling=False");
        await other.OpenAsync();
        await using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return other;
    }
}
