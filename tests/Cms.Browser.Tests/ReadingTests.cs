using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests;

/// <summary>What readers can do with the home page: with a mouse, a keyboard only, and without scripts.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class ReadingTests(BrowsedSite site)
{
    private const int FirstTabs = 30;

    // Where the focus is, and whether readers can see it there.
    private const string Focus = """
        () => {
          const e = document.activeElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(e);
          const { width, height, top, bottom } = e.getBoundingClientRect();
          return {
            text: e.textContent.trim(), main: !!e.closest('main'), href: e.getAttribute('href') ?? '',
            seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && width > 1 && height > 1 && bottom > 0 && top < innerHeight,
          };
        }
        """;

    [SkippableFact]
    public async Task The_home_page_shows_the_lead_and_what_the_panel_says_about_it()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        await window.GoAsync("/");

        await AssertHomeAsync(window.Page);
        Assert.Equal(0, await window.Page.Locator("img:not([alt])").CountAsync());
    }

    [SkippableFact]
    public async Task The_home_page_can_be_read_without_scripts()
    {
        await using var window = await site.OpenAsync(Look.Phone with { HasScripts = false });
        await window.GoAsync("/");

        await AssertHomeAsync(window.Page);
        await Assertions.Expect(window.Page.Locator("[data-save]:visible")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task The_first_tab_stop_skips_to_the_content()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        await window.GoAsync("/");

        await window.Page.Keyboard.PressAsync("Tab");
        var skip = await window.Page.EvaluateAsync<Focused>(Focus);
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Keyboard.PressAsync("Tab");
        var next = await window.Page.EvaluateAsync<Focused>(Focus);

        // The browser can report the new address after the reader has gone on.
        await window.Page.EvaluateAsync("() => dispatchEvent(new HashChangeEvent('hashchange'))");
        var still = await window.Page.EvaluateAsync<Focused>(Focus);

        Assert.Equal(("Skip to content", true), (skip.Text, skip.Seen));
        Assert.True(next.Main);
        Assert.True(next.Seen);
        Assert.Equal(next, still);
    }

    [SkippableTheory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task The_tab_key_reaches_the_first_story_and_the_focus_is_always_visible(int width)
    {
        await using var window = await site.OpenAsync(new Look(width, 900));
        await window.GoAsync("/");
        var story = await window.Page.Locator("main .lead h2 a").GetAttributeAsync("href");

        List<Focused> stops = [];
        for (var i = 0; i < FirstTabs; i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            stops.Add(await window.Page.EvaluateAsync<Focused>(Focus));
        }

        Assert.All(stops, stop => Assert.True(stop.Seen, $"The focus on “{stop.Text}” ({stop.Href}) cannot be seen."));
        Assert.Contains(stops, stop => stop.Href == story);
    }

    [SkippableFact]
    public async Task An_address_that_somebody_cut_off_or_made_up_breaks_nothing()
    {
        const string path = "/articles/the-disk-said-yes";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.GoAsync(path + "?utm_source=%E0%A4%A&kind=constructor#%E0%A4%A");
        await page.EvaluateAsync("() => { location.hash = '%'; }");
        await page.EvaluateAsync("() => { location.hash = 'panel'; }");
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'panel'");

        var button = page.Locator("[data-save][data-kind=article]").First;
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        // The button answers at once. The message comes when the bookmark is stored.
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Saved");
        await window.GoAsync("/bookmarks?kind=constructor");
        await Assertions.Expect(page.Locator($"main .bt a[href='{path}']")).ToBeVisibleAsync();
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task A_link_that_is_shown_leads_to_a_page_of_the_site()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        HashSet<string> links = new(StringComparer.Ordinal);
        foreach (var page in TestedPages.All)
        {
            await window.GoAsync(page.Path);
            links.UnionWith(
                await window.Page.EvaluateAsync<string[]>(
                    """
                    () => [...document.querySelectorAll('a[href]')].filter((a) => a.origin === location.origin && a.pathname !== location.pathname)
                      .map((a) => a.pathname + a.search)
                    """
                )
            );
        }

        // A kind of page that is in the list of tested pages has no dead links anywhere.
        var kinds = TestedPages
            .All.Where(page => page.Status == 200)
            .Select(page => KindOf(page.Path))
            .ToHashSet(StringComparer.Ordinal);
        List<string> dead = [];
        foreach (var link in links.Where(link => kinds.Contains(KindOf(link))))
        {
            using var answer = await site.GetAsync(link);
            if ((int)answer.StatusCode >= 400)
            {
                dead.Add($"{link}: {(int)answer.StatusCode}");
            }
        }

        Findings.AssertNone(dead);
        Assert.Contains("/", links);
    }

    private static async Task AssertHomeAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("main .lead h2 a")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main .lead .says li")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("main .members li")).ToHaveCountAsync(4);
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Sections" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Latest" })).ToBeVisibleAsync();
    }

    private static string KindOf(string path) => path.Split('/', '?')[1];

    private sealed record Focused
    {
        public string Text { get; init; } = "";

        public string Href { get; init; } = "";

        public bool Main { get; init; }

        public bool Seen { get; init; }
    }
}
