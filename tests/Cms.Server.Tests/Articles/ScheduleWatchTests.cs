using System.Collections.Concurrent;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.People;
using Cms.Reading;
using Cms.Server.Articles;
using Cms.Server.Health;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Articles;

/// <summary>Scheduled articles are published when they are due.</summary>
[Needs("server")]
public sealed class ScheduleWatchTests : IAsyncLifetime
{
    private static readonly Actor Erin = Newsroom.Erin;

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Written _written = new();
    private readonly NewsroomServer _server;

    public ScheduleWatchTests() =>
        _server = new NewsroomServer
        {
            IsClockInThePast = true,
            IsClockDriven = true,
            More = services => services.AddSingleton<TimeProvider>(_clock).AddSingleton<ILoggerProvider>(_written),
        };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_scheduled_article_is_published_on_time_and_cached_answers_without_it_are_dropped()
    {
        const string query = """{ article(slug: "at-nine") { headline } articles(first: 1) { nodes { slug } } }""";
        var at = _clock.GetUtcNow().AddMinutes(10);
        var article = await DraftAsync("At nine");
        Value(await ScheduleAsync(article.Id, at));
        var before = await _server.QueryAsync(query);

        var change = await UntilAsync(article.Id);
        var after = await _server.QueryAsync(query);

        Assert.Null(before["data"]!["article"]);
        Assert.True(change.OccurredAt >= at);
        Assert.Equal("At nine", (string?)after["data"]!["article"]!["headline"]);
        Assert.Equal("at-nine", (string?)after["data"]!["articles"]!["nodes"]![0]!["slug"]);
        Assert.Empty(_written.Lines);
    }

    [Fact]
    public async Task A_due_article_that_cannot_be_published_is_logged_once_with_its_id_and_the_reason()
    {
        await using var db = await OpenAsync();
        var image = await db.MediaAssets.AsNoTracking().FirstAsync(a => a.FileName == "the-disk-said-yes.webp");
        var barred = await DraftAsync("Barred", image.Id);
        Value(await ScheduleAsync(barred.Id, _clock.GetUtcNow().AddMinutes(10)));
        Value(
            await _server
                .Services.GetRequiredService<SaveMediaRights>()
                .Handle(
                    new SaveMediaRightsInput
                    {
                        Id = image.Id,
                        CreditLine = "Rui Alves",
                        ExpiresAt = _clock.GetUtcNow().AddMinutes(5),
                    },
                    new Viewer
                    {
                        Kind = ViewerKind.Person,
                        Key = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
                        Name = "Erin",
                        Role = Role.Editor,
                    }.ToActor(),
                    default
                )
        );

        await CheckAsync();
        await CheckAsync();
        await CheckAsync();

        Assert.Equal(
            $"{barred.Id} was due but could not be published; its schedule was cancelled: The rights in an image end on 1 December 2026, 00:05 UTC. Choose another image, or renew its rights.",
            Assert.Single(_written.Lines)
        );
        Assert.Null((await db.Articles.AsNoTracking().SingleAsync(a => a.Id == barred.Id)).ScheduledAt);
    }

    [Fact]
    public async Task An_article_that_became_due_while_no_server_was_running_is_published_at_the_next_start()
    {
        var article = await DraftAsync("Missed");
        Value(await ScheduleAsync(article.Id, _clock.GetUtcNow().AddHours(1)));
        using var started = new ScheduleWatch(
            _server.Services.GetRequiredService<PublishDueArticles>(),
            _server.Services.GetRequiredService<WithdrawDueArticles>(),
            _server.Services.GetRequiredService<ClockCheck>(),
            new FakeTimeProvider(_clock.GetUtcNow()),
            _server.Services.GetRequiredService<ILogger<ScheduleWatch>>()
        );
        var feed = _server.Services.GetRequiredService<ChangeFeed>();
        await feed.StartAsync(CancellationToken.None);
        var tail = feed.Tail!.Value;

        // Stop the server's own watch. It uses this clock and would publish the article first.
        await Watch.StopAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(3));
        await started.StartAsync(CancellationToken.None);
        var change = await FirstAsync(feed, article.Id, tail);
        await started.StopAsync(CancellationToken.None);

        await using var db = await OpenAsync();
        Assert.Equal(_clock.GetUtcNow(), change.OccurredAt);
        Assert.Equal(
            _clock.GetUtcNow(),
            await db.Editions.Where(e => e.ArticleId == article.Id).Select(e => e.LiveFrom).SingleAsync()
        );
    }

    [Fact]
    public async Task An_unexpected_error_is_logged_once_even_if_publishing_is_retried()
    {
        var broken = await DraftAsync("Broken");
        Value(await ScheduleAsync(broken.Id, _clock.GetUtcNow().AddMinutes(10)));
        await using var db = await OpenAsync();
        await db
            .Revisions.Where(r => r.Id == broken.HeadId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Content.Body, "broken"));

        await CheckAsync();
        await CheckAsync();
        await CheckAsync();

        Assert.Equal(
            $"{broken.Id} is due to be published or withdrawn, but this failed; the next check tries again",
            Assert.Single(_written.Lines)
        );
        Assert.NotNull((await db.Articles.AsNoTracking().SingleAsync(a => a.Id == broken.Id)).ScheduledAt);
    }

    private ScheduleWatch Watch =>
        _server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<ScheduleWatch>().Single();

    // Waits until a check has published a new article. All messages of earlier checks have then been logged.
    private async Task CheckAsync()
    {
        var article = await DraftAsync("Another");
        Value(await ScheduleAsync(article.Id, _clock.GetUtcNow().AddMinutes(20)));
        await UntilAsync(article.Id);
    }

    // Advances the clock in steps until the article is published, because the watch can start waiting at any time.
    private async Task<Change> UntilAsync(ArticleId article)
    {
        var feed = _server.Services.GetRequiredService<ChangeFeed>();
        await feed.StartAsync(CancellationToken.None);
        var published = FirstAsync(feed, article, feed.Tail!.Value);
        while (!published.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        return await published;
    }

    private static async Task<Change> FirstAsync(ChangeFeed feed, ArticleId article, long after)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var seen in feed.FollowAsync(after, patience.Token))
        {
            if (seen.Change.Kind is ChangeKind.ArticlePublished && seen.Change.SubjectId == SubjectId.Of(article))
            {
                return seen.Change;
            }
        }

        throw new InvalidOperationException("The log ended.");
    }

    private async Task<Article> DraftAsync(string headline, MediaId? image = null) =>
        Value(
            await _server
                .Services.GetRequiredService<CreateArticle>()
                .Handle(
                    new CreateArticleInput
                    {
                        Content = new ArticleContent
                        {
                            Headline = headline,
                            Summary = "In short.",
                            HeroImageId = image,
                        }.WithBody(Value(Body.RichText.FromMarkdown("They began.", Body.EmbedSlugs.None)).Body),
                    },
                    Erin,
                    default
                )
        );

    private Task<Result<Article>> ScheduleAsync(ArticleId id, DateTimeOffset at) =>
        _server
            .Services.GetRequiredService<ScheduleArticle>()
            .Handle(new ScheduleArticleInput { Id = id, At = at }, Erin, default);

    private Task<CmsDbContext> OpenAsync() =>
        _server.Services.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();

    private static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var errors) ? value : throw new InvalidOperationException($"{errors[0]}");

    /// <summary>Captures the log messages about scheduled articles.</summary>
    private sealed class Written : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) =>
            categoryName == typeof(ScheduleWatch).FullName || categoryName == typeof(PublishDueArticles).FullName
                ? this
                : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue(formatter(state, exception));

        public void Dispose() { }
    }
}
