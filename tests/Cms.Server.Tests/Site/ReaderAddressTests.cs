using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The API counts the requests of each reader of a site that runs alone, and not those of the site.</summary>
[Needs("server")]
public sealed class ReaderAddressTests
{
    private const int Burst = 1_000;

    [Fact]
    public async Task A_reader_who_has_sent_too_many_requests_does_not_use_up_the_limit_of_the_others()
    {
        await using var api = await StartAsync(
            "--Cms:Proxies=127.0.0.1",
            "--Cms:Limits:AnonymousPerSecond=1",
            "--Cms:Limits:AnonymousBurst=10"
        );
        await using var site = await StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            proxies: [IPNetwork.Parse("127.0.0.1/32")]
        );
        Sent busy;
        var sent = 0;
        do
        {
            busy = await site.GetAsync($"/search?q=busy{sent++}", forwardedFor: "192.0.2.1");
        } while (busy.Status is HttpStatusCode.OK && sent < 500);

        var calm = await site.GetAsync("/search?q=calm", forwardedFor: "192.0.2.2");

        Assert.Equal((HttpStatusCode.TooManyRequests, "30"), (busy.Status, busy.RetryAfter));
        Assert.Contains("Wait half a minute and try again", busy.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, calm.Status);
    }

    [Theory]
    [InlineData("127.0.0.1", "192.0.2.{0}")]
    [InlineData("192.0.2.99, 127.0.0.0/8", "192.0.2.{0}")]
    [InlineData("127.0.0.1, 10.0.0.0/8", "192.0.2.{0}, 10.1.2.3")]
    [InlineData("127.0.0.1", "2001:db8:0:{0}::1")]
    public async Task A_known_proxy_names_the_client(string proxies, string forwarded)
    {
        await using var api = await StartAsync("--Cms:Proxies=" + proxies, "--Cms:Limits:AnonymousPerSecond=1");

        Assert.All(await LeftAsync(api, forwarded), left => Assert.Equal(Burst - 1, left));
    }

    [Theory]
    [InlineData("", "192.0.2.{0}")]
    [InlineData("10.0.0.0/8", "192.0.2.{0}")]
    [InlineData("127.0.0.1", "192.0.2.{0}, 203.0.113.5")]
    public async Task Nobody_else_can_say_that_a_request_comes_from_somewhere_else(string proxies, string forwarded)
    {
        await using var api = await StartAsync("--Cms:Proxies=" + proxies, "--Cms:Limits:AnonymousPerSecond=1");

        // Each second, the address may send one request more.
        Assert.True((await LeftAsync(api, forwarded)).Min() < Burst - 1);
    }

    [Fact]
    public void A_server_does_not_start_with_a_proxy_that_is_not_an_address()
    {
        var problem = Assert.Throws<CannotStartException>(() => CmsHost.Build(["--Cms:Proxies=10.0.0.1, gateway"]));

        Assert.Equal(
            "Cms__Proxies contains ‘gateway’, which is not an address: set it to addresses or networks, such as 10.0.0.7, 10.1.0.0/16.",
            problem.Message
        );
    }

    // How many requests each of twenty addresses may still send after its first one.
    private static async Task<IReadOnlyList<int>> LeftAsync(NewsroomServer api, string forwarded)
    {
        List<int> left = [];
        for (var i = 1; i <= 20; i++)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/graphql");
            request.Headers.Add("X-Forwarded-For", string.Format(CultureInfo.InvariantCulture, forwarded, i));
            request.Content = JsonContent.Create(new { query = $"{{ a{i}: __typename }}" });
            using var response = await api.Client.SendAsync(request);
            left.Add(
                int.Parse(
                    response
                        .Headers.NonValidated["RateLimit"]
                        .ToString()
                        .Split(';')
                        .Single(part => part.StartsWith("r=", StringComparison.Ordinal))[2..],
                    CultureInfo.InvariantCulture
                )
            );
        }

        return left;
    }

    private static async Task<NewsroomServer> StartAsync(params string[] settings)
    {
        NewsroomServer server = new() { Settings = [$"--Cms:Limits:AnonymousBurst={Burst}", .. settings] };
        await server.InitializeAsync();
        return server;
    }
}
