using System.Diagnostics;
using System.Net;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Replicas;

/// <summary>Two servers count the requests of a partner together through Redis, and alone without it.</summary>
[Needs("Redis")]
public sealed class SharedPartnerLimitTests
{
    private const int PerMinute = 4;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // It stands still, so that no minute begins during the requests.
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 4, 30, 12, 0, 0, TimeSpan.Zero));

    [SkippableFact]
    public async Task Servers_count_the_requests_of_a_partner_together_and_alone_while_Redis_is_away()
    {
        using var redis = await RedisServer.StartAsync();
        string[] settings = [$"--ConnectionStrings:Redis={redis.ConnectionString}", "--Cms:Site:Enabled=true"];
        await using NewsroomServer first = new()
        {
            Settings = settings,
            More = services => services.AddSingleton<TimeProvider>(_clock),
        };
        await first.InitializeAsync();
        await using var second = await first.StartAnotherAsync(
            settings,
            services => services.AddSingleton<TimeProvider>(_clock)
        );
        using HttpClient other = new() { BaseAddress = new Uri(second.Urls.Single()) };
        await redis.ListenedToAsync("cms:changes", listeners: 2);
        PartnerSteps steps = new(first.Services);
        var partner = await steps.PartnerAsync("Fast Post");
        await steps.AgreeAsync(partner, new { requestsPerMinute = PerMinute });
        var (key, _) = await steps.KeyAsync(partner);
        HttpClient[] servers = [first.Client, other];

        Assert.Equal(PerMinute, await AdmittedAsync(servers, key));
        Assert.Equal(0, await AdmittedAsync(servers, key));
        _clock.Advance(Minute);
        Assert.Equal(PerMinute, await AdmittedAsync(servers, key));

        await redis.KillAsync();
        _clock.Advance(Minute);
        Assert.Equal(2 * PerMinute, await AdmittedAsync(servers, key));

        // What a server has counted itself stays counted when Redis comes back empty.
        await redis.ListenAsync();
        await redis.ListenedToAsync("cms:changes", listeners: 2);
        Assert.Equal(0, await AdmittedAsync(servers, key));
        var late = Stopwatch.StartNew();
        do
        {
            Assert.True(late.Elapsed < Longest, "The servers still count alone.");
            await Task.Delay(Pause);
            _clock.Advance(Minute);
        } while (await AdmittedAsync(servers, key) != PerMinute);

        await second.StopAsync();
    }

    // Sends enough requests to exceed the limit of each server.
    private static async Task<int> AdmittedAsync(HttpClient[] servers, string key)
    {
        var admitted = 0;
        for (var i = 0; i < 2 * (PerMinute + 1); i++)
        {
            using var answer = await servers[i % servers.Length].GetAsync($"/p/{key}/feed.json?limit=1");
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
            admitted += answer.StatusCode is HttpStatusCode.OK ? 1 : 0;
        }

        return admitted;
    }
}
