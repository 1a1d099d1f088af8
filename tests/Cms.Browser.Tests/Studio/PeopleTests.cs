using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>Who sees the staff, who blocks people, and who reads the audit log.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class PeopleTests(BrowsedSite site)
{
    private const string Stranger = "5c0ffee0-0000-4000-8000-000000000001/5c0ffee0-0000-4000-8000-00000000ffff";

    [SkippableFact]
    public async Task An_administrator_blocks_somebody_with_a_reason_and_unblocks_them()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/people/blocked");
        var page = window.Page;
        await page.FollowAsync("Block somebody");

        await page.EnterAsync("Name", "A lost laptop");
        await page.EnterAsync("Tenant and object", "nobody");
        await page.EnterAsync("Reason", "The laptop was lost on a ferry.");
        await page.PressAsync("Block");
        await Expect(page.GetByLabel("Tenant and object")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Reason")).ToHaveValueAsync("The laptop was lost on a ferry.");

        await page.EnterAsync("Tenant and object", Stranger);
        await page.PressAsync("Block");
        await Expect(page.Notice).ToContainTextAsync("A lost laptop is blocked.");
        await Expect(page.Locator(".ledger")).ToContainTextAsync("The laptop was lost on a ferry.");
        await Expect(page.Locator(".ledger")).ToContainTextAsync("by Ada Marsh");

        await page.PressAsync("Unblock");
        await page.Locator(".ask .primary").ClickAsync();
        await Expect(page.Notice).ToContainTextAsync("A lost laptop is not blocked any more.");
        await Expect(page.Locator(".empty")).ToContainTextAsync("Nobody is blocked");
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task Nobody_blocks_themselves()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/people");

        await window.Page.FollowAsync("Block Ada Marsh");
        await window.Page.EnterAsync("Reason", "A mistake.");
        await window.Page.PressAsync("Block");

        await Expect(window.Page.Refusal).ToContainTextAsync("You cannot block yourself. Choose someone else.");
        await Expect(window.Page.GetByLabel("Reason")).ToHaveValueAsync("A mistake.");
    }

    [SkippableFact]
    public async Task An_editor_sees_who_has_signed_in_and_cannot_block_anybody()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/people");

        await Expect(window.Page.Locator(".ledger")).ToContainTextAsync("Editor");
        await Expect(window.Page.Locator(".ledger .tools")).ToHaveCountAsync(0);
        await window.GoAsync("/studio/people/block");
        await Expect(window.Page.Locator(".empty")).ToContainTextAsync("Only administrators can use this page");
    }

    [SkippableFact]
    public async Task An_administrator_filters_the_audit_log_and_sees_what_changed()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/tags/new");
        var page = window.Page;
        await page.EnterAsync("Name", "Ferries at night");
        await page.PressAsync("Add tag");
        await Expect(page.Notice).ToBeVisibleAsync();

        await window.GoAsync("/studio/audit");
        await page.EnterAsync("What", "createTag");
        await page.PressAsync("Filter");
        await Expect(page)
            .ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/studio/audit\?action=createTag$"));
        var newest = page.Locator(".log > li").First;
        await Expect(newest).ToContainTextAsync("Ada Marsh");
        await newest.GetByText("Before and after").ClickAsync();
        await Expect(newest.Locator(".values")).ToContainTextAsync("Ferries at night");
        await newest.GetByRole(AriaRole.Link, new() { Name = "Open" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Ferries at night");

        await window.GoAsync("/studio/audit?action=createTag&from=2030-01-02&until=2030-01-01");
        await Expect(page.Refusal).ToContainTextAsync("The last day is before the first day");
        await Expect(page.Locator(".empty")).ToContainTextAsync("No entry matches these filters.");
        Findings.AssertNone(window.Complaints);
    }
}
