using System.Text.Json;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests;

/// <summary>Every page on phones and desktops, light and dark.</summary>
[Needs("Chromium")]
[Needs("npm")]
[Collection(OneSite.Name)]
public sealed class AccessibilityTests(BrowsedSite site)
{
    [SkippableTheory]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(1440, 900, ColorScheme.Dark)]
    public async Task Axe_finds_no_violation_and_the_browser_has_no_complaint(int width, int height, ColorScheme scheme)
    {
        await NpmClients.RequireAsync();
        await using var window = await site.OpenAsync(new Look(width, height, scheme) { HasAxe = true });
        List<string> found = [];
        foreach (var page in TestedPages.All)
        {
            await window.GoAsync(page.Path, status: page.Status);
            found.AddRange((await window.ViolationsAsync()).Select(violation => $"{page.Name}: {violation}"));
        }

        Findings.AssertNone(found);
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task Axe_finds_a_violation_where_there_is_one()
    {
        await NpmClients.RequireAsync();
        await using var window = await site.OpenAsync(Look.Desktop with { HasAxe = true });
        await window.GoAsync("/");

        await window.Page.EvaluateAsync("() => document.querySelector('.members img').removeAttribute('alt')");

        Assert.Contains(
            await window.ViolationsAsync(),
            violation => violation.StartsWith("image-alt:", StringComparison.Ordinal)
        );
    }

    [SkippableFact]
    public async Task Every_error_is_a_complaint_except_the_status_that_a_test_expects()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        await window.GoAsync("/no/such/page", status: 404);
        await window.GoAsync("/");
        Findings.AssertNone(window.Complaints);

        await window.Page.EvaluateAsync("() => { console.error('A fault'); return fetch('/no/file'); }");
        await window.GoAsync("/no/other/page");

        Assert.Equal(3, window.Complaints.Count);
        Assert.Contains(window.Complaints, complaint => complaint.Contains("A fault", StringComparison.Ordinal));
        Assert.Contains(window.Complaints, complaint => complaint.Contains("/no/file", StringComparison.Ordinal));
        Assert.Contains(
            window.Complaints,
            complaint => complaint.Contains("/no/other/page:", StringComparison.Ordinal)
        );
    }

    [SkippableTheory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task No_page_is_wider_than_the_screen(int width)
    {
        await using var window = await site.OpenAsync(new Look(width, 800));
        List<string> wide = [];
        foreach (var page in TestedPages.All)
        {
            await window.GoAsync(page.Path);
            var beyond = await window.Page.EvaluateAsync<JsonElement>(
                """
                () => document.documentElement.scrollWidth <= innerWidth ? [] :
                  [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
                    .map((e) => `${e.tagName} ${e.className}`).slice(0, 5)
                """
            );
            if (beyond.GetArrayLength() > 0)
            {
                wide.Add($"{page.Name}: {beyond}");
            }
        }

        Findings.AssertNone(wide);
    }

    [SkippableFact]
    public async Task No_page_loads_anything_from_another_host()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        await window.EndLiveChangesAsync();
        foreach (var page in TestedPages.All)
        {
            var response = await window.GoAsync(page.Path);
            Assert.Equal(page.Status, response!.Status);

            // Images further down are loaded when readers come near them.
            await window.Page.EvaluateAsync(
                "() => document.querySelectorAll('img').forEach((i) => (i.loading = 'eager'))"
            );
            await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }

        var own = await site.UrlAsync("/");
        Assert.All(
            window.Requests.Where(url => url.Scheme != "data"),
            url => Assert.Equal(own.Authority, url.Authority)
        );
        Assert.Contains(window.Requests, url => url.AbsolutePath.StartsWith("/i/", StringComparison.Ordinal));
    }
}
