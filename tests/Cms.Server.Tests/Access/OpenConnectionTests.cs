using System.Net;
using System.Net.Http.Json;
using Cms.Access;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>Who stands behind a connection that outlasts a request, and when it ends with them.</summary>
public sealed class OpenConnectionTests : AccessSuite
{
    private const string Partner = "https://news.example";
    private const string Who = "{ viewer { name } }";

    protected override IReadOnlyList<string> Settings => [$"--Cms:Streams:AllowedOrigins:0={Partner}"];

    private (string, string) OwnOrigin => ("Origin", Server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));

    [Fact]
    public async Task A_token_in_the_header_introduces_a_socket_which_ends_with_it()
    {
        using var socket = new GraphQLSocket(("Authorization", $"Bearer {Token("Author")}"));
        await socket.OpenAsync(Server);

        Assert.Equal("""{"data":{"viewer":{"name":"Erin"}}}""", (await socket.AskAsync(Who)).ToJsonString());
        Assert.Equal(
            """{"data":{"desk":{"__typename":"Desk"}}}""",
            (await socket.AskAsync("{ desk { __typename } }")).ToJsonString()
        );
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((4403, "Token expired"), await socket.ClosedAsync());
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("forged")]
    [InlineData("another scope")]
    [InlineData("blocked")]
    [InlineData("two at once")]
    public async Task A_token_that_is_not_good_is_refused_before_the_socket_opens(string what)
    {
        var (status, token) = what switch
        {
            "expired" => (
                401,
                Forged.Person(Issuer, "Editor").With("exp", Clock.GetUtcNow().ToUnixTimeSeconds() - 600).Sign()
            ),
            "forged" => (401, Token("Editor")[..^8] + "AAAAAAAA"),
            "another scope" => (403, Forged.Person(Issuer, "Editor").With("scp", "Other.Read").Sign()),
            "blocked" => (403, Token("Editor")),
            _ => (401, $"{Token("Editor")}, Bearer {Token("Editor")}"),
        };
        if (what == "blocked")
        {
            await BlockAsync(Server.Services);
        }

        using var socket = new GraphQLSocket(("Authorization", $"Bearer {token}"));

        Assert.Equal(status, (int)await socket.RefusedAsync(Server));
    }

    [Fact]
    public async Task The_cookie_of_a_session_introduces_a_socket_of_our_own_pages_which_ends_with_the_session()
    {
        var (browser, cookie) = await SignInAsync();
        using var _ = browser;
        using var socket = new GraphQLSocket(OwnOrigin, ("Cookie", cookie));
        await socket.OpenAsync(Server);

        Assert.Equal("""{"data":{"viewer":{"name":"Erin"}}}""", (await socket.AskAsync(Who)).ToJsonString());
        Clock.Advance(TimeSpan.FromHours(9));
        Assert.Equal((4403, "Token expired"), await socket.ClosedAsync());
    }

    [Fact]
    public async Task A_page_of_another_site_opens_no_socket_with_somebodys_cookie()
    {
        var (browser, cookie) = await SignInAsync();
        using var _ = browser;
        foreach (var origin in new[] { "https://evil.example", "null", "http://127.0.0.1:1" })
        {
            using var socket = new GraphQLSocket(("Origin", origin), ("Cookie", cookie));

            Assert.Equal(HttpStatusCode.Forbidden, await socket.RefusedAsync(Server));
        }
    }

    [Theory]
    [InlineData(Partner)]
    [InlineData(null)]
    public async Task A_socket_of_another_origin_that_is_let_in_has_nothing_of_the_cookie(string? origin)
    {
        var (browser, cookie) = await SignInAsync();
        using var _ = browser;
        using var socket = new GraphQLSocket([
            ("Cookie", cookie),
            .. origin is null ? [] : new[] { ("Origin", origin) },
        ]);
        await socket.OpenAsync(Server);

        Assert.Equal("""{"data":{"viewer":null}}""", (await socket.AskAsync(Who)).ToJsonString());
        Assert.Equal(
            ErrorCodes.NotAuthenticated,
            (string?)(await socket.AskAsync("{ desk { __typename } }"))[0]!["extensions"]!["code"]
        );
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_page_of_an_origin_that_is_let_in_cannot_ask_with_somebodys_session(string method)
    {
        var (browser, _) = await SignInAsync();
        using var __ = browser;
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), "/graphql?query=%7Bviewer%7Bname%7D%7D");
        if (method == "POST")
        {
            request.Content = JsonContent.Create(new { query = Who });
        }

        request.Headers.TryAddWithoutValidation("Origin", Partner);
        request.Headers.TryAddWithoutValidation("GraphQL-Preflight", "1");
        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(Partner, answer.Headers.NonValidated["Access-Control-Allow-Origin"].ToString());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_session_that_is_over_opens_no_socket()
    {
        var (browser, cookie) = await SignInAsync();
        using var _ = browser;
        Clock.Advance(TimeSpan.FromHours(9));
        using var socket = new GraphQLSocket(OwnOrigin, ("Cookie", cookie));

        Assert.Equal(HttpStatusCode.Unauthorized, await socket.RefusedAsync(Server));
    }

    [Fact]
    public async Task Signing_out_ends_what_the_session_holds_open_and_nobody_elses()
    {
        var (browser, cookie) = await SignInAsync();
        var (other, others) = await SignInAsync();
        using var _ = browser;
        using var __ = other;
        using var socket = new GraphQLSocket(OwnOrigin, ("Cookie", cookie));
        using var stays = new GraphQLSocket(OwnOrigin, ("Cookie", others));
        await socket.OpenAsync(Server);
        await stays.OpenAsync(Server);
        using var stream = await StreamAsync(OwnOrigin, ("Cookie", cookie));

        await SignOutAsync(browser);

        Assert.Equal((4403, "Signed out"), await socket.ClosedAsync());
        Assert.Equal(
            (ErrorCodes.NotAuthenticated, "You have signed out. Sign in again, then continue where you stopped."),
            await EndOfAsync(stream)
        );
        Assert.Equal("""{"data":{"viewer":{"name":"Erin"}}}""", (await stays.AskAsync(Who)).ToJsonString());
    }

    [Fact]
    public async Task A_session_that_ends_at_another_server_ends_what_it_holds_open_here()
    {
        var (browser, cookie) = await SignInAsync();
        using var _ = browser;
        using var socket = new GraphQLSocket(OwnOrigin, ("Cookie", cookie));
        await socket.OpenAsync(Server);
        using var stream = await StreamAsync(OwnOrigin, ("Cookie", cookie));
        await using var db = await OpenAsync();
        await db.BrowserSessions.ExecuteDeleteAsync();

        Clock.Advance(BlockList.Poll);

        Assert.Equal((4403, "Signed out"), await socket.ClosedAsync());
        Assert.Equal(ErrorCodes.NotAuthenticated, (await EndOfAsync(stream)).Code);
    }

    [Fact]
    public async Task A_block_made_at_another_server_counts_here_within_a_second_for_requests_and_for_what_is_open()
    {
        var token = Token("Editor");
        using var socket = new GraphQLSocket(("Authorization", $"Bearer {token}"));
        await socket.OpenAsync(Server);
        using var stream = await StreamAsync(("Authorization", $"Bearer {token}"));
        await using var other = CmsHost.Build([.. Server.DatabaseArguments, "--urls=http://127.0.0.1:0"]);
        await BlockAsync(other.Services);

        Clock.Advance(BlockList.Poll);

        Assert.Equal((4403, "Forbidden"), await socket.ClosedAsync());
        Assert.Equal(
            (ErrorCodes.NotAuthorized, "Your access has been blocked. Ask an administrator of the newsroom."),
            await EndOfAsync(stream)
        );
        Assert.Equal(403, await StatusAsync(token));
    }

    [Fact]
    public async Task Whoever_signs_in_sweeps_away_the_sessions_that_are_over()
    {
        var (one, _) = await SignInAsync();
        var (two, _) = await SignInAsync();
        one.Dispose();
        two.Dispose();
        await using var db = await OpenAsync();
        var before = await db.BrowserSessions.Select(session => session.Hash).ToListAsync();
        Clock.Advance(TimeSpan.FromHours(9));

        var (three, _) = await SignInAsync();
        three.Dispose();

        Assert.Equal(2, before.Count);
        Assert.DoesNotContain(
            Assert.Single(await db.BrowserSessions.Select(session => session.Hash).ToListAsync()),
            before
        );
    }
}
