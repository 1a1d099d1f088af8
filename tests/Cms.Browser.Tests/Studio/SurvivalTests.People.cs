using System.Text.Json.Nodes;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

// Other people, and what somebody may do.
public sealed partial class SurvivalTests
{
    [SkippableFact]
    public async Task After_the_end_of_a_session_the_writer_signs_in_beside_the_text_and_goes_on()
    {
        var id = await newsroom.DraftAsync(Editor, "The night shift of the lighthouse");
        await using var window = await newsroom.OpenAsync(Editor);
        var tab = await EditorTab.OpenAsync(window, id);

        await OwnNewsroom.EndSessionAsync(window);
        await tab.WriteAsync(" Typed after the session.");
        await tab.IsAsync("Signed out, kept on this device");
        await tab.SaysAsync("You are signed out. Your text is kept on this device.");

        // Somebody else signs in first: nothing is saved under their name.
        var popup = await window.Page.Context.RunAndWaitForPageAsync(() => tab.PressAsync("Sign in and go on"));
        await popup.Locator("a.person.admin").ClickAsync();
        await tab.SaysAsync("Somebody else has signed in. This text is kept for you: sign in as yourself to go on.");
        Assert.Equal(("Erin Vale", Beginning), ByAndText(await newsroom.StoredAsync(id)));
        await popup.CloseAsync();

        popup = await window.Page.Context.RunAndWaitForPageAsync(() => tab.PressAsync("Sign in and go on"));
        await popup.Locator("a.person.editor").ClickAsync();
        await tab.IsAsync("Saved");
        Assert.Equal(("Erin Vale", $"{Beginning} Typed after the session."), ByAndText(await newsroom.StoredAsync(id)));
        await tab.WriteAsync(" And more.");
        await tab.SaveAsync();

        // Somebody else signs in in another tab, and the writer comes back to this one.
        await newsroom.BeAsync(window, Admin);
        await tab.Page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
        await tab.SaysAsync("Somebody else has signed in.");
        await tab.WriteAsync(" Not by Ada.");
        await tab.IsAsync("Signed out, kept on this device");

        // The page notices by itself that the writer has signed in there too.
        await newsroom.BeAsync(window, Editor);
        await tab.IsAsync("Saved");
        Assert.Equal(
            ("Erin Vale", $"{Beginning} Typed after the session. And more. Not by Ada."),
            ByAndText(await newsroom.StoredAsync(id))
        );
        Assert.DoesNotContain(await RevisionsOfAsync(id), revision => revision.Drafter == "Ada Marsh");
    }

    [SkippableFact]
    public async Task Somebody_who_is_blocked_or_loses_the_role_keeps_the_text_and_learns_whom_to_ask()
    {
        var id = await newsroom.DraftAsync(Author, "The town without a square");
        var subject = (string)(await newsroom.AskAsync(Author, "{ viewer { subject } }"))["viewer"]!["subject"]!;
        await using var window = await newsroom.OpenAsync(Author);
        var tab = await EditorTab.OpenAsync(window, id);

        await newsroom.AskAsync(
            Admin,
            "mutation ($person: String!) { blockPerson(input: { person: $person, reason: \"A lost laptop.\" }) { errors { ... on UserError { message } } } }",
            new { person = subject }
        );
        try
        {
            await tab.WriteAsync(" Typed after the block.");
            await tab.TypeAsync(tab.Summary, "A summary too.");
            await tab.IsAsync(NotSaved);
            await tab.SaysAsync("Your access has been blocked. Ask an administrator of the newsroom.");
            await tab.KeepsAsync("A summary too.");
            Assert.Equal(Beginning, (await newsroom.StoredAsync(id)).Text);
            var other = await window.OpenTabAsync();
            await other.GotoAsync(window.UrlOf("/studio/articles"));
            await Expect(other.Locator("main"))
                .ToContainTextAsync("An administrator has blocked your access. What you have written is kept.");
            await other.CloseAsync();
        }
        finally
        {
            await newsroom.AskAsync(
                Admin,
                "mutation ($person: String!) { unblockPerson(input: { person: $person }) { errors { ... on UserError { message } } } }",
                new { person = subject }
            );
        }

        await tab.PressAsync("Try again");
        await tab.IsAsync("Saved");
        var saved = await newsroom.StoredAsync(id);
        Assert.Equal(($"{Beginning} Typed after the block.", "A summary too."), (saved.Text, saved.Summary));

        // The roles of a session are those of the sign-in, so a role is lost with a new session.
        await newsroom.BeAsync(window, Reader);
        await tab.WriteAsync(" Typed as a reader.");
        await tab.IsAsync(NotSaved);
        await tab.SaysAsync(
            "Your account may no longer do this. Ask an administrator for your role, then sign in again."
        );
        Assert.Equal($"{Beginning} Typed after the block.", (await newsroom.StoredAsync(id)).Text);
        var popup = await window.Page.Context.RunAndWaitForPageAsync(() => tab.PressAsync("Sign in again"));
        await popup.Locator("a.person.author").ClickAsync();
        await tab.IsAsync("Saved");
        saved = await newsroom.StoredAsync(id);
        Assert.Equal(("Arlo Finch", $"{Beginning} Typed after the block. Typed as a reader."), ByAndText(saved));
    }

