using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>How editors choose and order the articles of a front.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class FrontTests(BrowsedSite site)
{
    [SkippableTheory]
    [InlineData(true, "Policy")]
    [InlineData(false, "Research")]
    public async Task An_editor_adds_articles_puts_them_in_order_and_saves(bool hasScripts, string category)
    {
        await using var window = await site.OpenStudioAsync(
            StaffWindow.Editor,
            "/studio/fronts",
            Look.Desktop with
            {
                HasScripts = hasScripts,
            }
        );
        var page = window.Page;
        await page.FollowAsync(category);
        await Expect(page.Locator(".readers")).ToContainTextAsync("The newest articles, because nothing");

        var offered = page.Locator("section[aria-labelledby=add] .slots li");
        var slots = page.Locator("[data-front-slots] li");
        var (first, second) = (await HeadlineAsync(offered.Nth(0)), await HeadlineAsync(offered.Nth(1)));
        await offered.Nth(1).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(slots).ToHaveCountAsync(1);
        await page.PressAsync($"Add “{first}”");
        await Expect(slots).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-front-unsaved]")).ToBeVisibleAsync();

        await page.PressAsync($"Move “{first}” down");
        await Expect(page.Locator("[data-front-said]")).ToContainTextAsync($"“{first}” is now number 2.");
        await Expect(slots.Nth(0)).ToContainTextAsync(second);
        await page.ReloadAsync();
        await Expect(slots.Nth(0)).ToContainTextAsync(second);
        await page.PressAsync($"Move “{first}” up");
        await Expect(slots.Nth(0)).ToContainTextAsync(first);

        await page.PressAsync($"Remove “{second}”");
        await Expect(slots).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the front" }).First.ClickAsync();

        await Expect(page.Notice).ToContainTextAsync($"Readers see it on the page of {category} now.");
        await Expect(page.Locator(".readers li")).ToHaveTextAsync([first]);
        await Expect(page.Locator("[data-front-unsaved]")).ToBeHiddenAsync();
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task The_order_of_somebody_who_saved_meanwhile_is_shown_and_ones_own_can_replace_it()
    {
        await using var mine = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/fronts");
        await mine.Page.FollowAsync("Launch");
        var offered = mine.Page.Locator("section[aria-labelledby=add] .slots li");
        var (first, second) = (await HeadlineAsync(offered.Nth(0)), await HeadlineAsync(offered.Nth(1)));
        await mine.Page.PressAsync($"Add “{first}”");
        await Expect(mine.Page.Locator("[data-front-slots] li")).ToHaveCountAsync(1);
        await using var theirs = await site.OpenStudioAsync(StaffWindow.Admin, new Uri(mine.Page.Url).AbsolutePath);
        await theirs.Page.PressAsync($"Add “{second}”");
        await theirs.Page.GetByRole(AriaRole.Button, new() { Name = "Save the front" }).First.ClickAsync();
        await Expect(theirs.Page.Notice).ToBeVisibleAsync();

        var save = mine.Page.GetByRole(AriaRole.Button, new() { Name = "Save the front" }).First;
        await save.ClickAsync();

        await Expect(mine.Page.Refusal).ToContainTextAsync("Ada Marsh changed this");
        await Expect(mine.Page.Refusal).ToContainTextAsync(second);
        await Expect(mine.Page.Locator("[data-front-slots] li")).ToHaveCountAsync(1);
        await Expect(mine.Page.Locator("[data-front-slots] li")).ToContainTextAsync(first);
        await save.ClickAsync();
        await Expect(mine.Page.Notice).ToBeVisibleAsync();
        await Expect(mine.Page.Locator(".readers li")).ToHaveTextAsync([first]);
    }

    [SkippableFact]
    public async Task An_editor_drags_an_article_to_another_place_and_the_order_is_kept_until_it_is_saved_or_discarded()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/fronts/home");
        var page = window.Page;
        var slots = page.Locator("[data-front-slots] li");
        var (first, count) = (await HeadlineAsync(slots.First), await slots.CountAsync());

        await page.GetByLabel("Search articles").FillAsync("turbines");
        await page.GetByLabel("Search articles").PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=turbines"));
        await Expect(slots).ToHaveCountAsync(count);
        // The script makes the lines movable.
        await Expect(slots.First).ToHaveAttributeAsync("draggable", "true");
        await slots.First.DragToAsync(
            slots.Nth(2),
            new()
            {
                TargetPosition = new() { X = 40, Y = 60 },
            }
        );

        await Expect(page.Locator("[data-front-said]")).ToContainTextAsync($"“{first}” is now number");
        await Expect(slots.First).Not.ToContainTextAsync(first);
        await Expect(page.Locator("[data-front-unsaved]")).ToBeVisibleAsync();
        await window.GoAsync("/studio/fronts");
        await window.GoAsync("/studio/fronts/home");
        var kept = page.Locator(".banner[data-kind=kept]");
        await Expect(kept).ToContainTextAsync("You changed this front less than a minute ago");
        await Expect(slots.First).ToContainTextAsync(first);
        // The page is left before it has the script that keeps the order.
        const string script = "**/kept-forms.js";
        var isLeft = new TaskCompletionSource();
        await page.RouteAsync(
            script,
            async route =>
            {
                await isLeft.Task;
                await route.ContinueAsync();
            }
        );
        await page.FollowAsync("Put the changes back");
        await Expect(slots.First).Not.ToContainTextAsync(first);
        await page.FollowAsync("Start again from what is saved");
        await page.UnrouteAsync(script);
        isLeft.SetResult();
        await Expect(slots.First).ToContainTextAsync(first);
        await Expect(page.Locator("[data-front-unsaved]")).ToBeHiddenAsync();
        await page.WaitForFunctionAsync("() => !Object.keys(localStorage).some((key) => key.includes('\"front\"'))");
        await Expect(kept).ToHaveCountAsync(0);
    }

    private static Task<string> HeadlineAsync(ILocator line) => line.Locator(".line a").InnerTextAsync();
}
