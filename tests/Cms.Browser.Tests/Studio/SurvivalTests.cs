using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>
/// What must never be lost: text, whatever happens to the server, to the network, to the tab or to the device. Each test
/// checks in the API that nothing of anybody was overwritten, and on the screen that it says in words what happened.
/// </summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed partial class SurvivalTests(OwnNewsroom newsroom) : IClassFixture<OwnNewsroom>
{
    private const string Admin = StaffWindow.Admin;
    private const string Editor = StaffWindow.Editor;
    private const string Author = StaffWindow.Author;
    private const string Reader = "reader";

    private const string Kept = "Offline, kept on this device";
    private const string NotSaved = "Not saved yet";
    private const string Beginning = "It began in the morning.";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    [SkippableFact]
    public async Task Nothing_is_lost_when_the_server_is_killed_while_somebody_writes()
    {
        await AddPersonaAsync("The Lamplighter");
        var typed = await newsroom.DraftAsync(Editor, "The ferry that waited");
        var closed = await newsroom.DraftAsync(Editor, "A clock without hands");
        await using var window = await newsroom.OpenAsync(Editor);
        var first = await EditorTab.OpenAsync(window, typed);
        var second = await EditorTab.OpenAsync(window, await window.OpenTabAsync(), closed);

        // The server has saved the first words, and is killed before the page learns it.
        TaskCompletionSource killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await first.Page.RouteAsync(
            "**/graphql",
            async route =>
            {
                if (killed.Task.IsCompleted || !IsSave(route.Request))
                {
                    await route.ContinueAsync();
                    return;
                }

                await route.FetchAsync();
                await newsroom.KillAsync();
                killed.SetResult();
                await route.AbortAsync();
            }
        );
        await first.WriteAsync(" Before the end.");
        await killed.Task.WaitAsync(Longest);
        await first.TypeAsync(" During the outage.");
        await first.TypeAsync(first.Summary, "Typed in the dark.");
        await first.IsAsync(Kept);
        await first.SaysAsync("Your text is kept on this device and saved as soon as the server answers.");
        await first.TypeAsync(first.Summary, " Still typing.");

        await second.WriteAsync(" Typed while nobody answered.");
        await second.ShowAsync("Panel");
        await second.TypeAsync(TakeIn(second, "The Lamplighter"), "A take that was never sent.");
        await second.KeepsAsync("A take that was never sent.");
        await second.Page.CloseAsync();

        await newsroom.StartAsync();
        var again = await EditorTab.OpenAsync(window, await window.OpenTabAsync(), closed);
        await again.SaysAsync("had not been saved and is back: text and a take.");
        await again.PressAsync("Keep it");
        await again.IsAsync("Saved");
        await again.ShowAsync("Panel");
        await Expect(TakeIn(again, "The Lamplighter")).ToHaveValueAsync("A take that was never sent.");
        await first.IsAsync("Saved");

        await Expect(first.Page.Locator(".conflict")).ToHaveCountAsync(0);
        var saved = await newsroom.StoredAsync(typed);
        Assert.Equal($"{Beginning} Before the end. During the outage.", saved.Text);
        Assert.Equal("Typed in the dark. Still typing.", saved.Summary);
        var recovered = await newsroom.StoredAsync(closed);
        Assert.Equal($"{Beginning} Typed while nobody answered.", recovered.Text);
        Assert.Empty(recovered.Takes);
    }

    [SkippableFact]
    public async Task Text_of_a_crashed_tab_is_back_and_can_still_be_discarded_when_it_is_saved()
    {
        var id = await newsroom.DraftAsync(Editor, "A bridge in two halves");
        await using var window = await newsroom.OpenAsync(Editor);
        var tab = await EditorTab.OpenAsync(window, id);
        await CutOffAsync(tab);
        await tab.WriteAsync(" The last key before the crash!");
        await tab.KeepsAsync("before the crash!");
        TaskCompletionSource crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        tab.Page.Crash += (_, _) => crashed.SetResult();
        await Assert.ThrowsAnyAsync<PlaywrightException>(() => tab.Page.GotoAsync("chrome://crash"));
        await crashed.Task.WaitAsync(Longest);
        await tab.Page.CloseAsync();

        var again = await EditorTab.OpenAsync(window, await window.OpenTabAsync(), id);
        await again.SaysAsync("had not been saved and is back: text.");
        await Expect(again.Text).ToHaveTextAsync($"{Beginning} The last key before the crash!");
        await again.SaveAsync();
        Assert.Equal($"{Beginning} The last key before the crash!", (await newsroom.StoredAsync(id)).Text);

        // Somebody who reads the message slowly decides after the text was saved.
        await again.WriteAsync("");
        await again.Page.Keyboard.PressAsync("Enter");
        await again.TypeAsync("Typed after the crash.");
        await again.SaveAsync();
        await again.PressAsync("Discard it");
        await again.SaysAsync("The text that came back was discarded.");
        await again.SaveAsync();
        Assert.Equal([Beginning, "Typed after the crash."], Lines(await newsroom.StoredAsync(id)));
    }

    [SkippableFact]
    public async Task An_upload_that_breaks_off_goes_on_by_itself_or_when_it_is_asked_to()
    {
        var id = await newsroom.DraftAsync(Editor, "A picture of the harbour");
        await using var window = await newsroom.OpenAsync(Editor);
        await window.Page.Clock.InstallAsync();
        var tab = await EditorTab.OpenAsync(window, id);
        var (sent, breaks) = (0, 1);
        await tab.Page.RouteAsync(
            "**/media/uploads/**",
            route => ++sent <= breaks ? route.AbortAsync() : route.ContinueAsync()
        );
        await tab.WriteAsync(" A picture follows.");
        await PasteImageAsync(tab, "harbour.webp");
        await Expect(tab.Text.Locator("figure img[src]")).ToHaveCountAsync(1, new() { Timeout = 15_000 });
        Assert.Equal(2, sent);

        // Now the network is gone for longer than the editor tries by itself.
        (sent, breaks) = (0, 4);
        await PasteImageAsync(tab, "quay.webp");
        var failed = tab.Text.Locator(".uploading[data-failed]");
        for (var pause = 1; await failed.CountAsync() == 0; pause = Math.Min(2 * pause, 8))
        {
            await tab.Page.Clock.FastForwardAsync(1_000 * pause);
        }

        await Expect(failed).ToContainTextAsync("The server does not answer.");
        await failed.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(tab.Text.Locator("figure img[src]")).ToHaveCountAsync(2, new() { Timeout = 15_000 });
        await tab.SaveAsync();

        var stored = await newsroom.StoredAsync(id);
        Assert.StartsWith($"{Beginning} A picture follows.", stored.Text, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(stored.Node["body"]!["json"]!.ToJsonString(), "\"mediaId\":\"med_"));
        var library = await newsroom.AskAsync(Editor, "{ desk { media(first: 100) { nodes { fileName } } } }");
        Assert.Equal(
            ["harbour.webp", "quay.webp"],
            library["desk"]!["media"]!["nodes"]!.AsArray().Select(image => (string)image!["fileName"]!).Order()
        );
    }

    private static string[] Lines(StoredArticle stored) =>
        stored.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsSave(IRequest request) =>
        request.PostData?.Contains("\"autosave\":true", StringComparison.Ordinal) is true;

    private static ILocator TakeIn(EditorTab tab, string persona) =>
        tab.Page.GetByLabel($"Take of {persona}", new() { Exact = true });

    // The server cannot be reached from this tab.
    private static async Task CutOffAsync(EditorTab tab) =>
        await tab.Page.RouteAsync("**/graphql", route => route.AbortAsync());

    // It can be reached again.
    private static Task JoinAsync(EditorTab tab) => tab.Page.UnrouteAsync("**/graphql");

    private static async Task PasteImageAsync(EditorTab tab, string name) =>
        await tab.Text.EvaluateAsync(
            """
            (surface, [name, bytes]) => {
              const clipboardData = new DataTransfer();
              clipboardData.items.add(new File([Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0))], name, { type: 'image/webp' }));
              surface.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
            }
            """,
            new[]
            {
                name,
                Convert.ToBase64String(
                    await File.ReadAllBytesAsync(
                        Directory
                            .EnumerateFiles(
                                Path.Combine(Repository.Root, "samples", "newsroom", "images"),
                                "the-skeptic.webp",
                                SearchOption.AllDirectories
                            )
                            .Single()
                    )
                ),
            }
        );

    private Task<JsonNode> AddPersonaAsync(string name) =>
        newsroom.AskAsync(
            Admin,
            "mutation ($name: String!) { createPersona(input: { name: $name, lens: \"Streets at night\" }) { errors { ... on UserError { message } } } }",
            new { name }
        );
}