    [SkippableFact]
    public async Task Two_people_who_save_the_same_article_lose_nothing()
    {
        var id = await newsroom.DraftAsync(Editor, "The market on the roof", $"{Beginning}\n\nIt ended at night.");
        await using var window = await newsroom.OpenAsync(Editor);
        var tab = await EditorTab.OpenAsync(window, id);

        // Different fields, and different blocks of the text.
        await newsroom.SaveAsync(Admin, id, new() { ["summary"] = "Ada wrote the summary." });
        await tab.WriteAsync(" Erin wrote this.");
        await tab.IsAsync("Saved");
        await tab.SaysAsync("Ada Marsh saved");
        await tab.SaysAsync("The changes are in your text: summary.");
        await Expect(tab.Summary).ToHaveValueAsync("Ada wrote the summary.");
        var both = await newsroom.StoredAsync(id);
        Assert.Equal([Beginning, "It ended at night. Erin wrote this."], Lines(both));
        Assert.Equal("Ada wrote the summary.", both.Summary);

        // The same field and the same block, while Erin's network is away.
        await CutOffAsync(tab);
        await tab.WriteAsync(" Erin goes on.");
        await tab.TypeAsync(tab.Summary, " Erin too.");
        var body = both.Node["body"]!["json"]!.DeepClone();
        body["content"]![1]!["content"]![0]!["text"] = "Ada ended it at noon.";
        await newsroom.SaveAsync(
            Admin,
            id,
            new()
            {
                ["summary"] = "Ada insists.",
                ["body"] = new JsonObject { ["json"] = body },
            }
        );
        await JoinAsync(tab);
        await tab.IsAsync("Conflict: both versions are kept");
        var conflict = tab.Page.Locator(".conflict");
        await Expect(conflict).ToContainTextAsync("Ada Marsh changed the same parts while you wrote");
        foreach (var words in new[] { "Ada ended it at noon.", "Erin goes on.", "Ada insists.", "Erin too." })
        {
            await Expect(conflict).ToContainTextAsync(words);
        }

        // Nothing is sent before the decision, and what is typed meanwhile is not lost.
        await tab.WriteAsync(" Still Erin.");
        Assert.Equal(("Ada Marsh", "Ada insists."), ByAndSummary(await newsroom.StoredAsync(id)));
        await tab.PressAsync("Take theirs (Summary)");
        await tab.PressAsync("Keep mine (Text, one block)");
        await tab.IsAsync("Saved");
        var decided = await newsroom.StoredAsync(id);
        Assert.Equal([Beginning, "It ended at night. Erin wrote this. Erin goes on. Still Erin."], Lines(decided));
        Assert.Equal("Ada insists.", decided.Summary);

        // The version that was not taken is in the history.
        Assert.Contains(
            await RevisionsOfAsync(id),
            revision => revision is { Drafter: "Ada Marsh", Text: [_, "Ada ended it at noon."] }
        );
    }

