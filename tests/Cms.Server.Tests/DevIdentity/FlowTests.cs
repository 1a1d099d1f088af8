using System.Net;
using System.Text.RegularExpressions;
using Cms.DevIdentity;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Cms.Server.Tests.DevIdentity;

/// <summary>Valid and invalid ways to sign in and out with a browser and a front end.</summary>
public sealed partial class FlowTests(Issuer issuer) : IClassFixture<Issuer>
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>";

    [Fact]
    public async Task Choosing_a_person_on_the_page_gives_the_front_end_a_token()
    {
        var page = await issuer.Http.GetStringAsync(Issuer.SignIn());
        Assert.Contains("A front end", page, StringComparison.Ordinal);
        Assert.All(Person.All, person => Assert.Contains(person.May, page, StringComparison.Ordinal));
        var choice = Choices()
            .Matches(page)
            .Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))
            .Single(link => link.Contains("erin", StringComparison.Ordinal));

        var (status, body) = await issuer.RedeemAsync(await issuer.CodeAsync(choice));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(body["access_token"]);
        Assert.NotNull(body["id_token"]);
        Assert.NotNull(body["refresh_token"]);
    }

    [Fact]
    public async Task A_code_can_be_redeemed_only_once()
    {
        var code = await issuer.CodeAsync(Issuer.SignIn(("login_hint", "erin@newsroom.example")));
        await issuer.RedeemAsync(code);

        var (status, body) = await issuer.RedeemAsync(code);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("invalid_grant", (string?)body["error"]);
    }

    [Theory]
    [InlineData("another-verifier-of-at-least-forty-three-characters-012345")]
    [InlineData(null)]
    public async Task A_code_cannot_be_redeemed_without_its_verifier(string? verifier)
    {
        var code = await issuer.CodeAsync(Issuer.SignIn(("login_hint", "erin@newsroom.example")));

        var (status, body) = await issuer.RedeemAsync(code, verifier);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Null(body["access_token"]);
    }

    [Fact]
    public async Task A_refresh_token_is_replaced_each_time_it_is_used()
    {
        var code = await issuer.CodeAsync(Issuer.SignIn(("login_hint", "erin@newsroom.example")));
        var (_, first) = await issuer.RedeemAsync(code);

        var (status, second) = await issuer.RefreshAsync((string)first["refresh_token"]!);
        var (again, _) = await issuer.RefreshAsync((string)first["refresh_token"]!);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (status, again));
        Assert.NotEqual((string?)first["refresh_token"], (string?)second["refresh_token"]);
    }

    [Fact]
    public async Task The_first_code_can_still_be_redeemed_a_minute_later()
    {
        var slow = new Issuer();
        await slow.InitializeAsync();
        var code = await slow.CodeAsync(Issuer.SignIn(("login_hint", "erin@newsroom.example")));
        slow.Clock.Advance(TimeSpan.FromMinutes(1));

        var (status, _) = await slow.RedeemAsync(code);
        await slow.DisposeAsync();

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_code_expires()
    {
        var later = new Issuer();
        await later.InitializeAsync();
        var code = await later.CodeAsync(Issuer.SignIn(("login_hint", "erin@newsroom.example")));
        later.Clock.Advance(TimeSpan.FromMinutes(16));

        var (status, body) = await later.RedeemAsync(code);
        await later.DisposeAsync();

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("invalid_grant", (string?)body["error"]);
    }

    [Theory]
    [InlineData("redirect_uri", "http://localhost:3000/elsewhere")]
    [InlineData("redirect_uri", null)]
    [InlineData("client_id", Tenant.Api)]
    public async Task A_code_is_valid_only_for_its_redirect_address_and_its_client(string name, string? value)
    {
        var code = await issuer.CodeAsync(Issuer.SignIn(("login_hint", "erin@newsroom.example")));

        var (status, body) = await issuer.RedeemAsync(code, Issuer.Verifier, (name, value));

        Assert.NotEqual(HttpStatusCode.OK, status);
        Assert.Null(body["access_token"]);
    }

    [Fact]
    public async Task Only_one_of_many_simultaneous_attempts_to_redeem_a_code_succeeds()
    {
        var code = await issuer.CodeAsync(Issuer.SignIn(("login_hint", "erin@newsroom.example")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => issuer.RedeemAsync(code)));

        Assert.Single(answers, answer => answer.Status is HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_expires_after_75_minutes_and_can_be_refreshed()
    {
        var later = new Issuer();
        await later.InitializeAsync();
        var (_, first) = await later.RedeemAsync(
            await later.CodeAsync(Issuer.SignIn(("login_hint", "erin@newsroom.example")))
        );
        Assert.Equal(4_500, (int)first["expires_in"]!);
        Assert.True(IsInTime((string)first["access_token"]!));
        later.Clock.Advance(TimeSpan.FromMinutes(76));
        Assert.False(IsInTime((string)first["access_token"]!));

        var (_, second) = await later.RefreshAsync((string)first["refresh_token"]!);

        var token = (string)second["access_token"]!;
        Assert.True(IsInTime(token));
        Assert.Equal(
            ["Editor"],
            new JsonWebToken(token).Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value)
        );
        Assert.Equal(Claim((string)first["access_token"]!, "oid"), Claim(token, "oid"));
        await later.DisposeAsync();

        bool IsInTime(string text) =>
            new JsonWebToken(text) is var parsed
            && parsed.ValidFrom <= later.Clock.GetUtcNow().UtcDateTime
            && later.Clock.GetUtcNow().UtcDateTime < parsed.ValidTo;

        static string Claim(string text, string name) => new JsonWebToken(text).GetClaim(name).Value;
    }

    [Fact]
    public async Task A_refresh_token_expires_after_a_day()
    {
        var later = new Issuer();
        await later.InitializeAsync();
        var (_, first) = await later.RedeemAsync(
            await later.CodeAsync(Issuer.SignIn(("login_hint", "erin@newsroom.example")))
        );
        later.Clock.Advance(TimeSpan.FromHours(25));

        var (status, body) = await later.RefreshAsync((string)first["refresh_token"]!);
        await later.DisposeAsync();

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("invalid_grant", (string?)body["error"]);
        Assert.Null(body["access_token"]);
    }

    [Theory]
    [InlineData("client_id", "5c0ffee0-0000-4000-8000-0000000000ff")]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("response_type", "token")]
    [InlineData("scope", "openid api://another/Scope")]
    [InlineData("redirect_uri", "https://evil.example/")]
    [InlineData("redirect_uri", "http://evil.example/")]
    [InlineData("redirect_uri", "http://localhost.evil.example/")]
    [InlineData("redirect_uri", "http://localhost@evil.example/")]
    [InlineData("redirect_uri", "http://127.0.0.1\\@evil.example/")]
    [InlineData("redirect_uri", "javascript:alert(1)")]
    [InlineData("redirect_uri", "//evil.example/")]
    [InlineData("redirect_uri", null)]
    public async Task An_invalid_sign_in_request_shows_an_error_page_and_does_not_redirect(string name, string? value)
    {
        using var answer = await issuer.Http.GetAsync(
            Issuer.SignIn(("login_hint", "ada@newsroom.example"), (name, value))
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.Contains("Sign-in failed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state")]
    [InlineData("nonce")]
    [InlineData("login_hint")]
    [InlineData("client_id")]
    [InlineData("scope")]
    [InlineData("redirect_uri")]
    [InlineData("code_challenge")]
    [InlineData("code_challenge_method")]
    [InlineData("made_up")]
    public async Task Values_of_a_request_never_appear_as_markup(string name)
    {
        using var answer = await issuer.Http.GetAsync(Issuer.SignIn((name, Hostile)));
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.StartsWith(
            "default-src 'none'; style-src 'self';",
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("lantern-in-development", Tenant.DefaultScope, HttpStatusCode.OK)]
    [InlineData("wrong", Tenant.DefaultScope, HttpStatusCode.Unauthorized)]
    [InlineData(null, Tenant.DefaultScope, HttpStatusCode.Unauthorized)]
    [InlineData("lantern-in-development", "openid", HttpStatusCode.BadRequest)]
    public async Task A_partner_gets_a_token_only_with_its_secret_and_the_default_scope(
        string? secret,
        string scope,
        HttpStatusCode expected
    )
    {
        var (status, body) = await issuer.PartnerAsync(secret, scope);

        Assert.Equal(expected == HttpStatusCode.OK, status == HttpStatusCode.OK);
        Assert.Equal(expected == HttpStatusCode.OK, body["access_token"] is not null);
    }

    [Theory]
    [InlineData("http://localhost:3000/bye", true)]
    [InlineData("https://evil.example/", false)]
    public async Task Signing_out_redirects_only_to_this_machine(string back, bool isSent)
    {
        using var answer = await issuer.Http.GetAsync(
            $"/{Tenant.Id}/oauth2/v2.0/logout?post_logout_redirect_uri={Uri.EscapeDataString(back)}"
        );

        Assert.Equal(isSent ? back : null, answer.Headers.Location?.AbsoluteUri);
    }

    [Fact]
    public async Task A_request_for_a_foreign_host_name_is_rejected()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Issuer.SignIn());
        request.Headers.Host = "rebound.evil.example";

        using var answer = await issuer.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5081")]
    [InlineData("http://192.168.1.2:5081")]
    [InlineData("https://localhost:5081")]
    [InlineData("http://*:5081")]
    public void The_provider_listens_on_this_machine_only(string url) =>
        Assert.Contains(
            "serves http on loopback only",
            Assert.Throws<UriFormatException>(() => Provider.Settings(url)).Message,
            StringComparison.Ordinal
        );

    [GeneratedRegex("class=\"person [a-z]+\"\\s+href=\"([^\"]+)\"")]
    private static partial Regex Choices();
}
