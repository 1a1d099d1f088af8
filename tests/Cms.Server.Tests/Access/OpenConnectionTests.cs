using System.Net;
using System.Net.Http.Json;
using Cms.Access;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>Who is signed in on a long-lived connection, and when the server closes it.</summary>
[Needs("server")]
public sealed class OpenConnectionTests : AccessSuite
{
    private const string Partner = "https://news.example";
    private const string Who = "{ viewer { name } }";

    protected override IReadOnlyList<string> Settings => [$"--Cms:Streams:AllowedOrigins:0={Partner}"];

    private (string, string) OwnOrigin => ("Origin", Server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));

    [Fact]
    public async Task A_socket_signed_in_by_its_Authorization_header_is_closed_when_the_token_expires()
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
    [InlineData("two tokens")]
    public async Task An_invalid_token_is_rejected_before_the_socket_opens(string what)
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
    public async Task A_socket_of_our_own_page_uses_the_session_cookie_and_is_closed_when_the_session_expires()
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
    public async Task A_page_of_another_site_cannot_open_a_socket_with_a_session_cookie()
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
    public async Task A_socket_from_an_allowed_origin_or_without_an_origin_ignores_the_session_cookie(string? origin)
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
    public async Task A_page_of_an_allowed_origin_cannot_send_requests_with_a_session_cookie(string method)
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
    public async Task An_expired_session_cannot_open_a_socket()
    {
        var (browser, cookie) = await SignInAsync();
        using var _ = browser;
        Clock.Advance(TimeSpan.FromHours(9));
        using var socket = new GraphQLSocket(OwnOrigin, ("Cookie", cookie));

        Assert.Equal(HttpStatusCode.Unauthorized, await socket.RefusedAsync(Server));
    }

    [Fact]
    public async Task Signing_out_closes_the_connections_of_that_session_only()
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
    public async Task A_session_that_ends_on_another_server_closes_its_connections_here()
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
    public async Task A_block_on_another_server_applies_here_within_a_second_to_requests_and_open_connections()
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
    public async Task Signing_in_deletes_expired_sessions()
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
