using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>How administrators work with partners.</summary>
[Needs("Chromium")]
[Needs("npm")]
[Collection(OneSite.Name)]
public sealed class PartnerTests(BrowsedSite site)
{
    [SkippableFact]
    public async Task An_administrator_adds_a_partner_with_an_agreement_and_a_key_and_every_state_can_be_read_by_all()
    {
        await NpmClients.RequireAsync();
        await using var window = await site.OpenStudioAsync(
            StaffWindow.Admin,
            "/studio/partners/new",
            Look.Desktop with
            {
                HasAxe = true,
            }
        );
        var page = window.Page;
        List<string> faults = [];

        await page.EnterAsync("Name", "Northern Post");
        await page.EnterAsync("Contacts", "Nora without an address");
        await page.PressAsync("Add the partner");
        await Expect(page.Refusal).ToContainTextAsync("“Nora without an address”");
        faults.AddRange(await window.FaultsAsync("a refused partner"));
        await page.EnterAsync("Contacts", "Nora Berg <nora@northern.example>");
        await page.PressAsync("Add the partner");
        await Expect(page.Notice).ToContainTextAsync("Write its agreement next.");
        faults.AddRange(await window.FaultsAsync("a partner without an agreement"));
        var path = new Uri(page.Url).AbsolutePath;

        await page.FollowAsync("Write the agreement");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Security", Exact = true }).CheckAsync();
        await page.EnterAsync("Countries", "DE UK");
        await page.PressAsync("Save the agreement");
        await Expect(page.Refusal).ToContainTextAsync("Countries: ‘UK’ is not a country.");
        faults.AddRange(await window.FaultsAsync("a refused agreement"));
        await page.EnterAsync("Countries", "DE GB");
        await page.PressAsync("Save the agreement");
        await Expect(page.Locator(".facts")).ToContainTextAsync("Germany, United Kingdom");

        await page.PressAsync("Create a feed key");
        await Expect(page.Locator(".secret")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^cmsf_"));
        faults.AddRange(await window.FaultsAsync("a new feed key"));
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.PressAsync("Copy the key");
        await Expect(page.Locator("[data-copied]")).ToHaveTextAsync("Copied.");
        Assert.Equal(
            await page.Locator(".secret").TextContentAsync(),
            await page.EvaluateAsync<string>("() => navigator.clipboard.readText()")
        );
        await page.FollowAsync("Hide the key");
        await Expect(page.Locator(".secret")).ToHaveCountAsync(0);

        await page.EnterAsync("Reason", "The bill is not paid.");
        await page.PressAsync("Suspend the partner");
        await Expect(page.Notice).ToContainTextAsync("is suspended");
        faults.AddRange(await window.FaultsAsync("a suspended partner"));
        await window.GoAsync($"{path}/agreement");
        await page.EvaluateAsync("() => { document.querySelector('[name=\"Terms.Number\"]').value = '0'; }");
        await page.EnterAsync("Countries", "FR");
        await page.PressAsync("Save the agreement");
        await Expect(page.Refusal).ToContainTextAsync("You entered “FR”.");
        faults.AddRange(await window.FaultsAsync("an agreement that somebody changed meanwhile"));
        await page.PressAsync("Save the agreement");
        await Expect(page.Locator(".facts")).ToContainTextAsync("France");
        await window.GoAsync("/studio/partners");
        faults.AddRange(await window.FaultsAsync("the partners"));
        Findings.AssertNone([.. faults, .. window.Complaints]);
    }
}
