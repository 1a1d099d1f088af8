using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Changes;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cms.Server.Tests.Replicas;

/// <summary>
/// Two servers on one database that share a Redis. The clock of the second stands still, so that it never polls the change
/// log unless the test advances the clock: what it learns before, it learned from the signal.
/// </summary>
internal sealed class ReplicaPair : IAsyncDisposable
{
    private readonly RedisServer _redis;
    private readonly WebApplication _second;
    private readonly HttpClient _secondClient;

    private ReplicaPair(RedisServer redis, NewsroomServer first, WebApplication second, FakeTimeProvider clock)
    {
        (_redis, First, _second, Clock) = (redis, first, second, clock);
        _secondClient = new HttpClient { BaseAddress = new Uri(second.Urls.Single()) };
    }

    public NewsroomServer First { get; }

    /// <summary>The client of the second server.</summary>
    public HttpClient Second => _secondClient;

    /// <summary>The clock of the second server. It is ahead, so that the second server shows what is published now.</summary>
    public FakeTimeProvider Clock { get; }

    public LogCapture FirstLog { get; private init; } = null!;

    public LogCapture SecondLog { get; private init; } = null!;

    public static async Task<ReplicaPair> StartAsync(RedisServer redis, params IEnumerable<string> settings)
    {
        string[] all =
        [
            $"--ConnectionStrings:Redis={redis.ConnectionString}",
            "--Cms:Site:Enabled=true",
            "--Cms:Site:Origin=https://panel.example",
            "--environment=Testing",
            "--Logging:LogLevel:Cms.Redis=Information",
            .. settings,
        ];
        LogCapture firstLog = new();
        LogCapture secondLog = new();
        NewsroomServer first = new()
        {
            Settings = all,
            More = services => services.AddSingleton<ILoggerProvider>(firstLog),
        };
        await first.InitializeAsync();
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow().AddHours(1));
        var second = await first.StartAnotherAsync(
            all,
            services => services.AddSingleton<TimeProvider>(clock).AddSingleton<ILoggerProvider>(secondLog)
        );
        foreach (var server in (IServiceProvider[])[first.Services, second.Services])
        {
            await server.GetRequiredService<ChangeFeed>().StartAsync(CancellationToken.None);
        }

        return new ReplicaPair(redis, first, second, clock) { FirstLog = firstLog, SecondLog = secondLog };
    }

    /// <summary>Completes when both servers have a connection to Redis and listen for signals.</summary>
    public Task ConnectedAsync() => _redis.ListenedToAsync("cms:changes", listeners: 2);

    /// <summary>Sends a query to the second server, and returns the answer and whether it was cached.</summary>
    public async Task<(string Text, bool IsCached)> AskSecondAsync(string query)
    {
        using var answer = await Second.GetAsync("/graphql?query=" + Uri.EscapeDataString(query));
        var isCached = answer.Headers.GetValues("Cache-Status").Single().Contains("; hit", StringComparison.Ordinal);
        return (await answer.Content.ReadAsStringAsync(), isCached);
    }

    /// <summary>Returns the end of the change log.</summary>
    public async Task<string> LatestAsync()
    {
        using var answer = await Second.PostAsJsonAsync("/graphql", new { query = "{ changes(first: 1) { latest } }" });
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!["changes"]!["latest"]!;
    }

    public async ValueTask DisposeAsync()
    {
        _secondClient.Dispose();

        // Otherwise its work would be waited for, but some of it ends only if it is stopped before it is disposed of.
        await _second.StopAsync();
        await _second.DisposeAsync();
        await First.DisposeAsync();
    }
}
