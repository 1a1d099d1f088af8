using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests.Studio;

/// <summary>The pages of images, personas and tools, on phones and desktops, light and dark.</summary>
[Needs("Chromium")]
[Needs("npm")]
[Collection(OneSite.Name)]
public sealed class LibraryAccessibilityTests(BrowsedSite site)
{
    [SkippableTheory]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(1440, 900, ColorScheme.Dark)]
    public async Task Axe_finds_no_violation_and_no_page_is_wider_than_the_screen(
        int width,
        int height,
        ColorScheme scheme
    )
    {
        await NpmClients.RequireAsync();
        await using var window = await site.OpenAsync(new Look(width, height, scheme) { HasAxe = true });
        await StudioVisits.SignInAsync(window, "admin", "/studio/media");
        List<string> pages =
        [
            "/studio/media",
            "/studio/media?view=list",
            "/studio/media?q=nothing-has-this-name",
            "/studio/media/expiring",
            "/studio/personas",
            "/studio/personas/new",
            "/studio/tools",
            "/studio/tools/new",
            await FirstOfAsync(window, "/studio/media", ".media-grid a"),
            await FirstOfAsync(window, "/studio/personas", ".people a"),
            await FirstOfAsync(window, "/studio/tools", ".tool-rows a"),
        ];
        Findings.AssertNone(await window.FaultsAsync(pages));

        await window.GoAsync("/studio/tools/new");
        await window.Page.GetByLabel("Name").FillAsync("Gristmill again");
        await window.Page.GetByLabel("Address", new() { Exact = true }).FillAsync("gristmill");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Add the tool" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Findings.AssertNone(await window.ViolationsAsync());
        Findings.AssertNone(window.Complaints);
    }

    private static async Task<string> FirstOfAsync(BrowserWindow window, string path, string link)
    {
        await window.GoAsync(path);
        return (await window.Page.Locator(link).First.GetAttributeAsync("href"))!;
    }
}
