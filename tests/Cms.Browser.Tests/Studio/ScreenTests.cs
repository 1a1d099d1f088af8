using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>
/// Every screen of the Studio in every state, on phones and desktops, light and dark. The editor, whose states are made
/// by its script, is in <c>tests/clients/studio</c>.
/// </summary>
[Needs("Chromium")]
[Needs("npm")]
[Collection(OneSite.Name)]
public sealed class ScreenTests(BrowsedSite site)
{
    private static readonly Look Checked = Look.Desktop with { HasAxe = true };

    [SkippableFact]
    public async Task Axe_finds_no_violation_on_any_screen_and_no_screen_is_wider_than_its_window()
    {
        await NpmClients.RequireAsync();
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/articles", Checked);
        List<string> faults = [];
        foreach (var path in TestedPages.Studio)
        {
            await window.GoAsync(path);
            faults.AddRange(await window.FaultsAsync(path));
        }

        foreach (var (list, link, more) in TestedPages.StudioEntries)
        {
            await window.GoAsync(list);
            var entry = (await window.Page.Locator(link).First.GetAttributeAsync("href"))!;
            foreach (var path in more.Select(part => entry + part).Prepend(entry))
            {
                await window.GoAsync(path);
                faults.AddRange(await window.FaultsAsync(path));
            }
        }

        Findings.AssertNone([.. faults, .. window.Complaints]);
    }

    [SkippableFact]
    public async Task Axe_finds_no_violation_in_menus_questions_selections_and_opened_parts()
    {
        await NpmClients.RequireAsync();
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/articles", Checked);
        var page = window.Page;
        var draft = await site.DraftAsync("What a lock keeper knows", "what-a-lock-keeper-knows", "The gate is old.");
        await site.EditAsync(
            "mutation ($id: ID!, $at: DateTime!) { assignArticle(input: { id: $id, dueAt: $at }) { errors { __typename } } }",
            new { id = draft, at = TimeProvider.System.GetUtcNow().AddMinutes(1) }
        );
        List<string> faults = [];

        await window.GoAsync("/studio/articles");
        await page.GetByLabel("Select What a lock keeper knows").CheckAsync();
        await Expect(page.Locator("[data-bulk-count]")).ToHaveTextAsync("1 selected");
        faults.AddRange(await window.FaultsAsync("selected articles"));

        await page.SetViewportSizeAsync(Look.Phone.Width, Look.Phone.Height);
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await Expect(page.Locator("#more-places")).ToBeVisibleAsync();
        await Expect(page.Locator("#more-places").GetByRole(AriaRole.Link, new() { Name = "Reader site" }))
            .ToBeVisibleAsync();
        await Expect(page.Locator("#more-places").GetByRole(AriaRole.Button, new() { Name = "Sign out" }))
            .ToBeVisibleAsync();
        faults.AddRange(await window.FaultsAsync("more places"));

        await window.GoAsync("/studio/board");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move to another column: What a lock keeper knows" })
            .ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        faults.AddRange(await window.FaultsAsync("moving a card"));

        await window.GoAsync("/studio/panel");
        await page.GetByRole(AriaRole.Button, new() { Name = "on What a lock keeper knows" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        faults.AddRange(await window.FaultsAsync("requesting a take"));

        await window.GoAsync("/studio/calendar?view=week");
        await page.Locator("details.entry summary", new() { HasText = "What a lock keeper knows" }).ClickAsync();
        faults.AddRange(await window.FaultsAsync("an entry of the calendar"));

        var tag = await site.EditAsync(
            "mutation { createTag(input: { name: \"Lock gates\" }) { tag { id } errors { __typename } } }"
        );
        await window.GoAsync($"/studio/tags/{tag["createTag"]!["tag"]!["id"]}");
        await page.PressAsync("Delete tag");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        faults.AddRange(await window.FaultsAsync("a question"));
        Findings.AssertNone([.. faults, .. window.Complaints]);
    }

    [SkippableFact]
    public async Task Headings_are_hidden_together_with_their_columns_in_narrower_windows()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/articles");
        List<string> faults = [];
        foreach (var path in new[] { "/studio/articles", "/studio/panel", "/studio/media?view=list" })
        {
            foreach (var width in new[] { 1440, 1200, 960 })
            {
                await window.Page.SetViewportSizeAsync(width, Look.Desktop.Height);
                await window.GoAsync(path);
                var edges = await window.Page.EvaluateAsync<string[]>(
                    """
                    () => ['thead', 'tbody'].map((part) => [...document.querySelector(`.rows ${part} tr`).cells]
                      .map((cell) => Math.round(cell.getBoundingClientRect().right)).filter((right) => right > 0).join(' '))
                    """
                );
                if (edges[0] != edges[1])
                {
                    faults.Add($"{path} at {width}: headings end at {edges[0]}, columns at {edges[1]}");
                }
            }
        }

        Findings.AssertNone([.. faults, .. window.Complaints]);
    }

    [SkippableFact]
    public async Task Nothing_that_people_need_is_cut_off()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/board");
        var page = window.Page;
        var whole = new LocatorAssertionsToBeInViewportOptions { Ratio = 1 };
        await Expect(page.Locator(".rail-foot")).ToBeInViewportAsync(whole);
        await Expect(page.Locator("[data-list='published'] > h2")).ToBeInViewportAsync(whole);

        var id = await site.DraftAsync("A pump without a plan", "a-pump-without-a-plan", "It pumps.");
        foreach (var day in new[] { "2099-03-14", "2099-03-15" })
        {
            await site.EditAsync(
                "mutation ($id: ID!, $at: DateTime!) { assignArticle(input: { id: $id, dueAt: $at }) { errors { __typename } } }",
                new { id, at = day + "T12:00:00Z" }
            );
            await window.GoAsync($"/studio/calendar?view=week&day={day}");
            await page.Locator($"[data-day='{day}'] .entry summary").ClickAsync();
            await Expect(page.Locator($"[data-day='{day}'] .entry-more")).ToBeInViewportAsync(whole);
        }

        // The state of a scheduled article is long.
        await site.EditAsync(
            "mutation ($id: ID!) { scheduleArticle(input: { id: $id, atLocal: \"2099-03-20T09:15:00\", acknowledge: [BODY_LENGTH, CATEGORY, HERO_IMAGE, PANEL_QUORUM, SOURCE_LINK, SECOND_PERSON] }) { errors { __typename } } }",
            new { id }
        );
        await page.SetViewportSizeAsync(Look.Phone.Width, Look.Phone.Height);
        await window.GoAsync($"/studio/articles/{id}");
        await page.PressAsync("Publish");
        await page.GetByRole(AriaRole.Dialog).GetByText("Publish anyway").First.WaitForAsync();
        var cut = await page.EvaluateAsync<string[]>(
            """
            () => {
              const dialog = document.querySelector('dialog');
              const edge = dialog.getBoundingClientRect().right - 12;
              return [...dialog.querySelectorAll('.dialog-body *')].filter((e) => e.getBoundingClientRect().right > edge).map((e) => `${e.tagName} ${e.textContent}`);
            }
            """
        );
        Assert.Empty(cut);

        // A message moves the headline down.
        await page.PressAsync("Cancel the schedule");
        await page.PressAsync("Close");
        await Expect(page.Locator(".messages")).ToContainTextAsync("The schedule is cancelled.");
        await page.WaitForFunctionAsync(
            "() => document.querySelector('.headline').getBoundingClientRect().top >= document.querySelector('.messages').getBoundingClientRect().bottom"
        );
        Assert.Empty(window.Complaints);
    }

