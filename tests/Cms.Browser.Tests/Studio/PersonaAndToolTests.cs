using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests.Studio;

/// <summary>How administrators change the panel, and how editors change the tools.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class PersonaAndToolTests(BrowsedSite site)
{
    [SkippableFact]
    public async Task An_administrator_adds_a_persona_and_changes_it()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await StudioVisits.SignInAsync(window, "admin", "/studio/personas/new");
        await page.GetByLabel("Name").FillAsync("The Archivist");
        await page.GetByLabel("Lens").FillAsync("Long memory");
        await page.GetByLabel("Accent colour", new() { Exact = true }).FillAsync("#4477aa");
        await page.GetByLabel("Position on the panel").FillAsync("90");
        await page.GetByLabel("It writes takes").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the persona" }).ClickAsync();
        await Assertions.Expect(Done(page)).ToHaveTextAsync("The Archivist is on the panel.");

        var row = page.Locator(".people li", new() { HasText = "The Archivist" });
        await Assertions.Expect(row).ToContainTextAsync("Has left the panel");
        await row.Locator("a").ClickAsync();
        await page.GetByLabel("Voice guide").FillAsync("Quotes the old press release.");
        await page.Locator("summary").ClickAsync();
        await page.Locator(".image-choice img").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the persona" }).ClickAsync();

        await Assertions.Expect(Done(page)).ToHaveTextAsync("The persona was saved.");
        await Assertions.Expect(page.GetByLabel("Voice guide")).ToHaveValueAsync("Quotes the old press release.");
        await Assertions.Expect(page.Locator(".picked > img")).ToBeVisibleAsync();
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task A_refused_persona_keeps_what_was_typed()
    {
        await using var window = await site.OpenAsync(Look.Desktop with { HasScripts = false });
        var page = window.Page;
        await StudioVisits.SignInAsync(window, "admin", "/studio/personas/new");
        await page.GetByLabel("Name").FillAsync("Another Skeptic");
        await page.GetByLabel("Lens").FillAsync("Doubt");
        await page.GetByLabel("Address", new() { Exact = true }).FillAsync("the-skeptic");
        await page.GetByLabel("Accent colour", new() { Exact = true }).FillAsync("red");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the persona" }).ClickAsync();

        await Assertions
            .Expect(page.GetByLabel("Accent colour", new() { Exact = true }))
            .ToHaveAttributeAsync("aria-invalid", "true");
        await page.GetByLabel("Accent colour", new() { Exact = true }).FillAsync("#cc0000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the persona" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is already in use");
        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("Another Skeptic");
        await Assertions.Expect(page.GetByLabel("Lens")).ToHaveValueAsync("Doubt");
    }

    [SkippableFact]
    public async Task Editors_read_personas_and_learn_who_can_change_them()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await StudioVisits.SignInAsync(window, "editor", "/studio/personas");
        await Assertions.Expect(page.GetByText("New persona")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "The Skeptic" }).ClickAsync();

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Only administrators can change personas.");
        await Assertions.Expect(page.Locator("main form")).ToHaveCountAsync(0);
        await window.GoAsync("/studio/personas/new");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Only administrators can add personas");
    }

    [SkippableFact]
    public async Task An_editor_adds_a_tool_and_changes_it()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await StudioVisits.SignInAsync(window, "editor", "/studio/tools/new");
        await page.GetByLabel("Name").FillAsync("Brackwater");
        await page.GetByLabel("Kind").SelectOptionAsync("Library");
        await page.GetByLabel("Web page").FillAsync("https://brackwater.example/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the tool" }).ClickAsync();
        await Assertions.Expect(Done(page)).ToContainTextAsync("Brackwater was added.");

        await page.GetByRole(AriaRole.Link, new() { Name = "Brackwater" }).ClickAsync();
        await page.GetByLabel("Maker").FillAsync("Brackwater Group");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "databases" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the tool" }).ClickAsync();

        await Assertions.Expect(Done(page)).ToHaveTextAsync("The tool was saved.");
        await Assertions.Expect(page.GetByLabel("Maker")).ToHaveValueAsync("Brackwater Group");
        await Assertions.Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "databases" })).ToBeCheckedAsync();
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task A_refused_tool_keeps_what_was_typed()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await StudioVisits.SignInAsync(window, "editor", "/studio/tools/new");
        await page.GetByLabel("Name").FillAsync("Gristmill again");
        await page.GetByLabel("Address", new() { Exact = true }).FillAsync("gristmill");
        await page.GetByLabel("Summary").FillAsync("Grinds.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the tool" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is already in use");
        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("Gristmill again");
        await Assertions.Expect(page.GetByLabel("Summary")).ToHaveValueAsync("Grinds.");
    }

    [SkippableFact]
    public async Task Authors_read_tools_and_learn_who_can_change_them()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await StudioVisits.SignInAsync(window, "author", "/studio/tools");

        await page.GetByRole(AriaRole.Link, new() { Name = "Gristmill" }).First.ClickAsync();

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Only editors can change tools.");
        await Assertions.Expect(page.Locator("main form")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_missing_tool_persona_or_image_is_explained()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = window.Page;
        await StudioVisits.SignInAsync(window, "editor", "/studio/tools/tol_00000000000070008000000000000000");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("There is no such tool");
        await window.GoAsync("/studio/personas/per_00000000000070008000000000000000");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("There is no such persona");
        await window.GoAsync("/studio/media/med_00000000000070008000000000000000");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The library has no such image");
    }

    private static ILocator Done(IPage page) => page.Locator("main > .banner[data-kind=done]");
}
