using System.Text.Json;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests;

/// <summary>Open pages learn what editors publish, without being moved or loaded again.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class LiveTests(BrowsedSite site)
{
    private const int Step = 5;
    private const int Longest = 1_000;

    // The reader is in the middle of the page. Returns where each part of the page is on the screen.
    private const string Places = """
        () => JSON.stringify([scrollY, ...[...document.querySelectorAll('main *')].map((e) => Math.round(e.getBoundingClientRect().top))])
        """;

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

    [SkippableFact]
    public async Task A_correction_is_announced_and_moves_nothing_and_reload_shows_it()
    {
        const string path = "/articles/parapet-revocation-lag-postmortem";
        await using var window = await site.OpenAsync(Look.Desktop);
        await window.RecordPaintsAsync();
        var page = window.Page;
        await ListenAsync(window, path);
        await page.EvaluateAsync("() => scrollTo({ top: document.body.scrollHeight / 2, behavior: 'instant' })");
        await page.EvaluateAsync("async () => { await document.fonts.ready; shifts.length = 0; }");
        var before = await page.EvaluateAsync<string>(Places);
        // Screen readers announce changes of an element that was there before.
        await Assertions.Expect(Notice(page)).ToHaveCountAsync(1);
        await Assertions.Expect(Notice(page)).ToBeEmptyAsync();

        await site.CorrectAsync(Slug(path), "The lag that was twice as long", "The lag was nine minutes, not four.");

        await Assertions.Expect(Notice(page)).ToContainTextAsync("This story was just corrected.");
        Assert.Equal(before, await page.EvaluateAsync<string>(Places));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => shifts.length"));
        Assert.False(await page.EvaluateAsync<bool>("() => !!document.activeElement.closest('.live')"));
        await Assertions.Expect(page.Locator("h1")).Not.ToHaveTextAsync("The lag that was twice as long");

        await Notice(page).GetByRole(AriaRole.Link, new() { Name = "Reload" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("The lag that was twice as long");
        await Assertions.Expect(page.Locator(".body")).ToContainTextAsync("The lag was nine minutes, not four.");
        // The page is new, so it does not tell again.
        await HelloAsync(page);
        await Assertions.Expect(Notice(page)).ToBeEmptyAsync();
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task All_tabs_of_an_article_say_that_it_was_updated_and_other_articles_stay_silent()
    {
        const string path = "/articles/umbra-attestation-cache-rollback";
        await using var window = await site.OpenAsync(Look.Desktop);
        var first = window.Page;
        await ListenAsync(window, path);
        var second = await OpenTabAsync(window, path);
        var other = await OpenTabAsync(window, "/articles/wickerwork-1-0-promise");

        await site.UpdateAsync(Slug(path), "The cache that forgot to roll back");

        await Assertions.Expect(Notice(first)).ToContainTextAsync("This story was just updated.");
        await Assertions.Expect(Notice(second)).ToContainTextAsync("This story was just updated.");
        await Notice(first).GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(Notice(first)).ToBeEmptyAsync();
        await Assertions.Expect(Notice(second)).ToContainTextAsync("This story was just updated.");
        await Assertions.Expect(Notice(other)).ToBeEmptyAsync();
        await second.CloseAsync();
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task A_withdrawal_is_announced_and_reload_says_why()
    {
        const string path = "/articles/loss-bits-vote-transport-forum";
        await using var window = await site.OpenAsync(Look.Phone);
        await ListenAsync(window, path);

        await site.WithdrawAsync(Slug(path), "The vote was counted twice.");

        await Assertions.Expect(Notice(window.Page)).ToContainTextAsync("This story was just withdrawn.");
        await window.Page.RunAndWaitForResponseAsync(
            () => Notice(window.Page).GetByRole(AriaRole.Link, new() { Name = "Reload" }).ClickAsync(),
            response => response.Status == 410
        );
        await Assertions.Expect(window.Page.Locator("main")).ToContainTextAsync("The vote was counted twice.");
    }

    [SkippableFact]
    public async Task The_home_page_names_a_new_story_and_leads_to_it()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await ListenAsync(window, "/");
        await page.EvaluateAsync("() => document.fonts.ready.then(() => {})");
        var before = await page.EvaluateAsync<string>(Places);
        var id = await site.DraftAsync(
            "A ferry learns to dock alone",
            "a-ferry-learns-to-dock",
            "It docked on Monday."
        );

        await site.PublishAsync(id);

        await Assertions.Expect(Notice(page)).ToContainTextAsync("New: A ferry learns to dock alone");
        Assert.Equal(before, await page.EvaluateAsync<string>(Places));
        await Notice(page).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A ferry learns to dock alone");
        // It was published before this page was made.
        await HelloAsync(page);
        await Assertions.Expect(Notice(page)).ToBeEmptyAsync();
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task Without_scripts_the_page_is_whole_and_shows_the_change_after_reload()
    {
        const string path = "/articles/leaked-secrets-half-life";
        await using var window = await site.OpenAsync(Look.Desktop with { HasScripts = false });
        var page = window.Page;
        await window.GoAsync(path);
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();

        await site.CorrectAsync(Slug(path), "Leaked secrets live longer", "The median was eleven days.");
        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Leaked secrets live longer");
        await Assertions.Expect(page.Locator(".body")).ToContainTextAsync("The median was eleven days.");
        await Assertions.Expect(Notice(page)).ToHaveCountAsync(0);
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task A_page_that_lost_its_connection_connects_again_and_learns_what_it_missed()
    {
        const string path = "/articles/quillon-fixture-prompt-injection";
        await using var line = await site.ConnectAsync();
        await using var window = await site.OpenAsync(Look.Desktop, line);
        await ListenAsync(window, path);
        await line.CutAsync();

        await site.CorrectAsync(Slug(path), "The fixture that gave orders", "There were three fixtures.");
        await Assertions.Expect(Notice(window.Page)).ToBeEmptyAsync();
        line.Mend();

        await Assertions.Expect(Notice(window.Page)).ToContainTextAsync("This story was just corrected.");
    }

    [SkippableFact]
    public async Task A_hidden_page_learns_when_it_is_shown_what_another_page_of_the_tab_has_seen_before()
    {
        const string path = "/articles/interview-maren-tusk-revocation";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await ListenAsync(window, path);
        await ShowAsync(page, isShown: false);

        // Browsers keep the pages of a tab for the way back, and the pages share their notes.
        await site.UpdateAsync(Slug(path), "Maren Tusk on revocation, again");
        var other = await OpenTabAsync(window, "/");
        await Assertions.Expect(other.Locator("main .lead")).ToBeVisibleAsync();
        var seen = await other.EvaluateAsync<string>("() => sessionStorage.getItem('panel.live')");
        await page.EvaluateAsync("(seen) => sessionStorage.setItem('panel.live', seen)", seen);
        await Assertions.Expect(Notice(page)).ToBeEmptyAsync();
        await ShowAsync(page, isShown: true);

        await Assertions.Expect(Notice(page)).ToContainTextAsync("This story was just updated.");
    }

    private static ILocator Notice(IPage page) => page.Locator("[data-live][role=status]");

    private static string Slug(string path) => path.Split('/')[^1];

    /// <summary>Goes to a page and returns when it is told of changes.</summary>
    private static async Task ListenAsync(BrowserWindow window, string path)
    {
        await window.RecordGreetingsAsync();
        await window.GoAsync(path);
        await HelloAsync(window.Page);
    }

    private static async Task<IPage> OpenTabAsync(BrowserWindow window, string path)
    {
        var tab = await window.Page.Context.NewPageAsync();
        await tab.GotoAsync(new Uri(new Uri(window.Page.Url), path).AbsoluteUri);
        await HelloAsync(tab);
        return tab;
    }

    private static async Task HelloAsync(IPage page) => await page.WaitForFunctionAsync("() => window.greetings > 0");

    private static async Task ShowAsync(IPage page, bool isShown) =>
        await page.EvaluateAsync<JsonElement?>(
            """
            (isShown) => {
              Object.defineProperty(document, 'visibilityState', { get: () => (isShown ? 'visible' : 'hidden'), configurable: true });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """,
            isShown
        );
}
