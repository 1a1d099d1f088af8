using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cms.Access;
using Cms.Changes;
using Cms.Data;
using Cms.Server.Health;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
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

    private readonly Keys _keys = new();

    protected override Action<IServiceCollection> More =>
        services => services.AddSingleton<ILoggerProvider>(_log).AddSingleton<IDataProtectionProvider>(_keys);

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
        await ReadAsync(NotInMemory);
        Assert.Single(_log.Entries, entry => entry.Category == typeof(DatabaseErrors).FullName);

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
    public async Task A_cookie_whose_key_cannot_be_read_now_is_kept()
    {
        var (browser, _) = await SignInAsync();
        using (browser)
        {
            _keys.Fault = new CryptographicException("Unreadable.", new DatabaseUnavailableException());
            using var response = await browser.GetAsync("/docs");

            await AssertProblemAsync(response);
            Assert.False(response.Headers.Contains("Set-Cookie"));
            _keys.Fault = null;
            using var again = await browser.GetAsync("/docs");
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }
    }

    [SkippableTheory]
    [InlineData(13)]
    [InlineData(8)]
    public async Task What_an_operator_has_to_mend_is_not_said_to_pass_in_seconds(int code)
    {
        Skip.If(ServerDatabase.UsesSqlServer, "It raises what SQLite raises.");
        // SQLITE_FULL, SQLITE_READONLY.
        Server.Statements.Fault = new SqliteException("It cannot be done.", code);

        using var response = await AskAsync(NotInMemory, token: null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("30", response.Headers.NonValidated["Retry-After"].ToString());
        Assert.Contains(
            "The database cannot do this at the moment. The server log says why.",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_stream_that_cannot_begin_is_503_and_not_an_event()
    {
        GoAway();

        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = NotInMemory });
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("text/event-stream"));
        using var response = await Server.Client.SendAsync(request);

        await AssertUnavailableAsync(response);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
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
        (await Server.Client.GetAsync("/healthz/ready")).Dispose();
        using (var unready = await Server.Client.GetAsync("/healthz/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
            Assert.Equal("5", unready.Headers.NonValidated["Retry-After"].ToString());
            var told = JsonNode.Parse(await unready.Content.ReadAsStringAsync())!;
            Assert.Equal("DATABASE_UNAVAILABLE", (string?)told["code"]);
            Assert.StartsWith("The database", (string?)told["reason"], StringComparison.Ordinal);
        }

        Assert.Single(_log.Errors, entry => entry.Category == typeof(Readiness).FullName);

        ComeBack();
        using var ready = await Server.Client.GetAsync("/healthz/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        // The next outage is news again.
        GoAway();
        (await Server.Client.GetAsync("/healthz/ready")).Dispose();
        Assert.Equal(2, _log.Errors.Count(entry => entry.Category == typeof(Readiness).FullName));
    }

    // Whatever the database of the run is: this is what a server that hangs, or a disk that is gone, becomes.
    private void GoAway() => Server.Statements.Fault = new DatabaseUnavailableException();

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
        Assert.Equal("The database does not respond. Try again in a few seconds.", (string?)error["message"]);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("5", response.Headers.NonValidated["Retry-After"].ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("DATABASE_UNAVAILABLE", (string?)problem["code"]);
    }

    /// <summary>Keys in memory, which cannot be read while there is a fault.</summary>
    private sealed class Keys : IDataProtectionProvider
    {
        private readonly EphemeralDataProtectionProvider _all = new();

        public Exception? Fault { get; set; }

        public IDataProtector CreateProtector(string purpose) => new Key(this, _all.CreateProtector(purpose), purpose);

        private sealed class Key(Keys keys, IDataProtector key, string of) : IDataProtector
        {
            public IDataProtector CreateProtector(string purpose) => new Key(keys, key.CreateProtector(purpose), of);

            public byte[] Protect(byte[] plaintext) => key.Protect(plaintext);

            // What the cookie refers to; the cookie itself is read before it.
            public byte[] Unprotect(byte[] protectedData) =>
                keys.Fault is { } fault && of == "Cms.Access.BrowserSession"
                    ? throw fault
                    : key.Unprotect(protectedData);
        }
    }
}
