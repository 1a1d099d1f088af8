using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>How contacts of a partner work with the portal.</summary>
[Needs("Chromium")]
[Needs("npm")]
[Collection(OneSite.Name)]
public sealed class PortalTests(BrowsedSite site)
{
    private const string Hana = "Hana Lind";
    private const string Leo = "Leo Wick";
    private const string Folder = "CMS_TEST_PORTAL_PICTURES";

    private static readonly Look Checked = Look.Desktop with { HasAxe = true };

    [SkippableFact]
    public async Task Axe_finds_no_violation_on_any_page_in_any_state_and_no_page_is_wider_than_its_window()
    {
        await NpmClients.RequireAsync();
        await using var window = await OpenAsync(Hana, "/partner", Checked);
        var page = window.Page;
        List<string> faults = [];

        await CheckAsync("overview");
        await Expect(page.GetByText("The full text of each article")).ToBeVisibleAsync();
        await page.PressAsync("Accept version 1");
        await Expect(page.Notice).ToHaveTextAsync("The agreement was accepted.");
        await CheckAsync("overview-accepted");
        await page.FollowAsync("Takedowns");
        await CheckAsync("takedowns-none");
        await page.FollowAsync("Usage");
        await CheckAsync("usage-none");
        await window.GoAsync("/partner/deliveries");
        await CheckAsync("deliveries-none");

        await page.FollowAsync("Keys");
        await CheckAsync("keys-none");
        await page.PressAsync("Create a key");
        await Expect(page.Locator("#secret")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^cmsf_"));
        await CheckAsync("keys-new");
        await WithdrawAfterReadingAsync((await page.Locator("#secret").TextContentAsync())!);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.PressAsync("Copy the key");
        await Expect(page.Locator("[data-copied]")).ToHaveTextAsync("Copied.");
        await page.FollowAsync("Hide the key");
        await page.PressAsync("Create a second key");
        await page.FollowAsync("Hide the key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke …" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync("keys-revoke");
        await page.PressAsync("Revoke the key");
        await Expect(page.Notice).ToContainTextAsync("The key was revoked.");
        await page.GetByText("1 revoked key").ClickAsync();
        await CheckAsync("keys");

        await page.FollowAsync("Overview");
        await Expect(page.GetByText("You have to confirm a withdrawal.")).ToBeVisibleAsync();
        await CheckAsync("overview-owing");
        await page.FollowAsync("Takedowns");
        await CheckAsync("takedowns");
        await page.PressAsync("I have deleted all copies");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync("takedowns-confirm");
        await page.PressAsync("Confirm the deletion");
        await Expect(page.Notice).ToContainTextAsync("Thank you.");
        await page.FollowAsync("All");
        await CheckAsync("takedowns-all");
        await page.FollowAsync("Usage");
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "JSON Feed" })).ToBeVisibleAsync();
        await CheckAsync("usage");

        await page.FollowAsync("Webhooks");
        await page.EnterAsync("Address", "http://10.0.0.1/");
        await page.EnterAsync("Description", "The index");
        await page.PressAsync("Add the webhook");
        await Expect(page.Refusal).ToContainTextAsync("Enter an address such as");
        await CheckAsync("webhooks-refused");
        await page.EnterAsync("Address", "https://harbour-weekly.example/hooks/articles");
        await page.PressAsync("Add the webhook");
        await Expect(page.Locator("#secret")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^whsec_"));
        await CheckAsync("webhooks-new");
        await page.FollowAsync("Hide the secret");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("The index");
        await CheckAsync("webhook");
        await page.PressAsync("Make a new secret");
        await page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new() { Name = "Make a new secret" })
            .ClickAsync();
        await Expect(page.Locator("#secret")).ToBeVisibleAsync();
        await page.FollowAsync("Hide the secret");
        await page.PressAsync("Send a test event");
        await Expect(page.Notice).ToContainTextAsync("A test event is on its way.");
        await CheckAsync("deliveries");
        await page.EnterAsync("Since", "2099-01-01T09:15");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deliver again", Exact = true }).ClickAsync();
        await Expect(page.Refusal).ToContainTextAsync("Nothing has changed in this time.");
        await CheckAsync("deliveries-refused");
        await page.FollowAsync("Webhooks");
        await CheckAsync("webhooks");
        await page.FollowAsync("https://harbour-weekly.example/hooks/articles");
        await page.EnterAsync("Reason", "We move to another server.");
        await page.PressAsync("Disable the webhook");
        await Expect(page.Notice).ToContainTextAsync("sends nothing");
        await CheckAsync("webhook-disabled");
        await window.GoAsync("/partner/webhooks/whk_00000000000000000000000000000001");
        await CheckAsync("webhook-unknown");

