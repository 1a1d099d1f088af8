using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests;

/// <summary>
/// What readers do with bookmarks, without and with an account, and what becomes of it when the network, the session or
/// the site fails. Each test has its own article, because all of them share the account of the reader.
/// </summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class BookmarkTests(BrowsedSite site)
{
    private const string Reader = "reader";
    private const string Editor = "editor";
    private const string Saved = "true";
    private const string NotSaved = "false";
    private const string Waits = "It is sent to your account when you are online.";

    // The changes that wait for a network.
    private const string Waiting = """
        () => new Promise((resolve, reject) => {
          const opening = indexedDB.open('panel');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction('waiting').objectStore('waiting').getAll();
            reading.onsuccess = () => (opening.result.close(), resolve(JSON.stringify(reading.result)));
          };
        })
        """;

    [SkippableFact]
    public async Task An_anonymous_reader_saves_an_article_finds_it_in_the_panel_and_removes_it()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.GoAsync("/articles/the-disk-said-yes");

        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Saved in this browser.");
        await Assertions.Expect(page.Locator("[data-count]")).ToHaveTextAsync("1");
        await page.Locator("a[data-panel]").ClickAsync();
        var panel = page.Locator("dialog[open]");
        await Assertions.Expect(panel.Locator(".bt a")).ToHaveAttributeAsync("href", "/articles/the-disk-said-yes");
        await Assertions.Expect(panel).ToContainTextAsync("Kept in this browser only.");

        await panel.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(panel.Locator(".none h2")).ToHaveTextAsync("No bookmarks yet");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(panel.Locator("[data-item]:visible")).ToHaveCountAsync(1);
        await Assertions.Expect(panel.Locator(".none")).ToHaveCountAsync(0);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(panel.Locator(".none h2")).ToBeVisibleAsync();

        await window.GoAsync("/bookmarks");
        await Assertions.Expect(page.Locator("main .none h2")).ToHaveTextAsync("No bookmarks yet");
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task Sign_in_adds_the_bookmarks_of_the_browser_to_the_account_and_says_so()
    {
        const string path = "/articles/moving-a-paragraph-is-hard";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.GoAsync(path);
        await SaveAsync(page);

        await SignInAsync(window, Reader, "/bookmarks");
        await Assertions.Expect(Toast(page)).ToContainTextAsync("1 bookmark was added to your account.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show them" }).ClickAsync();
        var row = Row(page, path);
        await WriteNoteAsync(row, "For the meeting");
        await Assertions.Expect(row.Locator(".bn")).ToContainTextAsync("For the meeting");

        await row.Locator(".rm").ClickAsync();
        await Assertions.Expect(row).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(row).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(row.Locator(".bn")).ToContainTextAsync("For the meeting");
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task A_change_that_was_made_offline_is_sent_when_the_network_is_back()
    {
        const string path = "/articles/oxbow-one-and-a-half-people";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await SignInAsync(window, Reader, path);

        await page.Context.SetOfflineAsync(true);
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync(Waits);
        await page.Context.SetOfflineAsync(false);

        await Assertions.Expect(Toast(page)).ToContainTextAsync("1 change was sent to your account.");
        await window.GoAsync("/bookmarks");
        await Assertions.Expect(Row(page, path)).ToBeVisibleAsync();
    }

    [SkippableTheory]
    [InlineData(Reader, "/articles/kestrel-9-knows-when-it-is-lost", "/articles/leaked-secrets-half-life")]
    [InlineData(Editor, "/articles/gristmill-risc-v-runners", "/articles/tessellate-votes-down-a-licence")]
    public async Task What_waited_when_a_session_ended_is_only_for_the_same_reader(
        string next,
        string noted,
        string path
    )
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await SignInAsync(window, Reader, noted);
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Saved to your bookmarks.");
        await window.GoAsync("/bookmarks");
        var known = Row(page, noted);
        await known.Locator("summary").ClickAsync();
        await known.Locator("textarea").FillAsync("Not finished");
        await window.GoAsync(path);
        await page.Context.SetOfflineAsync(true);
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync(Waits);

        // The page still belongs to the first reader when the network is back, and the session is over.
        await page.Context.ClearCookiesAsync();
        await page.Context.SetOfflineAsync(false);
        await window.GoAsync("/");
        await SignInAsync(window, next, noted);
        await Assertions.Expect(Button(page)).ToHaveAttributeAsync("aria-pressed", next == Reader ? Saved : NotSaved);
        if (next != Reader)
        {
            await SaveAsync(page);
        }

        await window.GoAsync("/bookmarks");
        // The count is shown after drafts are.
        await Assertions.Expect(page.Locator("[data-count]")).ToBeVisibleAsync();
        await Assertions.Expect(known.Locator("textarea")).ToHaveValueAsync(next == Reader ? "Not finished" : "");
        await page.ReloadAsync();
        await Assertions.Expect(known).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, path)).ToHaveCountAsync(next == Reader ? 1 : 0);
        Assert.Equal("[]", await page.EvaluateAsync<string>(Waiting));
    }

    private static ILocator Toast(IPage page) => page.Locator(".toast");

    // The button of the article; takes and tools have their own.
    private static ILocator Button(IPage page) => page.Locator("[data-save][data-kind=article]").First;

    private static ILocator Row(IPage page, string path) =>
        page.Locator("main [data-item]", new() { Has = page.Locator($".bt a[href='{path}']") });

    private static async Task SaveAsync(IPage page)
    {
        await Assertions.Expect(Button(page)).ToHaveAttributeAsync("aria-pressed", NotSaved);
        await Button(page).ClickAsync();
        await Assertions.Expect(Button(page)).ToHaveAttributeAsync("aria-pressed", Saved);
    }

    private static async Task WriteNoteAsync(ILocator row, string note)
    {
        await row.Locator("summary").ClickAsync();
        await row.Locator("textarea").FillAsync(note);
        await row.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
    }

    /// <summary>Signs a person of the development identity in, and returns on the page of the site.</summary>
    private static async Task SignInAsync(BrowserWindow window, string person, string path)
    {
        await window.GoAsync("/signin?returnUrl=" + Uri.EscapeDataString(path));
        await window.Page.Locator($"a.person.{person}").ClickAsync();
        await window.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
        await Assertions.Expect(window.Page.Locator("body[data-reader]")).ToHaveCountAsync(1);
    }
}