    [SkippableFact]
    public async Task Axe_finds_no_violation_when_something_was_done_refused_changed_by_others_or_is_not_allowed()
    {
        await NpmClients.RequireAsync();
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/tools/new", Checked);
        var page = window.Page;
        List<string> faults = [];

        await page.EnterAsync("Name", "Gristmill again");
        await page.EnterAsync("Address", "gristmill");
        await page.PressAsync("Add the tool");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByText("Choose an image").ClickAsync();
        faults.AddRange(await window.FaultsAsync("a refused tool"));

        await page.EnterAsync("Name", "Pawlwright");
        await page.EnterAsync("Address", "pawlwright");
        await page.PressAsync("Add the tool");
        await Expect(page.Notice).ToBeVisibleAsync();
        faults.AddRange(await window.FaultsAsync("a tool that was added"));

        await page.FollowAsync("Pawlwright");
        await page.EnterAsync("Maker", "Pawl and Daughters");
        await page.EvaluateAsync("() => { document.querySelector('[name=\"Tool.Version\"]').value = '0'; }");
        await page.PressAsync("Save the tool");
        await Expect(page.Refusal).ToContainTextAsync("changed this");
        faults.AddRange(await window.FaultsAsync("a tool that somebody changed meanwhile"));
        Findings.AssertNone([.. faults, .. window.Complaints]);

        await page.Context.ClearCookiesAsync();
        await page.PressAsync("Save the tool");
        await Expect(page.Locator("main.lone")).ToBeVisibleAsync();
        Findings.AssertNone(await window.FaultsAsync("a form after the end of the session"));

        await StudioVisits.SignInAsync(window, StaffWindow.Author, "/studio/fronts");
        Findings.AssertNone(await window.FaultsAsync("a page for editors, for an author"));
        await window.GoAsync("/studio/inbox");
        Findings.AssertNone(await window.FaultsAsync("an empty inbox"));

        await page.Context.ClearCookiesAsync();
        await window.GoAsync("/signin?returnUrl=/studio/articles");
        await page.Locator("a.person.reader").ClickAsync();
        await Expect(page.GetByText("You have no access to the Studio")).ToBeVisibleAsync();
        Findings.AssertNone(await window.FaultsAsync("the Studio, for a reader"));
    }
}
