using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>What editors do with redirects. Each test has paths of its own.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class RedirectTests(BrowsedSite site)
{
    [SkippableTheory]
    [InlineData(true, "/harbour")]
    [InlineData(false, "/lighthouse")]
    public async Task An_editor_adds_a_redirect_changes_it_and_deletes_it(bool hasScripts, string from)
    {
        await using var window = await site.OpenStudioAsync(
            StaffWindow.Editor,
            "/studio/redirects",
            Look.Desktop with
            {
                HasScripts = hasScripts,
            }
        );
        var page = window.Page;

        await page.EnterAsync("From", from);
        await page.EnterAsync("To", "/panel");
        await page.PressAsync("Add the redirect");
        await Expect(page.Notice).ToContainTextAsync($"The redirect from {from} was saved.");
        var row = page.Locator(".ledger tr", new() { Has = page.Locator("code", new() { HasText = from }) });
        await Expect(row).ToContainTextAsync("/panel");

        await page.PressAsync($"Change the redirect from {from}");
        await page.EnterAsync($"{from} leads to", "/bookmarks");
        await page.PressAsync("Save");
        await Expect(row.Locator("td.long")).ToContainTextAsync("/bookmarks");

        await row.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).First.ClickAsync();
        await row.Locator(".ask .danger").ClickAsync();
        await Expect(page.Notice).ToContainTextAsync($"The redirect from {from} was deleted.");
        await Expect(row).ToHaveCountAsync(0);
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task What_was_entered_stays_when_a_redirect_is_refused()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/redirects");
        var page = window.Page;

        await page.EnterAsync("From", "/pier?side=left");
        await page.EnterAsync("To", "/panel");
        await page.PressAsync("Add the redirect");

        await Expect(page.GetByLabel("From", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync("/pier?side=left");
        await Expect(page.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync("/panel");

        await page.EnterAsync("From", "/pier");
        await page.PressAsync("Add the redirect");
        await page.PressAsync("Change the redirect from /pier");
        await page.EnterAsync("/pier leads to", "nowhere");
        await page.PressAsync("Save");
        await Expect(page.Refusal).ToBeVisibleAsync();
        await Expect(page.Locator(".below input[name='Form.To']")).ToHaveValueAsync("nowhere");
    }

    [SkippableFact]
    public async Task A_redirect_that_exists_is_replaced_only_after_a_warning()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/redirects");
        var page = window.Page;
        await page.EnterAsync("From", "/quay");
        await page.EnterAsync("To", "/panel");
        await page.PressAsync("Add the redirect");
        await Expect(page.Notice).ToBeVisibleAsync();

        await page.EnterAsync("From", "/quay");
        await page.EnterAsync("To", "/search");
        await page.PressAsync("Add the redirect");
        await Expect(page.Refusal).ToContainTextAsync("There is a redirect from /quay already");
        await Expect(page.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync("/search");

        await page.PressAsync("Add the redirect");
        await Expect(page.Notice).ToContainTextAsync("The redirect from /quay was saved.");
        await Expect(page.Locator(".ledger td.long").First).ToContainTextAsync("/search");
    }
}
