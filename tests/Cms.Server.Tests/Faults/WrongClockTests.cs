using System.Net;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Faults;

/// <summary>A server whose clock is one hour fast. Debian's libfaketime changes the clock of its process.</summary>
[Needs("Debian")]
public sealed class WrongClockTests : FaultSuite
{
    private const string Install = "Run apt-get install faketime, then run the tests again.";

    private const string Newest = "{ articles(first: 5) { nodes { headline publishedAt } } }";

    [SkippableFact]
    public async Task What_a_server_publishes_while_its_clock_is_an_hour_fast_is_not_lost_or_hidden_when_it_is_right()
    {
        var fast = Fast();
        using (var server = await StartAtAsync(fast))
        {
            await PublishAsync(server, "An hour ahead");
            Assert.Equal(["An hour ahead"], await PublicAsync(server));

            // With libfaketime, .NET does not handle SIGTERM.
            await server.KillAsync();
        }

        using (var server = await StartAtAsync([]))
        {
            var begin = (string)
                (await AskAsync(server, "{ changes(first: 1) { latest } }")).Data["changes"]!["latest"]!;
            await PublishAsync(server, "With the right clock");

            // The order of the change log does not depend on clocks.
            var changes = await AskAsync(
                server,
                $$"""{ changes(after: "{{begin}}") { nodes { ... on ArticleUpserted { article { headline } } } } }"""
            );
            Assert.Equal(
                ["With the right clock"],
                Headlines(changes.Data["changes"]!, node => node["article"]?["headline"])
            );
            Assert.Equal(["An hour ahead", "With the right clock"], (await PublicAsync(server)).Order());
            Assert.Equal((0, ""), await server.StopAsync());
        }

        using var verify = await CmsProcess.StartPublishedAsync(Settings, "audit", "verify");
        var (code, output, complaints) = await verify.EndAsync();
        Assert.True(code == 0, output + complaints);
    }

    [SkippableFact]
    public async Task A_server_whose_clock_differs_by_an_hour_from_that_of_SQL_Server_is_not_ready_and_says_so()
    {
        Skip.If(TestSqlServer.SkipReason is not null, TestSqlServer.SkipReason);
        var fast = Fast();
        await using var database = await ServerDatabase.CreateAsync(Data);
        using (var migrate = await CmsProcess.StartPublishedAsync(database.Environment, "migrate"))
        {
            Assert.Equal(0, (await migrate.EndAsync()).ExitCode);
        }

        using var server = await ServingProcess.StartPublishedAsync(
            new Dictionary<string, string>([.. database.Environment, .. fast], StringComparer.Ordinal)
        );
        await UntilAsync(
            async () =>
            {
                using var response = await server.Client.GetAsync("/healthz/ready");
                var reply = await Reply.OfAsync(response);
                return reply is { Status: HttpStatusCode.ServiceUnavailable, Code: "CLOCK_OFF" };
            },
            "The server is ready."
        );
        await LoggedAsync(server, "The clock of this server differs from the database's");
        Assert.Equal(HttpStatusCode.OK, (await AskAnewAsync(server)).Status);
    }

    private async Task<ServingProcess> StartAtAsync(IEnumerable<KeyValuePair<string, string>> clock)
    {
        var server = await ServingProcess.StartPublishedAsync(
            new Dictionary<string, string>([.. Settings, .. clock], StringComparer.Ordinal),
            Forged
                .Person(Issuer, "Admin")
                .With("exp", TimeProvider.System.GetUtcNow().AddHours(3).ToUnixTimeSeconds())
                .Sign(),
            Issuer.Settings
        );
        await ReadyAsync(server);
        return server;
    }

    private static async Task<IEnumerable<string>> PublicAsync(ServingProcess server) =>
        Headlines((await AskAnonymouslyAsync(server, Newest)).Data["articles"]!, node => node["headline"]);

    private static IEnumerable<string> Headlines(JsonNode list, Func<JsonNode, JsonNode?> headline) =>
        list["nodes"]!.AsArray().Select(node => (string)headline(node!)!);

    // The environment variables that make a process believe that it is an hour later.
    private static Dictionary<string, string> Fast()
    {
        var library = OperatingSystem.IsLinux()
            ? Directory
                .EnumerateDirectories("/usr/lib", "*-linux-gnu")
                .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
                .FirstOrDefault(File.Exists)
            : null;
        Assert.False(library is null && Environment.GetEnvironmentVariable("CI") == "true", Install);
        Skip.If(library is null, Install);
        return new(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME"] = "+1h",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
    }
}
