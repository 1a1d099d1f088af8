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
using Cms.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.Outages;

/// <summary>
/// Tests that cached answers are served while the database is unavailable, and all other requests get 503 with a code.
/// </summary>
[Needs("server")]
public sealed class DatabaseAwayTests : AccessSuite
{
    private const string InMemory = "{ articles(first: 2) { nodes { headline } } }";
    private const string NotInMemory = "{ personas { nodes { name } } articles(first: 3) { nodes { slug } } }";

    private readonly LogCapture _log = new();

    private readonly Keys _keys = new();

    protected override Action<IServiceCollection> More =>
        services => services.AddSingleton<ILoggerProvider>(_log).AddSingleton<IDataProtectionProvider>(_keys);

    [Fact]
    public async Task Cached_answers_are_served_during_an_outage_and_after_it()
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
    public async Task Cached_answers_are_discarded_if_a_different_database_comes_back()
    {
        var feed = Server.Services.GetRequiredService<ChangeFeed>();
        await feed.StartAsync(default);
        await ReadAsync(InMemory);

        GoAway();
        await feed.CatchUpAsync(default);
        ComeBack();
        await using (var db = await OpenAsync())
        {
            // Makes the database look like a restored backup.
            db.Changes.Remove(db.Changes.OrderBy(change => change.Seq).Last());
            await db.SaveChangesAsync();
        }

        await feed.CatchUpAsync(default);
        Assert.NotEqual("Cms; hit", (await ReadAsync(InMemory)).CacheStatus);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/graphql-response+json")]
    public async Task A_query_that_is_not_cached_gets_503_with_a_code(string type)
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
    public async Task A_signed_in_caller_gets_503_if_the_block_list_cannot_be_read()
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
    public async Task A_signed_in_browser_gets_503_at_every_address()
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
    public async Task A_cookie_whose_key_cannot_be_read_during_an_outage_is_not_deleted()
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
    public async Task An_error_that_an_operator_must_fix_has_a_longer_retry_time(int code)
    {
        Skip.If(ServerDatabase.UsesSqlServer, "This test throws exceptions of SQLite.");
        // The codes are SQLITE_FULL and SQLITE_READONLY.
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
    public async Task A_stream_that_cannot_start_gets_503_instead_of_an_event()
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
    public async Task A_request_for_an_image_gets_503_with_problem_details_and_a_code()
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
            var body = JsonNode.Parse(await unready.Content.ReadAsStringAsync())!;
            Assert.Equal("DATABASE_UNAVAILABLE", (string?)body["code"]);
            Assert.StartsWith("The database", (string?)body["reason"], StringComparison.Ordinal);
        }

        Assert.Single(_log.Errors, entry => entry.Category == typeof(Readiness).FullName);

        ComeBack();
        using var ready = await Server.Client.GetAsync("/healthz/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        // The next outage is logged again.
        GoAway();
        (await Server.Client.GetAsync("/healthz/ready")).Dispose();
        Assert.Equal(2, _log.Errors.Count(entry => entry.Category == typeof(Readiness).FullName));
    }

    // A hung server and a missing disk lead to this exception with every database.
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

    /// <summary>Keys in memory. They cannot be read while a fault is set.</summary>
    private sealed class Keys : IDataProtectionProvider
    {
        private readonly EphemeralDataProtectionProvider _all = new();

        public Exception? Fault { get; set; }

        public IDataProtector CreateProtector(string purpose) => new Key(this, _all.CreateProtector(purpose), purpose);

        private sealed class Key(Keys keys, IDataProtector key, string of) : IDataProtector
        {
            public IDataProtector CreateProtector(string purpose) => new Key(keys, key.CreateProtector(purpose), of);

            public byte[] Protect(byte[] plaintext) => key.Protect(plaintext);

            // The cookie itself can be decrypted. Only the session that it refers to cannot be read.
            public byte[] Unprotect(byte[] protectedData) =>
                keys.Fault is { } fault && of == "Cms.Access.BrowserSession"
                    ? throw fault
                    : key.Unprotect(protectedData);
        }
    }
}
