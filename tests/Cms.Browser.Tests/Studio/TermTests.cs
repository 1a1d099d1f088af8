using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>What editors do with categories, tags, sources and authors. Each test has terms of its own.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class TermTests(BrowsedSite site)
{
    [SkippableTheory]
    [InlineData(true, "Tidal power", "tidal-power")]
    [InlineData(false, "Wave power", "wave-power")]
    public async Task An_editor_adds_a_tag_changes_it_finds_it_and_deletes_it(bool hasScripts, string name, string slug)
    {
        await using var window = await site.OpenStudioAsync(
            StaffWindow.Editor,
            "/studio/tags",
            Look.Desktop with
            {
                HasScripts = hasScripts,
            }
        );
        var page = window.Page;

        await page.FollowAsync("New tag");
        await page.EnterAsync("Name", name);
        await page.PressAsync("Add tag");
        await Expect(page.Notice).ToContainTextAsync($"“{name}” was added.");

        await page.GetByLabel("Search tags").FillAsync(slug);
        await page.GetByLabel("Search tags").PressAsync("Enter");
        await Expect(page.Locator(".ledger tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".ledger tbody")).ToContainTextAsync("Not yet");
        await page.FollowAsync(name);

        await page.EnterAsync("Name", name + " at sea");
        await page.PressAsync("Save");
        await Expect(page.Notice).ToContainTextAsync($"“{name} at sea” was saved.");
        await Expect(page.Locator("h1")).ToHaveTextAsync(name + " at sea");

        await page.EnterAsync("The last part of /tags/…", slug + "-at-sea");
        await page.PressAsync("Change the address");
        await Expect(page.Notice).ToContainTextAsync("The address was changed.");
        await Expect(page.GetByLabel("The last part of /tags/…")).ToHaveValueAsync(slug + "-at-sea");

        await page.PressAsync("Delete tag");
        await page.Locator(".ask").GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.Notice).ToContainTextAsync($"“{name} at sea” was deleted.");
        await window.GoAsync($"/studio/tags?q={slug}");
        await Expect(page.Locator(".empty")).ToContainTextAsync($"No tag has “{slug}” in its name or address.");
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task What_was_entered_stays_when_the_source_is_refused()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/sources/new");
        var page = window.Page;

        await page.EnterAsync("Name", "The Tidewater Post");
        await page.EnterAsync("Home page", "gopher://tidewater.example");
        await page.EnterAsync("Address", "halfpipe-weekly");
        await page.PressAsync("Add source");

        await Expect(page.Refusal).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Home page")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Home page")).ToHaveValueAsync("gopher://tidewater.example");
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("The Tidewater Post");

        await page.EnterAsync("Home page", "https://tidewater.example");
        await page.PressAsync("Add source");
        await Expect(page.GetByLabel("Address")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("The Tidewater Post");
    }

    [SkippableFact]
    public async Task The_links_of_an_author_are_refused_one_by_one_and_can_be_removed()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/authors/new");
        var page = window.Page;
        await page.EnterAsync("Name", "Runa Halvorsen");
        await page.EnterAsync("Text of link 2", "Her garden");
        await page.EnterAsync("Address of link 2", "http://garden.example");
        await page.PressAsync("Add author");
        await Expect(page.GetByLabel("Address of link 1")).ToHaveAttributeAsync("aria-invalid", "true");

        await page.EnterAsync("Address of link 1", "https://garden.example");
        await page.PressAsync("Add author");
        await page.FollowAsync("Runa Halvorsen");
        await Expect(page.GetByLabel("Address of link 1")).ToHaveValueAsync("https://garden.example");

        await page.EnterAsync("Text of link 1", "");
        await page.EnterAsync("Address of link 1", "");
        await page.PressAsync("Save");
        await Expect(page.Notice).ToContainTextAsync("“Runa Halvorsen” was saved.");
        await Expect(page.GetByLabel("Address of link 1")).ToHaveValueAsync("");

        await page.FollowAsync("Choose a portrait");
        await page.Locator(".faces button").First.ClickAsync();
        await Expect(page.Notice).ToContainTextAsync("The portrait was saved.");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Portrait of Runa Halvorsen" })).ToBeVisibleAsync();
        await page.PressAsync("Remove");
        await Expect(page.Notice).ToContainTextAsync("The portrait was removed.");
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task Who_saved_meanwhile_is_named_and_nothing_that_was_typed_is_lost()
    {
        await using var mine = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/sources/new");
        await mine.Page.EnterAsync("Name", "Saltmarsh Gazette");
        await mine.Page.PressAsync("Add source");
        await mine.Page.FollowAsync("Saltmarsh Gazette");
        await Expect(mine.Page.Locator("h1")).ToHaveTextAsync("Saltmarsh Gazette");
        var path = new Uri(mine.Page.Url).AbsolutePath;
        await using var theirs = await site.OpenStudioAsync(StaffWindow.Admin, path);
        await theirs.Page.EnterAsync("Name", "Saltmarsh Herald");
        await theirs.Page.PressAsync("Save");
        await Expect(theirs.Page.Notice).ToBeVisibleAsync();

        await mine.Page.EnterAsync("Name", "Saltmarsh Courier");
        await mine.Page.PressAsync("Save");

        await Expect(mine.Page.Refusal).ToContainTextAsync("Ada Marsh changed this");
        await Expect(mine.Page.Refusal).ToContainTextAsync("The name is now “Saltmarsh Herald”.");
        await Expect(mine.Page.GetByLabel("Name")).ToHaveValueAsync("Saltmarsh Courier");
        await mine.Page.PressAsync("Save");
        await Expect(mine.Page.Notice).ToContainTextAsync("“Saltmarsh Courier” was saved.");
    }

    [SkippableFact]
    public async Task An_editor_merges_a_tag_into_another_one_and_its_old_page_leads_there()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/tags/new");
        var page = window.Page;
        await page.EnterAsync("Name", "Heat pump");
        await page.PressAsync("Add tag");
        await Expect(page.Notice).ToContainTextAsync("“Heat pump” was added.");
        await window.GoAsync("/studio/tags/new");
        await page.EnterAsync("Name", "Heat pumps");
        await page.PressAsync("Add tag");
        await page.FollowAsync("Heat pumps");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Heat pumps");
        var old = new Uri(page.Url).AbsolutePath;

        await page.FollowAsync("Merge into another tag");
        await Expect(page.Locator(".options label").First).ToContainTextAsync("Heat pump /tags/heat-pump");
        await page.Locator(".options input").First.CheckAsync();
        await page.GetByLabel("I have looked at the uses.").CheckAsync();
        await page.PressAsync("Merge “Heat pumps” into it");

        await Expect(page.Notice).ToContainTextAsync("“Heat pumps” was merged into “Heat pump”.");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Heat pump");
        await window.GoAsync(old);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Heat pump");
        await Expect(page.Notice).ToContainTextAsync("was merged into “Heat pump”");
    }

    [SkippableFact]
    public async Task A_tag_that_is_used_shows_its_uses_and_cannot_be_deleted()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/tags?q=benchmarks");

        await window.Page.FollowAsync("benchmarks");

        await Expect(window.Page.Locator(".uses li").First).ToContainTextAsync("Published article");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Delete tag" })).ToHaveCountAsync(0);
        await Expect(window.Page.Locator("main")).ToContainTextAsync("This tag can be deleted when nothing uses it.");
    }

    [SkippableFact]
    public async Task An_editor_moves_a_category_up_and_down()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/categories");
        var page = window.Page;
        foreach (var (name, order) in new[] { ("Harbours", "900"), ("Lighthouses", "900") })
        {
            await window.GoAsync("/studio/categories/new");
            await page.EnterAsync("Name", name);
            await page.EnterAsync("Position", order);
            await page.EnterAsync("Colour", "#0a7d55");
            await page.PressAsync("Add category");
            await Expect(page.Notice).ToContainTextAsync($"“{name}” was added.");
        }

        var last = page.Locator(".ledger tbody th a").Last;
        await Expect(last).ToHaveTextAsync("Lighthouses");

        await page.PressAsync("Move Lighthouses up");
        await Expect(page.Notice).ToContainTextAsync("Lighthouses was moved up.");
        await Expect(last).ToHaveTextAsync("Harbours");
        await page.PressAsync("Move Lighthouses down");
        await Expect(page.Notice).ToContainTextAsync("Lighthouses was moved down.");
        await Expect(last).ToHaveTextAsync("Lighthouses");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move Lighthouses down" })).ToBeDisabledAsync();

        await page.FollowAsync("Harbours");
        await page.EnterAsync("Position", "first");
        await page.PressAsync("Save");
        await Expect(page.Refusal).ToContainTextAsync("Enter the position as a whole number, such as 20.");
        await Expect(page.GetByLabel("Position")).ToHaveValueAsync("first");
        foreach (var name in new[] { "Harbours", "Lighthouses" })
        {
            await window.GoAsync("/studio/categories");
            await page.FollowAsync(name);
            await page.PressAsync("Delete category");
            await page.Locator(".ask").GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
            await Expect(page.Notice).ToContainTextAsync("was deleted.");
        }
    }
}
