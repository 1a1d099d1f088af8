using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests;

/// <summary>How open pages listen for changes.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class LiveTests(BrowsedSite site)
{
    private const int Step = 5;
    private const int Longest = 1_000;

    [SkippableFact]
    public async Task A_page_that_may_not_listen_asks_again_after_a_minute_and_then_less_and_less_often()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await page.Clock.InstallAsync();
        await page.RouteAsync(
            url => new Uri(url).AbsolutePath == "/live",
            route =>
                route.FulfillAsync(
                    new RouteFulfillOptions { Status = 429, Headers = [KeyValuePair.Create("Retry-After", "60")] }
                )
        );
        await window.GoAsync("/");

        await UntilAskedAsync(times: 1);
        var first = await UntilAskedAsync(times: 2);
        var second = await UntilAskedAsync(times: 3);
        var third = await UntilAskedAsync(times: 4);

        Assert.InRange(first, 60, 105);
        Assert.InRange(second, 120, 195);
        Assert.InRange(third, 240, 375);

        // Moves the clock of the page until it has asked, and returns by how many seconds.
        async Task<int> UntilAskedAsync(int times)
        {
            var seconds = 0;
            while (window.Requests.Count(url => url.AbsolutePath == "/live") < times)
            {
                Assert.True(seconds < Longest, "The page does not ask again.");
                await page.Clock.RunForAsync(Step * 1_000);
                seconds += Step;

                // The page learns of the refusal before this answer arrives.
                await page.EvaluateAsync("() => fetch('/robots.txt')");
            }

            return seconds;
        }
    }
}
