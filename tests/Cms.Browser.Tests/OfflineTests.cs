using System.Text.RegularExpressions;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests;

/// <summary>What readers can read without a network, and what stays in the browser after they have left.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed partial class OfflineTests(BrowsedSite site)
{
    private const string Article = "/articles/tidewheel-eight-week-randomised-study";
    private const string Other = "/articles/sablefish-ferry-satellite-benchmark";
    private const string Unseen = "/articles/the-inference-bill-in-the-freezer";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // The pages that the browser keeps, without those that everybody has.
    private const string Kept = """
        async () => {
          const names = (await caches.keys()).filter((name) => /-(pages|saved)$/.test(name));
          const lists = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
          return lists.flat().filter((path) => !['/offline', '/bookmarks'].includes(path)).sort().join(' ');
        }
        """;

    [SkippableFact]
    public async Task The_first_article_of_a_new_reader_can_be_read_offline_and_says_that_it_is_a_copy()
    {
        await using var line = await site.ConnectAsync();
        await using var window = await site.OpenAsync(Look.Desktop, line);
        var page = window.Page;
        await window.GoAsync(Article);
        var headline = await page.Locator("h1").TextContentAsync();
        await IsKeptAsync(page, Article);

        await line.CutAsync();

        Assert.Equal(200, await GoOfflineAsync(page, Article));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(headline!);
        await Assertions.Expect(page.Locator("#panel")).ToBeVisibleAsync();
        var notice = page.Locator("[data-offline-copy][role=status]");
        await Assertions.Expect(notice).ToContainTextAsync("You are offline. This copy was kept on");
        await Assertions.Expect(notice.Locator("time")).ToHaveTextAsync(Day());
        // The stylesheet is kept too.
        Assert.Equal(
            "fixed",
            await page.EvaluateAsync<string>(
                "() => { const b = document.body.appendChild(document.createElement('div')); b.className = 'live'; return getComputedStyle(b).position; }"
            )
        );

        line.Mend();
        await window.GoAsync(Article);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(headline!);
        await Assertions.Expect(notice).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_page_that_was_never_opened_says_so_offline_and_leads_on()
    {
        await using var line = await site.ConnectAsync();
        await using var window = await site.OpenAsync(Look.Phone, line);
        var page = window.Page;
        await window.GoAsync(Article);
        await IsKeptAsync(page, Article);
        await line.CutAsync();

        Assert.Equal(503, await GoOfflineAsync(page, Unseen));
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("You are offline");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Bookmarks" }).ClickAsync();
        await Assertions.Expect(page.Locator("main .none h2")).ToHaveTextAsync("No bookmarks yet");
        await GoOfflineAsync(page, Unseen);
        line.Mend();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.Locator("article.art h1")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_bookmarked_article_can_be_read_offline_from_the_list_with_its_picture()
    {
        await using var line = await site.ConnectAsync();
        await using var window = await site.OpenAsync(Look.Desktop, line);
        var page = window.Page;
        await window.GoAsync("/");
        await IsKeptAsync(page, "/");
        await window.GoAsync(Other);
        await SaveAsync(page);
        await UntilAsync(
            page,
            """
            async () => {
              const names = await caches.keys();
              const count = async (end) => (await (await caches.open(names.find((name) => name.endsWith(end)))).keys()).length;
              return names.some((name) => name.endsWith('-images')) && (await count('-saved')) > 0 && (await count('-images')) > 0;
            }
            """
        );

        await line.CutAsync();
        await GoOfflineAsync(page, "/bookmarks");
        await page.Locator($"main .bt a[href='{Other}']").ClickAsync();

        await Assertions.Expect(page.Locator("[data-offline-copy]")).ToBeVisibleAsync();
        var picture = page.Locator(".ah figure img").First;
        await Assertions.Expect(picture).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.ah figure img').naturalWidth > 0");
    }

    [SkippableFact]
    public async Task An_article_that_was_withdrawn_is_not_kept_after_the_reader_has_seen_that()
    {
        const string path = "/articles/wickerwork-1-0-promise";
        await using var line = await site.ConnectAsync();
        await using var window = await site.OpenAsync(Look.Desktop, line);
        var page = window.Page;
        await window.GoAsync(path);
        await IsKeptAsync(page, path);
        await site.WithdrawAsync(path.Split('/')[^1], "The promise was never made.");
        await window.GoAsync(path, status: 410);
        await UntilAsync(page, $"async () => !(await ({Kept})()).includes('{path}')");
        await line.CutAsync();

        await GoOfflineAsync(page, path);

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("You are offline");
    }

    [SkippableFact]
    public async Task Sign_out_removes_the_pages_and_bookmarks_of_the_reader()
    {
        await using var line = await site.ConnectAsync();
        await using var window = await site.OpenAsync(Look.Desktop, line);
        var page = window.Page;
        await window.SignInAsync("reader", Other);
        await SaveAsync(page);
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Saved to your bookmarks.");
        await window.GoAsync("/bookmarks");
        await Assertions.Expect(page.Locator($"main .bt a[href='{Other}']")).ToBeVisibleAsync();
        await IsKeptAsync(page, Other);

        // The account's bookmarks can be read offline until then.
        await line.CutAsync();
        await GoOfflineAsync(page, "/bookmarks");
        await page.Locator($"main .bt a[href='{Other}']").ClickAsync();
        await Assertions.Expect(page.Locator("[data-offline-copy]")).ToBeVisibleAsync();
        line.Mend();

        await window.GoAsync("/account");
        await page.Locator("form[data-signout] button").ClickAsync();
        await Assertions.Expect(page.Locator("body:not([data-reader])")).ToHaveCountAsync(1);
        await UntilAsync(page, $"async () => !(await ({Kept})()).includes('{Other}')");
        await line.CutAsync();

        await GoOfflineAsync(page, Other);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("You are offline");
        await GoOfflineAsync(page, "/bookmarks");
        await Assertions.Expect(page.Locator("main .none h2")).ToHaveTextAsync("No bookmarks yet");
        Assert.DoesNotContain(Other, await page.EvaluateAsync<string>(Kept), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_preview_is_not_kept_and_ends_when_its_reader_ends_it()
    {
        await using var line = await site.ConnectAsync();
        await using var window = await site.OpenAsync(Look.Desktop, line);
        var page = window.Page;
        await window.GoAsync("/panel");
        await IsKeptAsync(page, "/panel");
        const string slug = "a-tram-without-rails";
        var id = await site.DraftAsync("A tram without rails", slug, "Nobody has **read** this yet.");
        var link = await site.LinkAsync(id);

        await window.GoAsync(link.Path);
        Assert.EndsWith("/articles/" + slug, page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("[role=status].notice")).ToContainTextAsync("Preview.");
        await Assertions.Expect(page.Locator(".body strong")).ToHaveTextAsync("read");
        await site.SaveAsync(id, "A tram without wheels");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("A tram without wheels");

        Assert.DoesNotContain(slug, await page.EvaluateAsync<string>(Kept), StringComparison.Ordinal);
        await line.CutAsync();
        await GoOfflineAsync(page, "/articles/" + slug);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("You are offline");
        line.Mend();

        await window.GoAsync("/articles/" + slug);
        await page.GetByRole(AriaRole.Link, new() { Name = "End the preview" }).ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
        Assert.Equal(404, (await window.GoAsync("/articles/" + slug, status: 404))!.Status);
        Findings.AssertNone(
            window.Complaints.Where(complaint =>
                !complaint.Contains("net::", StringComparison.Ordinal)
                && !complaint.Contains("status of 503", StringComparison.Ordinal)
            )
        );
    }

    [GeneratedRegex(@"^\d{1,2} \w+ \d{4} at \d\d:\d\d$")]
    private static partial Regex Day();

    /// <summary>Goes to a page without a network, and returns its status.</summary>
    // The browser may ask the network beside the worker. Playwright takes that for the page, which is the worker's.
    private static async Task<int> GoOfflineAsync(IPage page, string path)
    {
        await page.EvaluateAsync("() => { window.isLeft = true; }");
        await page.EvaluateAsync("(path) => setTimeout(() => location.assign(path))", path);
        await page.WaitForFunctionAsync("() => !window.isLeft && document.readyState === 'complete'");
        return await page.EvaluateAsync<int>("() => performance.getEntriesByType('navigation')[0].responseStatus");
    }

    private static async Task SaveAsync(IPage page)
    {
        var button = page.Locator("[data-save][data-kind=article]").First;
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
    }

    /// <summary>Waits until the service worker is in charge of the window, and keeps a page and the one for others.</summary>
    private static async Task IsKeptAsync(IPage page, string path)
    {
        await page.EvaluateAsync(
                """
                async () => {
                  const { active } = await navigator.serviceWorker.ready;
                  for (const [target, event, isSo] of [
                    [active, 'statechange', () => active.state === 'activated'],
                    [navigator.serviceWorker, 'controllerchange', () => navigator.serviceWorker.controller],
                  ]) {
                    if (!isSo()) await new Promise((resolve) => target.addEventListener(event, () => isSo() && resolve()));
                  }
                }
                """
            )
            .WaitAsync(Longest);
        foreach (var kept in new[] { "/offline", path })
        {
            await UntilAsync(page, $"() => caches.match('{kept}', {{ ignoreVary: true }})");
        }
    }

    // Playwright's own wait takes the promise of a function for its answer.
    private static async Task UntilAsync(IPage page, string isSo) =>
        await page.EvaluateAsync(
                $"async () => {{ const isSo = {isSo}; while (!(await isSo())) await new Promise(requestAnimationFrame); }}"
            )
            .WaitAsync(Longest);
}
