using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

// The device: its sleep, its storage and its clock.
public sealed partial class SurvivalTests
{
    [SkippableFact]
    public async Task After_an_hour_of_sleep_the_text_is_saved_and_the_others_are_not_overwritten()
    {
        var id = await newsroom.DraftAsync(Editor, "The hour that the harbour slept");
        await using var window = await newsroom.OpenAsync(Editor);
        await window.Page.Clock.InstallAsync();
        var tab = await EditorTab.OpenAsync(window, id);
        var device = await window.ConnectAsync();

        await CutOffAsync(tab);
        await tab.WriteAsync(" Typed before the lid was closed.");
        await tab.IsAsync(Kept);
        await device.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "frozen" });
        await newsroom.SaveAsync(Admin, id, new() { ["summary"] = "Ada worked meanwhile." });
        await device.SendAsync("Page.setWebLifecycleState", new() { ["state"] = "active" });
        await JoinAsync(tab);
        await window.Page.Clock.FastForwardAsync("01:00:00");

        await tab.IsAsync("Saved");
        await tab.SaysAsync("The changes are in your text: summary.");
        var stored = await newsroom.StoredAsync(id);
        Assert.Equal($"{Beginning} Typed before the lid was closed.", stored.Text);
        Assert.Equal("Ada worked meanwhile.", stored.Summary);
    }

    [SkippableFact]
    public async Task A_device_that_cannot_keep_text_says_so_and_asks_before_the_page_is_closed()
    {
        var id = await newsroom.DraftAsync(Editor, "A cellar full of paper");
        await using var window = await newsroom.OpenAsync(Editor);
        var tab = await EditorTab.OpenAsync(window, id);
        var device = await window.ConnectAsync();
        var origin = newsroom.Address.GetLeftPart(UriPartial.Authority);

        await CutOffAsync(tab);
        await device.SendAsync("Storage.overrideQuotaForOrigin", new() { ["origin"] = origin, ["quotaSize"] = 1 });
        await tab.WriteAsync(" There is no room for this.");
        await tab.IsAsync("Not saved, and not kept on this device");
        await tab.SaysAsync(
            "This device cannot keep your text, because its storage is full, is not allowed or does not answer."
        );
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the text" })).ToBeVisibleAsync();

        TaskCompletionSource<string> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        tab.Page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            asked.SetResult(dialog.Type);
        };
        await tab.Page.CloseAsync(new() { RunBeforeUnload = true });
        Assert.Equal("beforeunload", await asked.Task.WaitAsync(Longest));

        // The text is only in this page, and goes to the server from there.
        await JoinAsync(tab);
        await tab.WriteAsync(" Now there is.");
        await tab.IsAsync("Saved");
        Assert.Equal($"{Beginning} There is no room for this. Now there is.", (await newsroom.StoredAsync(id)).Text);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_an_hour_off_changes_nothing(int hours)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = await newsroom.DraftAsync(Editor, $"A clock that is {hours} hours fast");
        await using var window = await newsroom.OpenAsync(Editor);
        await window.Page.Clock.InstallAsync(new() { TimeDate = now.AddHours(hours).UtcDateTime });
        var tab = await EditorTab.OpenAsync(window, id);
        await CutOffAsync(tab);
        await tab.WriteAsync(" Typed at the wrong time.");
        await tab.KeepsAsync("at the wrong time.");
        await tab.Page.ReloadAsync();
        await JoinAsync(tab);
        await tab.SaysAsync("Text from less than a minute ago had not been saved and is back: text.");
        await tab.TypeAsync(tab.Summary, "A summary for the schedule.");
        await tab.SaveAsync();
        Assert.Equal($"{Beginning} Typed at the wrong time.", (await newsroom.StoredAsync(id)).Text);

        // The server's clock counts for plans.
        await tab.PressAsync("Publish");
        await tab.Page.GetByText("At a time", new() { Exact = true }).ClickAsync();
        var at = tab.Page.GetByLabel("Day and time");
        await at.FillAsync(Local(now.AddMinutes(-10)));
        await Expect(tab.Page.Locator("#publish-at-help")).ToHaveTextAsync("This time has passed. Choose a later one.");
        var planned = now.AddMinutes(30);
        await at.FillAsync(Local(planned));
        await Expect(tab.Page.Locator("#publish-at-help")).ToContainTextAsync(new Regex("in (29|30) minutes"));
        await Expect(tab.Page.GetByText("to acknowledge")).ToBeVisibleAsync();
        foreach (var warning in await tab.Page.GetByText("Publish anyway").AllAsync())
        {
            await warning.ClickAsync();
        }

        await tab.PressAsync("Schedule");
        await tab.SaysAsync("Scheduled for");
        var stored = await newsroom.StoredAsync(id);
        Assert.Equal(
            Local(planned),
            Local(DateTimeOffset.Parse((string)stored.Node["scheduledAt"]!, CultureInfo.InvariantCulture))
        );
        await newsroom.AskAsync(
            Editor,
            "mutation ($id: ID!) { unscheduleArticle(input: { id: $id }) { errors { ... on UserError { message } } } }",
            new { id }
        );

        static string Local(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
    }
}
