using System.Net;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.Server.Health;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Replicas;

/// <summary>A server whose clock differs from the database's is not ready and does no timed work.</summary>
[Needs("server")]
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly LogCapture _log = new();
    private readonly NewsroomServer _server;
    private TimeSpan _ahead;
    private int _checks;

    public ClockTests() =>
        _server = new NewsroomServer
        {
            IsClockInThePast = true,
            IsClockDriven = true,
            More = services =>
                services
                    .AddSingleton<TimeProvider>(_clock)
                    .AddSingleton<ILoggerProvider>(_log)
                    .AddSingleton<DatabaseClock>(_ =>
                    {
                        Interlocked.Increment(ref _checks);
                        return Task.FromResult<DateTimeOffset?>(_clock.GetUtcNow() + _ahead);
                    }),
        };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(0, null)]
    [InlineData(4.9, null)]
    [InlineData(-4.9, null)]
    [InlineData(5.1, "CLOCK_OFF")]
    [InlineData(-5.1, "CLOCK_OFF")]
    [InlineData(3_600, "CLOCK_OFF")]
    public async Task A_server_is_ready_if_its_clock_is_within_five_seconds_of_the_databases(
        double seconds,
        string? code
    )
    {
        _server.Services.GetRequiredService<Readiness>().SetStarted();
        _ahead = TimeSpan.FromSeconds(seconds);

        using var response = await _server.Client.GetAsync("/healthz/ready");

        Assert.Equal(code is null ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(code, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]);
    }

    [Fact]
    public async Task Timed_work_waits_until_the_clock_is_right_and_the_log_says_so_once()
    {
        var article = await new Newsroom(_server.Services).DraftAsync();
        await _server
            .Services.GetRequiredService<ScheduleArticle>()
            .Handle(
                new ScheduleArticleInput { Id = article.Id, At = _clock.GetUtcNow().AddMinutes(10) },
                Newsroom.Erin,
                default
            );
        _ahead = TimeSpan.FromHours(1);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await ChecksAsync(30);
        Assert.False(await IsPublishedAsync(article.Id));

        _ahead = TimeSpan.Zero;
        while (!await IsPublishedAsync(article.Id))
        {
            await ChecksAsync(1);
        }

        Assert.Single(_log.Errors, entry => entry.Category == typeof(ClockCheck).FullName);
    }

    // Advances the clock until the timed work has compared the clocks this often.
    private async Task ChecksAsync(int checks)
    {
        var until = Volatile.Read(ref _checks) + checks;
        while (Volatile.Read(ref _checks) < until)
        {
            _clock.Advance(Step);
            await Task.Delay(Pause);
        }
    }

    private async Task<bool> IsPublishedAsync(ArticleId id)
    {
        await using var db = await _server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        return await db.Editions.AnyAsync(edition => edition.ArticleId == id);
    }
}
