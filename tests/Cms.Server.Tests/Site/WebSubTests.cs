using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Cms.Changes;
using Cms.GraphQL;
using Cms.Server.Feeds;
using Cms.Server.Tests.Support;
using Cms.Site;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The feeds name a WebSub hub, and the server tells it which of them have changed.</summary>
[Needs("server")]
public sealed class WebSubTests : IAsyncLifetime
{
    private const string Origin = "https://panel.example";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly LogCapture _log = new();
    private Hub _hub = null!;
    private NewsroomServer _server = null!;

    private Newsroom Newsroom => new(_server.Services);

    private IEnumerable<LogEntry> Warnings =>
        _log.Entries.Where(entry => entry.Message.Contains("WebSub", StringComparison.Ordinal));

    public async Task InitializeAsync()
    {
        _hub = await Hub.StartAsync();
        _server = new NewsroomServer
        {
            More = services =>
                services
                    .AddWebSub(_hub.Address, Origin)
                    .AddSingleton<TimeProvider>(_clock)
                    .AddSingleton<ILoggerProvider>(_log),
        };
        await _server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        _hub.State = HubState.Working;
        await _server.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task The_hub_learns_once_of_each_feed_that_several_changes_have_altered()
    {
        var category = await IdAsync<CategoryId>("category", "security");
        var tag = await IdAsync<TagId>("tag", "databases");
        var persona = await Newsroom.PersonaAsync("The Tester");
        await ToldAsync(Feeds("all", "takes/all", "persona/the-tester", "takes/persona/the-tester"));
        var first = await Newsroom.DraftAsync(Newsroom.Story("One") with { CategoryId = category });
        await Newsroom.ApprovedTakeAsync(first.Id, persona.Id);
        _hub.Told.Clear();
        await Newsroom.PublishAsync(first.Id);
        await Newsroom.PublishedAsync(Newsroom.Story("Two") with { CategoryId = category, Tags = [tag] });

        await ToldAsync(
            Feeds(
                "all",
                "category/security",
                "tag/databases",
                "persona/the-tester",
                "takes/all",
                "takes/persona/the-tester"
            )
        );

        Assert.Equal(_hub.Told.Distinct(StringComparer.Ordinal).Count(), _hub.Told.Count);
        Assert.Empty(Warnings);
    }

    [Fact]
    public async Task A_hub_that_hangs_or_refuses_blocks_nothing_and_learns_everything_later()
    {
        _hub.State = HubState.Hanging;
        var category = await IdAsync<CategoryId>("category", "security");
        await Newsroom.PublishedAsync(Newsroom.Story("While it hangs") with { CategoryId = category });
        await PassAsync(_hub.Asked.Task);
        var tag = await IdAsync<TagId>("tag", "databases");
        await Newsroom.PublishedAsync(Newsroom.Story("While it still hangs") with { Tags = [tag] });
        Assert.Equal(
            "While it still hangs",
            (string?)
                (await _server.QueryAsync("{ articles(first: 1) { nodes { headline } } }"))["data"]!["articles"]![
                    "nodes"
                ]![0]!["headline"]
        );
        var late = _log.LoggedAsync("did not answer in time");
        _clock.Advance(WebSubHub.Patience);
        await late;

        _hub.State = HubState.Refusing;
        await PassAsync(_hub.Refused.Task);
        _hub.State = HubState.Working;
        await ToldAsync(Feeds("all", "category/security", "tag/databases"));

        Assert.Single(Warnings);
    }

    [Fact]
    public async Task Of_two_servers_one_tells_the_hub_of_each_change()
    {
        await using var second = await StartAsync(_server);
        foreach (var headline in (string[])["Told once", "Told once more"])
        {
            _hub.Told.Clear();
            await Newsroom.PublishedAsync(Newsroom.Story(headline));
            await ToldAsync(Feeds("all"));

            // Long enough for either server to look again several times.
            for (var i = 0; i < 50; i++)
            {
                await PassAsync(Task.CompletedTask);
            }

            Assert.Equal(Feeds("all"), _hub.Told.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task If_a_server_dies_while_it_tells_the_hub_another_one_does_when_the_claim_ends()
    {
        await Newsroom.PublishedAsync(Newsroom.Story("Told at once"));
        await ToldAsync(Feeds("all"));
        _hub.Told.Clear();
        await Newsroom.PublishedAsync(Newsroom.Story("Told by a server that dies"));

        // The server under test can still have the claim of the first story. It looks again only when the clock moves.
        var claim = _server.Services.GetRequiredService<ClaimChanges>();
        while (await claim.Handle(WebSubPings.Reader, default) is null)
        {
            await Task.Delay(Pause);
        }

        for (var passed = TimeSpan.Zero; passed < ClaimChanges.Lease - TimeSpan.FromSeconds(5); passed += Step)
        {
            await PassAsync(Task.CompletedTask);
        }

        Assert.Empty(_hub.Told);
        await ToldAsync(Feeds("all"));
        Assert.Equal(Feeds("all"), _hub.Told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_hub_learns_of_what_changed_while_no_server_told_it()
    {
        await using NewsroomServer other = new()
        {
            IsSecond = true,
            More = services => services.AddSingleton<TimeProvider>(_clock),
        };
        await other.InitializeAsync();
        await using (await StartAsync(other))
        {
            // It stores how far the hub has heard.
        }

        await new Newsroom(other.Services).PublishedAsync(Newsroom.Story("Nobody told the hub"));
        await using var again = await StartAsync(other);

        await ToldAsync(Feeds("all"));
    }

    [Fact]
    public async Task Every_format_names_the_hub_and_itself()
    {
        await using var site = await StandaloneSite.StartAsync(
            _server.Client.BaseAddress!,
            new SiteSettings { Origin = new Uri(Origin), Hub = new Uri("https://hub.example/") }
        );
        XNamespace atom = "http://www.w3.org/2005/Atom";

        foreach (var format in new[] { "rss", "atom", "json" })
        {
            using var answer = await site.Client.GetAsync($"/feeds/category/security.{format}");
            Assert.Equal(
                $"<{Origin}/feeds/category/security.{format}>; rel=\"self\", <https://hub.example/>; rel=\"hub\", <{Origin}/license.xml>; rel=\"license\"; type=\"application/rsl+xml\"",
                string.Join(", ", answer.Headers.GetValues("Link"))
            );
            var text = await answer.Content.ReadAsStringAsync();
            var hubs = format is "json"
                ? JsonNode.Parse(text)!["hubs"]!.AsArray().Select(hub => $"{hub!["type"]} {hub["url"]}")
                : XElement
                    .Parse(text)
                    .Descendants(atom + "link")
                    .Where(link => (string?)link.Attribute("rel") == "hub")
                    .Select(link => $"WebSub {link.Attribute("href")!.Value}");
            Assert.Equal("WebSub https://hub.example/", Assert.Single(hubs));
        }
    }

    // Starts a server that tells the hub, with the data of a server.
    private Task<WebApplication> StartAsync(NewsroomServer first) =>
        first.StartAnotherAsync(
            [],
            services => services.AddWebSub(_hub.Address, Origin).AddSingleton<TimeProvider>(_clock)
        );

    private static string[] Feeds(params IEnumerable<string> paths) =>
        [
            .. paths
                .SelectMany(path => new[] { "rss", "atom", "json" }.Select(format => $"{Origin}/feeds/{path}.{format}"))
                .Order(StringComparer.Ordinal),
        ];

    private async Task<TId> IdAsync<TId>(string kind, string slug)
        where TId : struct, IEntityId<TId>
    {
        var answer = await _server.QueryAsync($$"""{ {{kind}}(slug: "{{slug}}") { id } }""");
        return EntityId.Parse<TId>((string)answer["data"]![kind]!["id"]!)!.Value;
    }

    // Moves the clock until the hub knows the expected number of feeds, and compares them.
    private async Task ToldAsync(string[] expected)
    {
        while (_hub.Told.Distinct(StringComparer.Ordinal).Count() < expected.Length)
        {
            await PassAsync(Task.CompletedTask);
        }

        Assert.Equal(expected, _hub.Told.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    // Moves the clock faster than real time, but slowly enough for requests to this machine.
    private async Task PassAsync(Task until)
    {
        do
        {
            _clock.Advance(Step);
            using PeriodicTimer pause = new(Pause);
            await pause.WaitForNextTickAsync();
        } while (!until.IsCompleted);
    }

    private enum HubState
    {
        Working,
        Hanging,
        Refusing,
    }

    /// <summary>A hub on this machine.</summary>
    private sealed class Hub : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Hub(WebApplication app) => _app = app;

        public HubState State { get; set; }

        public ConcurrentQueue<string> Told { get; } = [];

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Uri Address => new(_app.Urls.Single());

        public static async Task<Hub> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            Hub hub = new(builder.Build());
            hub._app.MapPost("/", hub.AnswerAsync);
            await hub._app.StartAsync();
            return hub;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task AnswerAsync(HttpContext http)
        {
            var form = await http.Request.ReadFormAsync();
            Assert.Equal("publish", form["hub.mode"]);
            Asked.TrySetResult();
            switch (State)
            {
                case HubState.Hanging:
                    await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    break;
                case HubState.Refusing:
                    http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    Refused.TrySetResult();
                    break;
                default:
                    Told.Enqueue(form["hub.url"].ToString());
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
            }
        }
    }
}
