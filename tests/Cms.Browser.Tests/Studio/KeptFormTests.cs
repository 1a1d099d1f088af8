using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>What somebody types into a form is kept on their device until the server has accepted it.</summary>
[Needs("Chromium")]
[Needs("npm")]
[Collection(OneSite.Name)]
public sealed class KeptFormTests(BrowsedSite site)
{
    [SkippableFact]
    public async Task What_was_typed_survives_the_end_of_the_session_and_is_gone_when_it_is_saved()
    {
        await NpmClients.RequireAsync();
        const string path = "/studio/sources/new";
        await using var window = await site.OpenStudioAsync(
            StaffWindow.Editor,
            path,
            Look.Desktop with
            {
                HasAxe = true,
            }
        );
        var page = window.Page;
        var back = page.Locator(".banner[data-kind=kept]");
        await IsReadyAsync(page);
        await page.EnterAsync("Name", "The Kept Courier");
        await page.EnterAsync("Home page", "gopher://kept.example");
        await page.PressAsync("Add source");
        await Expect(page.Refusal).ToBeVisibleAsync();

        // The session ends. Somebody signs in again, and opens the page again.
        await page.Context.ClearCookiesAsync(new() { Name = "cms-session" });
        await StudioVisits.SignInAsync(window, StaffWindow.Editor, path);
        await Expect(back).ToContainTextAsync("It is not saved yet: Name and Home page.");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("The Kept Courier");
        var faults = await window.FaultsAsync("a form with text that was kept");

        // The session ends again, and the form is sent before anybody notices.
        await page.EnterAsync("Home page", "https://kept.example");
        await page.Context.ClearCookiesAsync(new() { Name = "cms-session" });
        await page.PressAsync("Add source");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Your session has ended");
        var tab = await window.OpenTabAsync();
        await tab.GotoAsync(window.UrlOf("/signin?returnUrl=/studio/signed-in"));
        await tab.Locator($"a.person.{StaffWindow.Editor}").ClickAsync();
        await tab.WaitForURLAsync("**/studio/signed-in");
        await tab.CloseAsync();
        await page.PressAsync("Send the form again");
        await Expect(page.Notice).ToContainTextAsync("“The Kept Courier” was added.");

        await IsReadyAsync(page);
        await window.GoAsync(path);
        await IsReadyAsync(page);
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("");
        await Expect(back).ToHaveCountAsync(0);
        Findings.AssertNone([.. faults]);
    }

    // The script that keeps the text is loaded when the page is there.
    private static Task IsReadyAsync(IPage page) => page.WaitForLoadStateAsync(LoadState.NetworkIdle);
}
