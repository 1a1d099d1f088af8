using System.Text.RegularExpressions;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>The first day in a newsroom that has nothing yet.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class FirstUseTests(OwnNewsroom newsroom) : IClassFixture<OwnNewsroom>
{
    private const string Opinion = "Nobody needs a bakery that never closes, but everybody will be glad of one.";

    [SkippableFact]
    public async Task From_an_empty_newsroom_to_a_public_story_with_a_take()
    {
        await using var admins = await newsroom.OpenAsync();
        await StudioVisits.SignInAsync(admins, StaffWindow.Admin, "/studio/personas");
        await admins.Page.FollowAsync("New persona");
        await admins.Page.EnterAsync("Name", "The Neighbour");
        await admins.Page.EnterAsync("Lens", "The view from next door");
        await admins.Page.PressAsync("Add the persona");
        await Expect(admins.Page.Notice).ToHaveTextAsync("The Neighbour is on the panel.");

        await using var editors = await newsroom.OpenAsync();
        await StudioVisits.SignInAsync(editors, StaffWindow.Editor, "/studio");
        await editors.Page.WaitForURLAsync(editors.UrlOf("/studio/articles"));
        await Expect(editors.Page.Locator(".empty h2")).ToHaveTextAsync("Write the first article");
        await editors.Page.PressAsync("New article");
        var tab = new EditorTab(editors.Page);
        await Expect(tab.Text).ToBeVisibleAsync();

        await tab.Headline.FillAsync("The bakery that never closes");
        await tab.Summary.FillAsync("A baker in the harbour works through the night.");
        await tab.WriteAsync("The lights have been on since spring.");
        await tab.IsAsync("Saved");
        await Expect(tab.Page.Locator("#field-slug")).ToHaveValueAsync("the-bakery-that-never-closes");
        await tab.ShowAsync("Panel");
        await tab.TypeAsync(tab.Page.GetByLabel("Take of The Neighbour", new() { Exact = true }), Opinion);
        await tab.PressAsync("Approve (The Neighbour)");
        await Expect(tab.Page.Locator(".take-status")).ToContainTextAsync("Approved by Erin Vale");

        await tab.PressAsync("Publish");
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("warnings to acknowledge")).ToBeVisibleAsync();
        foreach (var warning in await dialog.GetByText("Publish anyway").AllAsync())
        {
            await warning.ClickAsync();
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickAsync();
        await tab.SaysAsync("Published. Readers see it now. Read it on the site");
        await Expect(tab.Page.Locator(".bar .status")).ToHaveTextAsync("Published");
        await tab.WriteAsync("Only staff see this.");
        await tab.IsAsync("Saved");
        await Expect(tab.Page.Locator(".bar .status")).ToHaveTextAsync("Published, with changes that are not public");
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Read it on the site" }))
            .ToHaveAttributeAsync("href", new Regex("/articles/the-bakery-that-never-closes$"));
        Findings.AssertNone(admins.Complaints.Concat(editors.Complaints));

        await using var readers = await newsroom.OpenAsync();
        await readers.GoAsync("/");
        await readers.Page.GetByRole(AriaRole.Link, new() { Name = "The bakery that never closes" }).First.ClickAsync();
        await Expect(readers.Page.Locator("h1")).ToHaveTextAsync("The bakery that never closes");
        await Expect(readers.Page).ToHaveURLAsync(readers.UrlOf("/articles/the-bakery-that-never-closes"));
        await Expect(readers.Page.Locator("main")).ToContainTextAsync("The lights have been on since spring.");
        await Expect(readers.Page.Locator("main")).ToContainTextAsync(Opinion);
        await Expect(readers.Page.Locator("main")).Not.ToContainTextAsync("Only staff see this.");
        Findings.AssertNone(readers.Complaints);
    }
}
