using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.Replicas;

/// <summary>Two servers on one database share signals and limits through Redis, and work without it.</summary>
[Needs("Redis")]
public sealed class ReplicaTests
{
    private const string Newest = "{ articles(first: 5) { nodes { headline } } }";
    private const string Subscription =
        "subscription($after: String) { articlePublished(after: $after) { article { headline } } }";

    // A test that waits longer fails, so that it does not block all tests.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    [SkippableFact]
    public async Task A_change_on_one_server_reaches_answers_subscriptions_and_feeds_of_the_other_by_the_signal_alone()
    {
        using var redis = await RedisServer.StartAsync();
        await using var replicas = await ReplicaPair.StartAsync(redis);
        await replicas.ConnectedAsync();
        Newsroom newsroom = new(replicas.First.Services);
        await KeepAsync(replicas);
        using GraphQLSocket socket = new();
        await socket.OpenAsync(replicas.Second.BaseAddress!);
        var events = await socket.BeginAsync(Subscription, new { after = await replicas.LatestAsync() });

        foreach (var headline in (string[])["A quokka signs on", "A second quokka"])
        {
            await newsroom.PublishedAsync(Newsroom.Story(headline));

            // The clock of this server stands still, so that it has not polled.
            Assert.Contains(headline, (await socket.NextAsync(events)).ToJsonString(), StringComparison.Ordinal);
            Assert.Contains(headline, (await replicas.AskSecondAsync(Newest)).Text, StringComparison.Ordinal);
            Assert.Contains(headline, await FeedAsync(replicas), StringComparison.Ordinal);
            await KeepAsync(replicas);
        }
    }

    [SkippableFact]
    public async Task While_Redis_is_away_the_next_poll_finds_the_change_and_afterwards_the_signal_does()
    {
        using var redis = await RedisServer.StartAsync();
        await using var replicas = await ReplicaPair.StartAsync(redis);
        await replicas.ConnectedAsync();
        var away = Task.WhenAll(
            replicas.FirstLog.LoggedAsync("cannot be reached"),
            replicas.SecondLog.LoggedAsync("cannot be reached")
        );
        var back = Task.WhenAll(
            replicas.FirstLog.LoggedAsync("responds again"),
            replicas.SecondLog.LoggedAsync("responds again")
        );
        await KeepAsync(replicas);

        await redis.KillAsync();
        await away.WaitAsync(Longest);
        await UnsignalledAsync(replicas, "Quokkas without a signal");
        await redis.ListenAsync();
        await back.WaitAsync(Longest);
        await replicas.ConnectedAsync();
        await SignalledAsync(replicas, "Quokkas with a signal");

        Assert.Equal([1, 1], Warnings(replicas));
    }

    [SkippableFact]
    public async Task A_server_starts_without_Redis_and_uses_it_as_soon_as_it_is_there()
    {
        using var redis = RedisServer.Absent();
        await using var replicas = await ReplicaPair.StartAsync(redis);
        var back = Task.WhenAll(
            replicas.FirstLog.LoggedAsync("responds again"),
            replicas.SecondLog.LoggedAsync("responds again")
        );
        await KeepAsync(replicas);

        await Task.WhenAll(ReportedAwayAsync(replicas.FirstLog), ReportedAwayAsync(replicas.SecondLog));
        await UnsignalledAsync(replicas, "Quokkas at the start");
        await redis.ListenAsync();
        await back.WaitAsync(Longest);
        await replicas.ConnectedAsync();
        await SignalledAsync(replicas, "Quokkas later");

        Assert.Equal([1, 1], Warnings(replicas));
    }

    [SkippableFact]
    public async Task Servers_count_the_requests_of_a_client_together_and_alone_while_Redis_is_away()
    {
        const int Burst = 100;
        using var redis = await RedisServer.StartAsync();
        await using var replicas = await ReplicaPair.StartAsync(
            redis,
            "--Cms:Limits:AnonymousPerSecond=1",
            $"--Cms:Limits:AnonymousBurst={Burst}"
        );
        await replicas.ConnectedAsync();
        HttpClient[] servers = [replicas.First.Client, replicas.Second];

        // A budget grows by one request every second.
        var begun = Stopwatch.StartNew();
        var admitted = await AdmittedAsync(servers, 2 * Burst);
        Assert.InRange(admitted, Burst, Burst + (int)begun.Elapsed.TotalSeconds + 1);

        await redis.KillAsync();
        begun.Restart();
        admitted = await AdmittedAsync(servers, 4 * Burst);
        Assert.InRange(admitted, 2 * Burst, 2 * (Burst + (int)begun.Elapsed.TotalSeconds + 1));
    }

