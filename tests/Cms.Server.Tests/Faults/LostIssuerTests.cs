using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Faults;

/// <summary>The issuer of tokens is not reachable, and later is again.</summary>
[Needs("process")]
public sealed class LostIssuerTests : FaultSuite
{
    private const string Sentence = "The sign-in service does not respond. Try again in a minute.";

    // The server answers 429 to an address that has sent 500 invalid tokens.
    private const int UnknownKeys = 400;

    [Fact]
    public async Task While_the_issuer_is_away_everybody_who_is_signed_in_stays_so_and_others_read_why_they_cannot_sign_in()
    {
        using var server = await StartAsync("--Auth:IssuerTimeoutSeconds=5", "--Auth:JwksRefreshSeconds=1");
        using var browser = Browser(server);
        (await SignInAsync(browser)).EnsureSuccessStatusCode().Dispose();
        using var late = Browser(server);
        var callback = await CallbackAsync(late);

        await Issuer.StopAsync();

        // What the issuer has answered counts for a second.
        using var early = Browser(server);
        await UntilAsync(
            async () =>
            {
                using var refused = await early.GetAsync("/signin");
                return refused.StatusCode is HttpStatusCode.ServiceUnavailable;
            },
            "The server does not notice that the issuer is away."
        );
        var unknown = 0;
        var outage = Stopwatch.StartNew();
        do
        {
            // A token that was issued before, and one whose key is known.
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, Token));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, Forged.Person(Issuer, "Editor").Sign()));
            using (var studio = await browser.GetAsync("/studio/articles"))
            {
                Assert.Equal(HttpStatusCode.OK, studio.StatusCode);
            }

            if (unknown++ < UnknownKeys)
            {
                Assert.Equal(
                    HttpStatusCode.Unauthorized,
                    await StatusAsync(server, Forged.Person(Issuer, "Editor").Head("kid", "unknown").Sign())
                );
            }

            using var other = Browser(server);
            using var refused = await other.GetAsync("/signin");
            await AssertSentenceAsync(refused);
        } while (outage.Elapsed < Outage);

        // The issuer went away while this person typed a password.
        using (var refused = await late.GetAsync(callback))
        {
            await AssertSentenceAsync(refused);
        }

        await LoggedAsync(server, "the known keys stay in use");

        Issuer.Rotate();
        await Issuer.InitializeAsync();
        using var again = Browser(server);
        await UntilAsync(
            async () =>
            {
                using var signedIn = await SignInAsync(again);
                return signedIn.IsSuccessStatusCode;
            },
            "Nobody can sign in."
        );
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, Token));
        Assert.Equal((0, ""), await server.StopAsync());
    }

    private static async Task AssertSentenceAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("60", response.Headers.NonValidated["Retry-After"].ToString());
        Assert.StartsWith(Sentence, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(ServingProcess server, string token)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(server.Client.BaseAddress!, "/graphql"));
        request.Content = JsonContent.Create(new { query = "{ viewer { name } }" });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static HttpClient Browser(ServingProcess server) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Client.BaseAddress };

    // The address to which the issuer sends the browser back.
    private static async Task<Uri> CallbackAsync(HttpClient browser)
    {
        using var redirect = await browser.GetAsync("/signin?returnUrl=/healthz/live");
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        using var issued = await browser.GetAsync(redirect.Headers.Location);
        return issued.Headers.Location!;
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser)
    {
        using var redirect = await browser.GetAsync("/signin?returnUrl=/healthz/live");
        if (redirect.StatusCode is not HttpStatusCode.Redirect)
        {
            return new HttpResponseMessage(redirect.StatusCode);
        }

        using var issued = await browser.GetAsync(redirect.Headers.Location);
        using var back = await browser.GetAsync(issued.Headers.Location);
        return await browser.GetAsync(back.Headers.Location);
    }
}
