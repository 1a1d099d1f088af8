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

    // Another tab says that bookmarks changed.
    private const string OtherTab = "() => new BroadcastChannel('panel-bookmarks').postMessage('changed')";

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
    public async Task A_reader_with_very_many_bookmarks_sees_the_newest_and_asks_for_the_others()
    {
        await using var window = await site.OpenAsync(Look.Phone);
        var page = window.Page;
        await window.GoAsync("/articles/the-disk-said-yes");
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToBeVisibleAsync();
        await page.EvaluateAsync(
            """
            () => new Promise((resolve, reject) => {
              const opening = indexedDB.open('panel');
              opening.onsuccess = () => {
                const writing = opening.result.transaction('saved', 'readwrite');
                for (let i = 0; i < 2_000; i++) {
                  writing.objectStore('saved').put({
                    id: 'art_' + i.toString(16).padStart(32, '0'), kind: 'article', title: `<img src=x onerror=alert(1)> ${i}`, href: '/articles/gone-' + i,
                    savedAt: new Date(1_600_000_000_000 + i).toISOString(), note: '<script>alert(1)</script>',
                  });
                }
                writing.oncomplete = () => (opening.result.close(), resolve());
                writing.onabort = () => reject(writing.error);
              };
            })
            """
        );
        var rows = page.Locator("main [data-item]");

        await window.GoAsync("/bookmarks");
        await Assertions.Expect(page.Locator("[data-kinds=all]")).ToHaveTextAsync("2001");
        await Assertions.Expect(rows).ToHaveCountAsync(100);
        await page.GetByRole(AriaRole.Button, new() { Name = "Older bookmarks" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(200);
        await window.GoAsync("/panel");
        await page.Locator("a[data-panel]").ClickAsync();
        await Assertions.Expect(page.Locator("dialog [data-item]")).ToHaveCountAsync(100);
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Older bookmarks" }).ClickAsync();
        await Assertions.Expect(page.Locator("dialog [data-item]")).ToHaveCountAsync(200);
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

        // The page that the site makes at sign-in cannot have the bookmark yet.
        await window.SignInAsync(Reader, "/bookmarks");
        await Assertions.Expect(Toast(page)).ToContainTextAsync("1 bookmark was added to your account.");
        await Assertions.Expect(Toast(page).GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        var row = Row(page, path);
        await Assertions.Expect(row).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main .none")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-count]")).ToBeVisibleAsync();
        await Assertions
            .Expect(page.Locator("[data-kinds=all]"))
            .ToHaveTextAsync((await page.Locator("[data-count]").TextContentAsync())!);
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
        await window.SignInAsync(Reader, path);

        await page.Context.SetOfflineAsync(true);
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync(Waits);
        await page.Context.SetOfflineAsync(false);

        await Assertions.Expect(Toast(page)).ToContainTextAsync("1 change was sent to your account.");
        await window.GoAsync("/bookmarks");
        await Assertions.Expect(Row(page, path)).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_note_that_was_written_offline_brings_back_a_bookmark_that_another_device_has_removed()
    {
        const string path = "/articles/parapet-revocation-lag-postmortem";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.SignInAsync(Reader, path);
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Saved to your bookmarks.");
        await OpenListAsync(window);
        var row = Row(page, path);
        await page.Context.SetOfflineAsync(true);
        await WriteNoteAsync(row, "Ask who drew it.");
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Note saved.");

        await using (var other = await site.OpenAsync(Look.Phone))
        {
            await other.SignInAsync(Reader, "/bookmarks");
            await Row(other.Page, path).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
            await Assertions.Expect(Toast(other.Page)).ToContainTextAsync("Removed");
        }

        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(Toast(page)).ToContainTextAsync("1 change was sent to your account.");
        await OpenListAsync(window);
        await Assertions.Expect(Row(page, path)).ToContainTextAsync("Ask who drew it.");
    }

    [SkippableFact]
    public async Task A_note_is_kept_with_each_letter_because_its_page_can_be_left_at_any_time()
    {
        const string path = "/articles/umbra-attestation-cache-rollback";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.SignInAsync(Reader, path);
        await SaveAsync(page);
        await OpenListAsync(window);
        var row = Row(page, path);

        var kept = await row.Locator("textarea")
            .EvaluateAsync<string?>(
                """
                (text, id) => {
                  text.value = 'Ask about the cache.';
                  text.dispatchEvent(new InputEvent('input', { bubbles: true }));
                  return localStorage.getItem('panel.draft.' + id);
                }
                """,
                await row.GetAttributeAsync("data-item")
            );

        Assert.Equal("Ask about the cache.", kept);
        await window.GoAsync(path);
        await OpenListAsync(window);
        await Assertions.Expect(row.Locator("textarea")).ToHaveValueAsync("Ask about the cache.");
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
        await window.SignInAsync(Reader, noted);
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Saved to your bookmarks.");
        await OpenListAsync(window);
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
        await window.SignInAsync(next, noted);
        await Assertions.Expect(Button(page)).ToHaveAttributeAsync("aria-pressed", next == Reader ? Saved : NotSaved);
        if (next != Reader)
        {
            await SaveAsync(page);
        }

        await OpenListAsync(window);
        await Assertions.Expect(known.Locator("textarea")).ToHaveValueAsync(next == Reader ? "Not finished" : "");
        await page.ReloadAsync();
        await Assertions.Expect(known).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, path)).ToHaveCountAsync(next == Reader ? 1 : 0);
        Assert.Equal("[]", await page.EvaluateAsync<string>(Waiting));
    }

    [SkippableFact]
    public async Task Signing_out_asks_before_a_note_that_is_not_saved_is_lost_and_leaves_what_is_of_others()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.SignInAsync(Reader, "/account");
        await page.EvaluateAsync(
            """
            () => new Promise((resolve) => {
              localStorage.setItem('panel.draft.art_1', 'Not finished');
              const opening = indexedDB.open('panel');
              opening.onsuccess = () => {
                const writing = opening.result.transaction('waiting', 'readwrite');
                writing.objectStore('waiting').put({ id: 'art_2', reader: 'somebody else', saved: true });
                writing.oncomplete = () => (opening.result.close(), resolve());
              };
            })
            """
        );
        List<string> asked = [];
        var isStaying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Message);
            await (asked.Count == 1 ? dialog.DismissAsync() : dialog.AcceptAsync());
            isStaying.TrySetResult();
        };
        var leave = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign out" });

        await leave.ClickAsync();
        await isStaying.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(
            "Not finished",
            await page.EvaluateAsync<string?>("() => localStorage.getItem('panel.draft.art_1')")
        );
        await leave.ClickAsync();
        await Assertions.Expect(leave).ToHaveCountAsync(0);

        Assert.Equal(2, asked.Count);
        Assert.All(
            asked,
            words => Assert.Contains("does not have 1 note of yours yet", words, StringComparison.Ordinal)
        );
        Assert.Null(await page.EvaluateAsync<string?>("() => localStorage.getItem('panel.draft.art_1')"));
        Assert.Contains("somebody else", await page.EvaluateAsync<string>(Waiting), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_page_that_stayed_open_sends_nothing_to_the_account_of_the_next_reader()
    {
        const string path = "/articles/a-bot-is-not-a-second-person";
        await using var window = await site.OpenAsync(Look.Desktop);
        var old = await window.Page.Context.NewPageAsync();
        await window.SignInAsync(Reader, path);
        await old.GotoAsync((await site.UrlAsync(path)).AbsoluteUri);
        await window.Page.Context.ClearCookiesAsync();
        await window.SignInAsync(Editor, "/bookmarks");
        await AnswerAsync(old, "**/bookmarks/toggle", 503);
        await SaveAsync(old);
        await Assertions.Expect(Toast(old)).ToContainTextAsync(Waits);

        await old.RunAndWaitForResponseAsync(
            () => old.EvaluateAsync("() => dispatchEvent(new Event('online'))"),
            "**/bookmarks/items?has=*"
        );
        await window.GoAsync("/bookmarks");
        await Assertions.Expect(window.Page.Locator("main [data-item], main .none").First).ToBeVisibleAsync();
        await window.Page.ReloadAsync();

        await Assertions.Expect(Row(window.Page, path)).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_change_that_the_site_cannot_take_now_is_sent_later()
    {
        const string path = "/articles/eight-days-with-lanterndb-2";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.SignInAsync(Reader, path);
        await AnswerAsync(page, "**/bookmarks/toggle", 429);

        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync(Waits);
        await page.ReloadAsync();

        await Assertions.Expect(Toast(page)).ToContainTextAsync("1 change was sent to your account.");
        await Assertions.Expect(Button(page)).ToHaveAttributeAsync("aria-pressed", Saved);
        Assert.Equal("[]", await page.EvaluateAsync<string>(Waiting));
    }

    [SkippableFact]
    public async Task The_sign_in_page_of_a_network_is_not_mistaken_for_an_answer_of_the_site()
    {
        const string path = "/articles/rattan-comes-home-to-wickerwork";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.SignInAsync(Reader, path);
        await AnswerAsync(page, "**/bookmarks/toggle", 200, "<p>Sign in to this network</p>");

        await SaveAsync(page);

        await Assertions.Expect(Toast(page)).ToContainTextAsync(Waits);
    }

    [SkippableFact]
    public async Task An_earlier_note_that_waits_does_not_replace_a_newer_one()
    {
        const string path = "/articles/hourly-carbon-claims-draft-rule";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.SignInAsync(Reader, path);
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Saved to your bookmarks.");
        await OpenListAsync(window);
        var row = Row(page, path);

        await AnswerAsync(page, "**/bookmarks/note", 503);
        await WriteNoteAsync(row, "Older");
        await Assertions.Expect(Toast(page)).ToContainTextAsync(Waits);
        await page.Context.UnrouteAllAsync();
        await WriteNoteAsync(row, "Newer");
        await Assertions.Expect(Toast(page)).ToHaveTextAsync("Note saved.");
        await page.ReloadAsync();

        await Assertions.Expect(row.Locator(".bn")).ToContainTextAsync("Newer");
        Assert.Equal("[]", await page.EvaluateAsync<string>(Waiting));
    }

    [SkippableFact]
    public async Task A_removal_that_cannot_be_undone_is_reported()
    {
        const string path = "/articles/interview-maren-tusk-revocation";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.SignInAsync(Reader, path);
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Saved to your bookmarks.");
        await OpenListAsync(window);
        var row = Row(page, path);
        await AnswerAsync(
            page,
            "**/bookmarks/merge",
            200,
            """{ "added": 0, "joined": 0, "refused": [{ "targetId": "art_1", "reason": "TARGET_NOT_FOUND" }] }"""
        );

        // The message with the button goes away after some seconds.
        await row.Locator(".rm").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(Toast(page)).ToContainTextAsync("its story is no longer published");
        await Assertions.Expect(row).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task A_list_that_is_made_again_leaves_the_reader_where_they_were()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.GoAsync("/articles/the-disk-said-yes");
        await SaveAsync(page);
        await page.Locator("a[data-panel]").ClickAsync();
        var row = page.Locator("dialog [data-item]");
        await row.Locator("summary").ClickAsync();
        await row.Locator("textarea").PressSequentiallyAsync("Ask Ise");
        await page.Keyboard.PressAsync("ArrowLeft");

        var shown = await row.ElementHandleAsync();
        await page.EvaluateAsync(OtherTab);
        await page.WaitForFunctionAsync("row => !row.isConnected", shown);
        await page.WaitForLoadStateAsync(LoadState.Load);
        await page.Keyboard.TypeAsync("l");

        await Assertions.Expect(row.Locator("textarea")).ToHaveValueAsync("Ask Isle");
        await Assertions.Expect(row.Locator("textarea")).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task A_removal_can_be_undone_after_the_list_was_made_again()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.GoAsync("/articles/the-disk-said-yes");
        await SaveAsync(page);
        await OpenListAsync(window);
        var row = Row(page, "/articles/the-disk-said-yes");
        await row.Locator(".rm").ClickAsync();
        await Assertions.Expect(row).ToBeHiddenAsync();
        await page.EvaluateAsync(OtherTab);
        await Assertions.Expect(row).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(row).ToBeVisibleAsync();
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task A_bookmark_that_was_removed_does_not_come_back_with_a_late_answer()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.GoAsync("/articles/the-disk-said-yes");
        await SaveAsync(page);
        TaskCompletionSource late = new();
        await page.Context.RouteAsync(
            "**/bookmarks/items?ids=*",
            async route =>
            {
                await late.Task;
                await route.ContinueAsync();
            }
        );
        await window.GoAsync("/bookmarks");
        var row = Row(page, "/articles/the-disk-said-yes");
        await row.Locator(".rm").ClickAsync();
        await Assertions.Expect(row).ToBeHiddenAsync();

        late.SetResult();

        await Assertions.Expect(row).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("main .none h2")).ToHaveTextAsync("No bookmarks yet");
        await window.GoAsync("/bookmarks");
        await Assertions.Expect(page.Locator("main .none h2")).ToHaveTextAsync("No bookmarks yet");
    }

    [SkippableFact]
    public async Task An_outage_leaves_the_list_and_the_count_as_they_are()
    {
        const string path = "/articles/a-bus-company-distrusts-its-clocks";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.SignInAsync(Reader, path);
        await SaveAsync(page);
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Saved to your bookmarks.");
        await OpenListAsync(window);
        var badge = page.Locator("[data-count]");
        await Assertions.Expect(badge).ToBeVisibleAsync();
        var before = await badge.TextContentAsync();
        await AnswerAsync(page, "**/bookmarks/items*", 503);

        var asked = 0;
        page.Response += (_, response) =>
            asked += response.Url.Contains("/bookmarks/items", StringComparison.Ordinal) ? 1 : 0;
        // The second message is answered after the first one has been.
        await page.RunAndWaitForResponseAsync(() => page.EvaluateAsync(OtherTab), "**/bookmarks/items*");
        await page.RunAndWaitForResponseAsync(() => page.EvaluateAsync(OtherTab), "**/bookmarks/items*");

        Assert.True(asked >= 2);
        await Assertions.Expect(Row(page, path)).ToBeVisibleAsync();
        await Assertions.Expect(badge).ToHaveTextAsync(before!);
    }

    [SkippableFact]
    public async Task The_last_bookmark_of_a_kind_leaves_the_others()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.GoAsync("/articles/the-disk-said-yes");
        await SaveAsync(page);
        await window.GoAsync("/tools/lantern-db");
        await page.Locator("[data-save][data-kind=tool]").First.ClickAsync();
        await Assertions.Expect(page.Locator("[data-count]")).ToHaveTextAsync("2");
        await window.GoAsync("/bookmarks?kind=tool");

        await page.Locator("main .rm").ClickAsync();

        await Assertions.Expect(page.Locator("main .none h2")).ToHaveTextAsync("None of this kind");
    }

    [SkippableFact]
    public async Task Everything_that_the_browser_keeps_is_listed_and_can_be_deleted()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await window.GoAsync("/articles/the-disk-said-yes");
        await SaveAsync(page);
        await page.EvaluateAsync(
            """
            () => {
              localStorage.setItem('panel.read', JSON.stringify({ art_1: { at: 0.5, t: Date.now() } }));
              localStorage.setItem('panel.draft.art_1', 'Not finished');
            }
            """
        );
        await window.GoAsync("/account");
        var summary = page.Locator("[data-browser-summary]");
        await Assertions.Expect(summary).ToContainTextAsync("1 bookmark");
        await Assertions.Expect(summary).ToContainTextAsync("1 note that you have not saved");
        await Assertions.Expect(summary).ToContainTextAsync("where you stopped in 1 article");

        await page.Locator("[data-browser-delete]").ClickAsync();
        await page.Locator("[data-browser-delete]").ClickAsync();

        await Assertions.Expect(summary).ToHaveTextAsync("This browser keeps nothing of yours.");
        Assert.Empty(await page.EvaluateAsync<string[]>("() => Object.keys(localStorage)"));
    }

    [SkippableFact]
    public async Task A_new_release_takes_over_the_pages_of_bookmarks_with_their_files()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        // This page does not register the worker.
        await window.GoAsync("/robots.txt");
        await page.EvaluateAsync(
            """
            async () => {
              const saved = await caches.open('panel-0000-saved');
              await saved.put('/articles/old', new Response('<script src="/assets/a1/site.js"></script>'));
              const assets = await caches.open('panel-0000-assets');
              await assets.put('/assets/a1/dom.js', new Response('1'));
              await assets.put('/assets/a0/dom.js', new Response('0'));
            }
            """
        );

        await window.GoAsync("/");
        Assert.Equal(
            "true true false",
            await page.EvaluateAsync<string>(
                """
                async () => {
                  const isOld = async () => (await caches.keys()).some((name) => name.startsWith('panel-0000'));
                  for (let i = 0; i < 200 && (await isOld()); i++) await new Promise((done) => setTimeout(done, 50));
                  const paths = ['/articles/old', '/assets/a1/dom.js', '/assets/a0/dom.js'];
                  return (await Promise.all(paths.map(async (path) => Boolean(await caches.match(path))))).join(' ');
                }
                """
            )
        );
    }

    private static ILocator Toast(IPage page) => page.Locator(".toast");

    // The button of the article; takes and tools have their own.
    private static ILocator Button(IPage page) => page.Locator("[data-save][data-kind=article]").First;

    private static ILocator Row(IPage page, string path) =>
        page.Locator("main [data-item]", new() { Has = page.Locator($".bt a[href='{path}']") });

    /// <summary>Answers in the place of the site.</summary>
    private static async Task AnswerAsync(IPage page, string url, int status, string body = "") =>
        await page.Context.RouteAsync(
            url,
            route => route.FulfillAsync(new RouteFulfillOptions { Status = status, Body = body })
        );

    private static async Task SaveAsync(IPage page)
    {
        await Assertions.Expect(Button(page)).ToHaveAttributeAsync("aria-pressed", NotSaved);
        await Button(page).ClickAsync();
        await Assertions.Expect(Button(page)).ToHaveAttributeAsync("aria-pressed", Saved);

        // The button answers at once. The message comes when the bookmark is stored.
        await Assertions.Expect(Toast(page)).ToContainTextAsync("Saved");
    }

    /// <summary>Opens the list of a reader who has bookmarks.</summary>
    // The script makes the list again. The number is shown after that, and after drafts are.
    private static async Task OpenListAsync(BrowserWindow window)
    {
        await window.GoAsync("/bookmarks");
        await Assertions.Expect(window.Page.Locator("[data-count]")).ToBeVisibleAsync();
    }

    private static async Task WriteNoteAsync(ILocator row, string note)
    {
        await row.Locator("summary").ClickAsync();
        await row.Locator("textarea").FillAsync(note);
        await row.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
    }
}
