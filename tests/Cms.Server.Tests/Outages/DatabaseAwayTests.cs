using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Access;
using Cms.Changes;
using Cms.Server.Health;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.Outages;

/// <summary>While the database is away, answers in memory are still served and everything else is 503 with a code.</summary>
public sealed class DatabaseAwayTests : AccessSuite
{
    private const string InMemory = "{ articles(first: 2) { nodes { headline } } }";
    private const string NotInMemory = "{ personas { nodes { name } } articles(first: 3) { nodes { slug } } }";

    private readonly LogCapture _log = new();

    protected override Action<IServiceCollection> More => services => services.AddSingleton<ILoggerProvider>(_log);

    [Fact]
    public async Task Answers_in_memory_are_served_and_follow_when_the_database_is_back()
    {
        var feed = Server.Services.GetRequiredService<ChangeFeed>();
        await feed.StartAsync(default);
        var before = await ReadAsync(InMemory);
        Assert.Equal("Cms; hit", (await ReadAsync(InMemory)).CacheStatus);

        GoAway();
        await feed.CatchUpAsync(default);
        await feed.CatchUpAsync(default);
        var during = await ReadAsync(InMemory);

        Assert.Equal(("Cms; hit", before.Body), (during.CacheStatus, during.Body));
        Assert.Single(_log.Errors, entry => entry.Category == typeof(ChangeFeed).FullName);

        ComeBack();
        await feed.CatchUpAsync(default);
        Assert.Equal("Cms; hit", (await ReadAsync(InMemory)).CacheStatus);
    }

    [Fact]
    public async Task Answers_in_memory_go_when_the_database_that_comes_back_is_another()
    {
        var feed = Server.Services.GetRequiredService<ChangeFeed>();
        await feed.StartAsync(default);
        await ReadAsync(InMemory);

        GoAway();
        await feed.CatchUpAsync(default);
        ComeBack();
        await using (var db = await OpenAsync())
        {
            // As a restored backup has it.
            db.Changes.Remove(db.Changes.OrderBy(change => change.Seq).Last());
            await db.SaveChangesAsync();
        }

        await feed.CatchUpAsync(default);
        Assert.NotEqual("Cms; hit", (await ReadAsync(InMemory)).CacheStatus);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/graphql-response+json")]
    public async Task A_query_that_is_not_in_memory_is_503_with_a_code(string type)
    {
        GoAway();

        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = NotInMemory });
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(type));
        using var response = await Server.Client.SendAsync(request);

        await AssertUnavailableAsync(response);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Empty(_log.Errors);

        ComeBack();
        Assert.Contains("\"data\"", (await ReadAsync(NotInMemory)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_in_caller_whose_block_cannot_be_looked_up_is_503()
    {
        var token = Token("Editor");
        Assert.Equal(200, await StatusAsync(token));
        GoAway();
        Clock.Advance(BlockList.Poll);

        using var response = await AskAsync("{ viewer { name } }", token);

        await AssertUnavailableAsync(response);
        Assert.Empty(_log.Errors);
        ComeBack();
        Assert.Equal(200, await StatusAsync(token));
    }

    [Fact]
    public async Task A_signed_in_browser_is_503_at_every_address()
    {
        var (browser, _) = await SignInAsync();
        using (browser)
        {
            GoAway();

            using var response = await browser.GetAsync("/docs");

            await AssertProblemAsync(response);
        }
    }

    [Fact]
    public async Task An_image_is_503_with_a_problem_that_has_a_code()
    {
        var url = (string?)
            JsonNode.Parse((await ReadAsync("{ articles { nodes { heroImage { url } } } }")).Body)!["data"]![
                "articles"
            ]!["nodes"]!
                .AsArray()
                .Select(node => node!["heroImage"]?["url"])
                .First(address => address is not null);
        GoAway();

        using var response = await Server.Client.GetAsync(url);

        await AssertProblemAsync(response);
    }

    [Fact]
    public async Task A_socket_gets_an_error_and_stays_open()
    {
        using var socket = new GraphQLSocket();
        await socket.OpenAsync(Server);
        GoAway();

        var errors = await socket.AskAsync(NotInMemory);

        Assert.Equal("DATABASE_UNAVAILABLE", (string?)errors[0]!["extensions"]!["code"]);
        ComeBack();
        Assert.NotNull((await socket.AskAsync(NotInMemory))["data"]);
    }

    [Fact]
    public async Task Readiness_is_503_until_the_database_is_back()
    {
        Server.Services.GetRequiredService<Readiness>().SetStarted();
        GoAway();
        using (var unready = await Server.Client.GetAsync("/healthz/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
            Assert.Contains("The database", await unready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        ComeBack();
        using var ready = await Server.Client.GetAsync("/healthz/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    // SQLITE_IOERR, as from a disk that is gone.
    private void GoAway() => Server.Statements.Fault = new SqliteException("disk I/O error", 10);

    private void ComeBack() => Server.Statements.Fault = null;

    private async Task<(string Body, string? CacheStatus)> ReadAsync(string query)
    {
        using var response = await Server.Client.PostAsJsonAsync("/graphql", new { query });
        return (
            await response.Content.ReadAsStringAsync(),
            response.Headers.TryGetValues("Cache-Status", out var status) ? status.Single() : null
        );
    }

    private static async Task AssertUnavailableAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("5", response.Headers.NonValidated["Retry-After"].ToString());
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Null(body["data"]);
        var error = Assert.Single(body["errors"]!.AsArray())!;
        Assert.Equal("DATABASE_UNAVAILABLE", (string?)error["extensions"]!["code"]);
        Assert.Equal("The database does not answer. Try again in a few seconds.", (string?)error["message"]);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("5", response.Headers.NonValidated["Retry-After"].ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("DATABASE_UNAVAILABLE", (string?)problem["code"]);
    }
}