    [Theory]
    [InlineData("127.0.0.1:6379,ssl=perhaps")]
    [InlineData("ssl=true")]
    public void A_connection_string_that_cannot_be_used_prevents_the_start(string connectionString)
    {
        var refused = Assert.Throws<CannotStartException>(() =>
            CmsHost.Build([$"--ConnectionStrings:Redis={connectionString}"])
        );

        Assert.Contains("ConnectionStrings__Redis", refused.Message, StringComparison.Ordinal);
    }

    // The signal is the only way by which the change can reach the second server.
    private static async Task SignalledAsync(ReplicaPair replicas, string headline)
    {
        using GraphQLSocket socket = new();
        await socket.OpenAsync(replicas.Second.BaseAddress!);
        var events = await socket.BeginAsync(Subscription, new { after = await replicas.LatestAsync() });
        await new Newsroom(replicas.First.Services).PublishedAsync(Newsroom.Story(headline));
        Assert.Contains(headline, (await socket.NextAsync(events)).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(headline, (await replicas.AskSecondAsync(Newest)).Text, StringComparison.Ordinal);
    }

    // Without a signal, the second server shows the change after its next poll.
    private static async Task UnsignalledAsync(ReplicaPair replicas, string headline)
    {
        using GraphQLSocket socket = new();
        await socket.OpenAsync(replicas.Second.BaseAddress!);
        var events = await socket.BeginAsync(Subscription, new { after = await replicas.LatestAsync() });
        await KeepAsync(replicas);
        await new Newsroom(replicas.First.Services).PublishedAsync(Newsroom.Story(headline));
        var (text, isCached) = await replicas.AskSecondAsync(Newest);
        Assert.True(isCached);
        Assert.DoesNotContain(headline, text, StringComparison.Ordinal);

        replicas.Clock.Advance(Poll);
        Assert.Contains(headline, (await socket.NextAsync(events)).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(headline, (await replicas.AskSecondAsync(Newest)).Text, StringComparison.Ordinal);
    }

    // Makes the second server cache the answer and the feed.
    private static async Task KeepAsync(ReplicaPair replicas)
    {
        await replicas.AskSecondAsync(Newest);
        await FeedAsync(replicas);
        Assert.True((await replicas.AskSecondAsync(Newest)).IsCached);
    }

    // The server tries to connect for some seconds before it reports that it cannot.
    private static async Task ReportedAwayAsync(LogCapture log)
    {
        const string Text = "cannot be reached";
        var reported = log.LoggedAsync(Text);
        if (!log.Entries.Any(entry => entry.Message.Contains(Text, StringComparison.Ordinal)))
        {
            await reported.WaitAsync(Longest);
        }
    }

    private static Task<string> FeedAsync(ReplicaPair replicas) => replicas.Second.GetStringAsync("/feeds/all.json");

    private static IEnumerable<int> Warnings(ReplicaPair replicas) =>
        ((LogCapture[])[replicas.FirstLog, replicas.SecondLog]).Select(log =>
            log.Entries.Count(entry =>
                entry.Level == LogLevel.Warning && entry.Category.StartsWith("Cms.Redis.", StringComparison.Ordinal)
            )
        );

    private static async Task<int> AdmittedAsync(HttpClient[] servers, int requests)
    {
        var admitted = 0;
        for (var i = 0; i < requests; i++)
        {
            using var answer = await servers[i % servers.Length]
                .PostAsJsonAsync("/graphql", new { query = $"mutation {{ a{i}: __typename }}" });
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
            admitted += answer.StatusCode is HttpStatusCode.OK ? 1 : 0;
        }

        return admitted;
    }
}