        await page.FollowAsync("Try it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy: Query the changes" }).ClickAsync();
        await Expect(page.Locator("[data-copied]").Nth(5)).ToHaveTextAsync("Copied.");
        await CheckAsync("try");
        Findings.AssertNone([.. faults, .. window.Complaints]);

        // An article of this test alone, so that others find theirs.
        async Task WithdrawAfterReadingAsync(string key)
        {
            var article = await site.DraftAsync("A claim that a court forbids", "forbidden-claim", "The claim.");
            await site.PublishAsync(article);
            using var read = await site.GetAsync($"/p/{key}/feed.json?limit=5");
            Assert.Contains("forbidden-claim", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await site.EditAsync(
                """
                mutation ($id: ID!, $by: DateTime) {
                  withdrawArticle(input: { id: $id, reason: "A court has forbidden the claim.", kind: LEGAL, acknowledgeBy: $by }) {
                    errors { __typename ... on UserError { message } }
                  }
                }
                """,
                new { id = article, by = TimeProvider.System.GetUtcNow().AddDays(2) }
            );
        }

        async Task CheckAsync(string state)
        {
            faults.AddRange(await window.FaultsAsync(state));
            await PictureAsync(page, state);
        }
    }

    [SkippableFact]
    public async Task Axe_finds_no_violation_for_people_who_are_not_let_in_or_not_yet()
    {
        await NpmClients.RequireAsync();
        await using var window = await OpenAsync(Leo, "/partner", Checked);
        var page = window.Page;
        List<string> faults = [.. await window.FaultsAsync("an overview with a short agreement")];
        await PictureAsync(page, "overview-short");

        await window.GoAsync("/studio/articles", status: 403);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open the partner portal" })).ToBeVisibleAsync();
        faults.AddRange(await window.FaultsAsync("the Studio, for a contact"));
        await PictureAsync(page, "studio-for-contact");

        foreach (var person in new[] { "Erin Vale", "Rae Brook" })
        {
            await page.Context.ClearCookiesAsync();
            await SignInAsync(window, person, "/partner");
            await Expect(page.GetByText("This page is for partners")).ToBeVisibleAsync();
            faults.AddRange(await window.FaultsAsync($"the portal, for {person}"));
        }

        await PictureAsync(page, "portal-for-reader");
        Findings.AssertNone(faults);
    }

    [SkippableFact]
    public async Task The_portal_works_with_the_keyboard_and_keeps_what_was_typed_when_the_page_is_left()
    {
        await using var window = await OpenAsync(Leo, "/partner", Look.Desktop);
        var page = window.Page;
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("Skip to content")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#content")).ToBeFocusedAsync();

        await window.GoAsync("/partner/webhooks");
        await page.GetByLabel("Description", new() { Exact = true }).ClickAsync();
        await page.Keyboard.TypeAsync("Typed and not sent");
        await window.GoAsync("/partner/keys");
        await window.GoAsync("/partner/webhooks");
        await Expect(page.GetByLabel("Description", new() { Exact = true })).ToHaveValueAsync("Typed and not sent");

        // There is no desk to go to.
        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_contact_creates_a_key_without_scripts()
    {
        await using var window = await OpenAsync(Leo, "/partner/keys", Look.Phone with { HasScripts = false });
        await window.Page.PressAsync("Create a key");
        await Expect(window.Page.Locator("#secret"))
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^cmsf_"));
        await window.Page.FollowAsync("Hide the key");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke …" }).ClickAsync();
        await window.Page.PressAsync("Revoke the key");
        await Expect(window.Page.Notice).ToContainTextAsync("The key was revoked.");
        await Expect(window.Page.GetByText("No key works")).ToBeVisibleAsync();
    }

    private async Task<BrowserWindow> OpenAsync(string person, string path, Look look)
    {
        var window = await site.OpenAsync(look);
        window.Page.SetDefaultTimeout(10_000);
        await SignInAsync(window, person, path);
        return window;
    }

    private static async Task SignInAsync(BrowserWindow window, string person, string path)
    {
        await window.GoAsync("/signin?returnUrl=" + Uri.EscapeDataString(path));
        await window.Page.Locator("a.person", new() { HasText = person }).ClickAsync();
        await window.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
    }

    // For those who want to look at the pages.
    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { Length: > 0 } folder)
        {
            return;
        }

        foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await page.ScreenshotAsync(
                    new() { Path = Path.Combine(folder, $"{name}-{width}-{scheme}.png"), FullPage = true }
                );
            }
        }

        await page.SetViewportSizeAsync(Look.Desktop.Width, Look.Desktop.Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}
