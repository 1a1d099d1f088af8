using System.Net;
using Cms.Server.Tests.Support;
using Cms.Site;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>How many open pages can listen for changes.</summary>
[Needs("server")]
public sealed class LiveLimitTests(NewsroomServer api) : IClassFixture<NewsroomServer>, IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly List<HttpResponseMessage> _open = [];
    private StandaloneSite _site = null!;

    public async Task InitializeAsync() =>
        _site = await StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            new SiteSettings
            {
                Live = new() { PerAddress = 2, Total = 3 },
            },
            proxies: [IPNetwork.Parse("127.0.0.1/32")]
        );

    public async Task DisposeAsync()
    {
        _open.ForEach(response => response.Dispose());
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task An_address_with_too_many_open_pages_is_told_to_wait_and_others_are_not()
    {
        await ListenAsync("192.0.2.1");
        await ListenAsync("192.0.2.1");

        using var refused = await ListenAsync("192.0.2.1");
        using var other = await ListenAsync("192.0.2.2");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(
            "Too many pages of your address listen for changes. Close some of them, or reload this page to see changes.",
            await refused.Content.ReadAsStringAsync()
        );
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_reader_cannot_use_the_other_addresses_of_an_IPv6_network()
    {
        await ListenAsync("2001:db8:0:1::1");
        await ListenAsync("2001:db8:0:1::2");

        using var refused = await ListenAsync("2001:db8:0:1:ffff::3");
        using var other = await ListenAsync("2001:db8:0:2::1");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task All_readers_together_have_a_limit_too()
    {
        await ListenAsync("192.0.2.1");
        await ListenAsync("192.0.2.2");
        await ListenAsync("192.0.2.3");

        using var refused = await ListenAsync("192.0.2.4");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter!.Delta);
        Assert.Contains("try again in a minute", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_closed_makes_room_for_another()
    {
        await ListenAsync("192.0.2.1");
        var closed = await ListenAsync("192.0.2.1");
        using CancellationTokenSource late = new(Longest);

        closed.Dispose();
        HttpStatusCode status;
        do
        {
            // The site learns of the closed connection a moment later.
            status = (await ListenAsync("192.0.2.1", late.Token)).StatusCode;
        } while (status is not HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await ListenAsync("192.0.2.1")).StatusCode);
    }

    private async Task<HttpResponseMessage> ListenAsync(string reader, CancellationToken cancellationToken = default)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/live");
        request.Headers.Add("X-Forwarded-For", reader);
        var response = await _site.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken
        );
        _open.Add(response);
        return response;
    }
}