    [SkippableFact]
    public async Task A_second_tab_watches_until_it_takes_over_with_the_text_of_the_first()
    {
        var id = await newsroom.DraftAsync(Editor, "Two tables by the window");
        await using var window = await newsroom.OpenAsync(Editor);
        var first = await EditorTab.OpenAsync(window, id);
        var second = await EditorTab.OpenAsync(window, await window.OpenTabAsync(), id);
        await second.IsAsync("Open in another tab");
        await second.SaysAsync("You are writing this article in another tab.");

        await CutOffAsync(first);
        await first.WriteAsync(" From the first tab.");
        await first.KeepsAsync("From the first tab.");
        await second.PressAsync("Write here instead");
        await second.IsAsync("Saved");
        await Expect(second.Text).ToHaveTextAsync($"{Beginning} From the first tab.");
        await first.IsAsync("Open in another tab");
        await second.WriteAsync(" From the second tab.");
        await second.SaveAsync();

        await JoinAsync(first);
        Assert.Equal($"{Beginning} From the first tab. From the second tab.", (await newsroom.StoredAsync(id)).Text);
        await first.PressAsync("Write here instead");
        await first.IsAsync("Saved");
        await Expect(first.Text).ToHaveTextAsync($"{Beginning} From the first tab. From the second tab.");
        await second.IsAsync("Open in another tab");
    }

    [SkippableFact]
    public async Task Two_people_see_each_other_and_both_can_save()
    {
        var id = await newsroom.DraftAsync(Editor, "A garden for four hands");
        await using var erins = await newsroom.OpenAsync(Editor);
        await erins.Page.Clock.InstallAsync();
        var erin = await EditorTab.OpenAsync(erins, id);
        await using var adas = await newsroom.OpenAsync(Admin);
        var ada = await EditorTab.OpenAsync(adas, id);

        var present = (EditorTab tab) => tab.Page.Locator(".present");
        await Expect(present(ada)).ToHaveTextAsync("Erin Vale is writing here too");
        await erins.Page.Clock.FastForwardAsync("00:30");
        await Expect(present(erin)).ToHaveTextAsync("Ada Marsh has it open");

        await ada.TypeAsync(ada.Summary, "From Ada.");
        await ada.SaveAsync();
        await erin.WriteAsync(" From Erin.");
        await erin.SaveAsync();
        var both = await newsroom.StoredAsync(id);
        Assert.Equal(($"{Beginning} From Erin.", "From Ada."), (both.Text, both.Summary));

        await adas.GoAsync("/studio/articles");
        using CancellationTokenSource late = new(Longest);
        while (await present(erin).CountAsync() > 0)
        {
            late.Token.ThrowIfCancellationRequested();
            await erins.Page.Clock.FastForwardAsync("00:30");
        }
    }

    private async Task<IReadOnlyList<(string Drafter, string[] Text)>> RevisionsOfAsync(string id)
    {
        var history = await newsroom.AskAsync(
            Editor,
            "query ($id: ID!) { desk { article(id: $id) { revisions(first: 20) { nodes { drafter body { plainText } } } } } }",
            new { id }
        );
        return
        [
            .. history["desk"]!["article"]!["revisions"]!["nodes"]!
                .AsArray()
                .Select(revision =>
                    (
                        (string)revision!["drafter"]!,
                        ((string)revision["body"]!["plainText"]!).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    )
                ),
        ];
    }

    private static (string, string) ByAndText(StoredArticle stored) => (stored.UpdatedBy, stored.Text);

    private static (string, string?) ByAndSummary(StoredArticle stored) => (stored.UpdatedBy, stored.Summary);
}
