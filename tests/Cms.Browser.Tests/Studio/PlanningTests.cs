using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>Moving articles on the calendar and on the board with a mouse, and finding everything by name.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class PlanningTests(BrowsedSite site)
{
    [SkippableFact]
    public async Task An_article_that_is_dropped_on_another_day_is_published_then_at_the_same_time()
    {
        var id = await site.DraftAsync("A ferry for the night", "a-ferry-for-the-night", "It leaves at ten.");
        await site.EditAsync(
            "mutation ($id: ID!) { scheduleArticle(input: { id: $id, atLocal: \"2099-03-10T09:15:00\", acknowledge: [BODY_LENGTH, CATEGORY, HERO_IMAGE, PANEL_QUORUM, SOURCE_LINK, SECOND_PERSON] }) { errors { __typename ... on UserError { message } } } }",
            new { id }
        );
        await using var window = await site.OpenStudioAsync(
            StaffWindow.Editor,
            "/studio/calendar?view=week&day=2099-03-10"
        );
        var page = await StillAsync(window);
        var entry = page.Locator("[data-day='2099-03-10'] .entry", new() { HasText = "A ferry for the night" });

        // A day that has passed is refused in words, and nothing is sent.
        await page.EvaluateAsync("() => { document.querySelector('.calendar').dataset.now = '2099-03-10'; }");
        await DragAsync(page, entry, page.Locator("[data-day='2099-03-09'] h2"));
        await Expect(page.Locator(".drag-said")).ToContainTextAsync("This day has passed.");

        await DragAsync(page, entry, page.Locator("[data-day='2099-03-12'] h2"));
        // The story is short and nobody has filed it yet, so the newsroom is asked.
        await Expect(page.Refusal)
            .ToContainTextAsync("“A ferry for the night” was not moved to Thursday, 12 March 2099, 09:15.");
        await page.PressAsync("Move anyway");
        await Expect(page.Notice).ToHaveTextAsync("The article was moved to another time.");
        await Expect(page.Locator("[data-day='2099-03-12'] .entry")).ToContainTextAsync("09:15");

        Assert.Empty(window.Complaints);
    }

    [SkippableFact]
    public async Task A_card_that_is_dropped_on_another_column_takes_this_step_of_the_review()
    {
        await site.DraftAsync("A crane that counts", "a-crane-that-counts", "It counts boxes.");
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/board");
        var page = await StillAsync(window);
        ILocator Card(string column) =>
            page.Locator($"[data-list='{column}'] .board-card", new() { HasText = "A crane that counts" });
        ILocator Column(string column) => page.Locator($"[data-list='{column}'] h2");

        await DragAsync(page, Card("drafts"), Column("approved"));
        await Expect(page.Locator(".drag-said")).ToContainTextAsync("Submit the article for review first.");
        await DragAsync(page, Card("drafts"), Column("scheduled"));
        await Expect(page.Locator(".drag-said")).ToContainTextAsync("Open the article to schedule or publish it");
        await DragAsync(page, Card("drafts"), Column("review"));
        await Expect(page.Notice).ToHaveTextAsync("The article is in review.");
        await DragAsync(page, Card("review"), Column("changes"));
        await Expect(page.Locator(":popover-open textarea")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Who counts them?");
        await page.PressAsync("Ask for changes");
        await Expect(page.Notice).ToHaveTextAsync("The writer is asked for changes.");
        await Expect(Card("changes")).ToHaveCountAsync(1);
        await DragAsync(page, Card("changes"), Column("review"));
        await Expect(page.Notice).ToHaveTextAsync("The article is in review.");
        await DragAsync(page, Card("review"), Column("approved"));
        await Expect(page.Notice).ToHaveTextAsync("The article is approved.");
        await Expect(Card("approved")).ToHaveCountAsync(1);
        Assert.Empty(window.Complaints);
    }

    [SkippableFact]
    public async Task The_palette_leads_to_the_pages_of_the_role_and_finds_articles()
    {
        await site.DraftAsync("A buoy that whistles", "a-buoy-that-whistles", "It whistles in the wind.");
        await using var editor = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/board");
        var page = editor.Page;
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Go to a page or an article" });

        await page.Keyboard.PressAsync("Control+k");
        await field.FillAsync("buoy whistles");
        await page.GetByRole(AriaRole.Option, new() { Name = "A buoy that whistles Draft" }).ClickAsync();
        await page.WaitForURLAsync("**/studio/articles/art_*");
        await page.Locator(".ProseMirror").WaitForAsync();
        await page.Locator("body").PressAsync("Control+k");
        await field.FillAsync("rights end");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/studio/media/expiring");
        await Expect(page.Locator(".rail")).ToContainTextAsync("Times are those of");
        await page.Keyboard.PressAsync("Control+k");
        await field.FillAsync("new article");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/studio/articles/art_*");
        Assert.Empty(editor.Complaints);

        await using var author = await site.OpenStudioAsync(StaffWindow.Author, "/studio/board");
        await author.Page.GetByRole(AriaRole.Button, new() { Name = "Go to…" }).First.ClickAsync();
        var options = author.Page.GetByRole(AriaRole.Option);
        await Expect(options.Filter(new() { HasText = "Calendar" })).ToHaveCountAsync(1);
        await Expect(options.Filter(new() { HasTextRegex = new("^(Audit|People|Tags|Fronts|Redirects)$") }))
            .ToHaveCountAsync(0);
        Assert.Empty(author.Complaints);
    }

    // While one page fades into the next, the browser gives the mouse to neither.
    private static async Task<IPage> StillAsync(BrowserWindow window)
    {
        await window.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        return window.Page;
    }

    // The script arrives when the mouse comes over the list, and adds the line that says what happened. The target must be seen whole,
    // because Playwright scrolls to it while it holds the mouse down, and the browser then drags nothing.
    private static async Task DragAsync(IPage page, ILocator from, ILocator to)
    {
        await from.HoverAsync();
        await page.Locator(".drag-said").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await from.DragToAsync(to);
    }
}
