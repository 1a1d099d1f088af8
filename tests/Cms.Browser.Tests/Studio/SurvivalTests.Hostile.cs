using System.Text.Json.Nodes;
using Cms.Browser.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

// What a hostile or a careless person sends.
public sealed partial class SurvivalTests
{
    private const string Script =
        "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"'</textarea></script>{{7*7}}";

    [SkippableFact]
    public async Task Script_in_every_field_is_shown_as_text()
    {
        var id = await newsroom.DraftAsync(Editor, Script, "A text that is replaced.");
        await AddPersonaAsync(Script);
        var made = await newsroom.AskAsync(
            Admin,
            """
            mutation ($script: String!) {
              createCategory(input: { name: $script, slug: "script" }) { category { id } errors { ... on UserError { message } } }
              createTag(input: { name: $script, slug: "script" }) { tag { id } errors { ... on UserError { message } } }
              createSource(input: { name: $script, slug: "script" }) { source { id } errors { ... on UserError { message } } }
              createAuthor(input: { name: $script, slug: "script" }) { author { id } errors { ... on UserError { message } } }
              createTool(input: { name: $script, slug: "script" }) { tool { id } errors { ... on UserError { message } } }
            }
            """,
            new { script = Script }
        );
        string IdOf(string mutation, string thing) => (string)made[mutation]![thing]!["id"]!;
        await newsroom.SaveAsync(
            Editor,
            id,
            new()
            {
                ["summary"] = Script,
                ["byline"] = Script,
                ["category"] = IdOf("createCategory", "category"),
                ["tags"] = new JsonArray(IdOf("createTag", "tag")),
                ["source"] = IdOf("createSource", "source"),
                ["authors"] = new JsonArray(IdOf("createAuthor", "author")),
                ["about"] = new JsonArray(IdOf("createTool", "tool")),
                ["seo"] = new JsonObject { ["title"] = Script, ["description"] = Script },
                ["body"] = new JsonObject
                {
                    ["json"] = new JsonObject
                    {
                        ["type"] = "doc",
                        ["content"] = new JsonArray(
                            Block("paragraph"),
                            new JsonObject
                            {
                                ["type"] = "heading",
                                ["attrs"] = new JsonObject { ["level"] = 2 },
                                ["content"] = Words(),
                            },
                            Block("codeBlock")
                        ),
                    },
                },
            }
        );
        await newsroom.AskAsync(
            Editor,
            """
            mutation ($id: ID!, $script: String!) {
              addComment(input: { article: $id, text: $script }) { errors { ... on UserError { message } } }
            }
            """,
            new { id, script = Script }
        );

        await using var window = await newsroom.OpenAsync(Editor);
        var tab = await EditorTab.OpenAsync(window, id);
        await Expect(tab.Headline).ToHaveValueAsync(Script);
        await Expect(tab.Summary).ToHaveValueAsync(Script);
        await Expect(tab.Text.Locator("p, h2, code")).ToHaveTextAsync([Script, Script, Script]);
        foreach (var part in new[] { "Details", "Panel", "Checks", "Comments", "History" })
        {
            await tab.ShowAsync(part);
            await Expect(tab.Page.Locator("#tabpanel")).Not.ToBeEmptyAsync();
        }

        await tab.ShowAsync("Panel");
        await tab.TypeAsync(TakeIn(tab, Script), Script);
        await tab.PressAsync($"Save take ({Script})");
        await Expect(tab.Page.GetByLabel(Script, new() { Exact = true }).Locator(".take-status"))
            .ToHaveTextAsync("Draft");
        await tab.ShowAsync("Comments");
        await Expect(tab.Page.Locator("#tabpanel")).ToContainTextAsync(Script);

        // The same block twice, so that both sides are shown.
        await newsroom.SaveAsync(Admin, id, new() { ["byline"] = Script + "Ada" });
        await tab.ShowAsync("Details");
        await tab.TypeAsync(tab.Page.GetByLabel("Byline, instead of their names"), "Erin");
        await Expect(tab.Page.Locator(".conflict")).ToContainTextAsync(Script);
        await tab.PressAsync("Keep mine (Byline)");
        await tab.IsAsync("Saved");
        Assert.Equal(
            (Script, Script),
            ((await newsroom.StoredAsync(id)).Headline, (await newsroom.StoredAsync(id)).Summary)
        );

        foreach (var path in new[] { "articles", "panel", "board", "activity", "personas", "tags", "tools" })
        {
            await window.GoAsync("/studio/" + path);
            await Expect(window.Page.Locator("main")).ToContainTextAsync("<script>window.hacked=1</script>");
            Assert.True(await window.Page.EvaluateAsync<bool>("() => window.hacked === undefined"), path);
        }

        Findings.AssertNone(window.Complaints);

        static JsonArray Words() => [new JsonObject { ["type"] = "text", ["text"] = Script }];
        static JsonObject Block(string type) => new() { ["type"] = type, ["content"] = Words() };
    }

    [SkippableFact]
    public async Task What_is_too_large_is_refused_in_words_and_the_rest_is_saved()
    {
        var id = await newsroom.DraftAsync(Editor, "A very long story");
        await using var window = await newsroom.OpenAsync(Editor);
        var tab = await EditorTab.OpenAsync(window, id);

        await tab.Headline.FillAsync(new string('x', 200_000));
        await tab.SaysAsync("Headline is not saved:");
        await tab.SaysAsync("300 characters");
        await tab.TypeAsync(tab.Summary, "The summary is short.");
        await Expect(tab.Headline).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(tab.State).ToHaveTextAsync(NotSaved);
        await ExpectStoredAsync(id, stored => stored.Summary == "The summary is short.");
        Assert.Equal("A very long story", (await newsroom.StoredAsync(id)).Headline);
        await tab.Headline.FillAsync("A long story");
        await tab.IsAsync("Saved");

        // Text of 20,000 blocks, together with a short headline.
        await tab.WriteAsync(" ");
        await tab.PasteAsync(string.Join('\n', Enumerable.Range(1, 20_000).Select(line => $"Line {line}.")));
        await tab.Headline.FillAsync("A longer story");
        await tab.SaysAsync("Text is not saved: This is more than the server accepts at once.");
        await ExpectStoredAsync(id, stored => stored.Headline == "A longer story");
        Assert.Equal(Beginning, (await newsroom.StoredAsync(id)).Text);
        await tab.KeepsAsync("Line 20000.");
        await tab.Page.ReloadAsync();
        await tab.SaysAsync("had not been saved and is back: text.");
        await Expect(tab.Text.Locator("> p").Last).ToHaveTextAsync("Line 20000.");
    }

    [SkippableFact]
    public async Task Three_hundred_tags_are_refused_in_words_and_stay_in_the_field()
    {
        var id = await newsroom.DraftAsync(Editor, "A story about everything");
        List<string> tags = [];
        foreach (var some in Enumerable.Range(1, 300).Chunk(100))
        {
            var mutations = some.Select(number =>
                $"t{number}: createTag(input: {{ name: \"Thing {number}\" }}) {{ tag {{ id }} errors {{ ... on UserError {{ message }} }} }}"
            );
            var made = await newsroom.AskAsync(Editor, $"mutation {{ {string.Join(' ', mutations)} }}");
            tags.AddRange(made.AsObject().Select(tag => (string)tag.Value!["tag"]!["id"]!));
        }

        await using var window = await newsroom.OpenAsync(Editor);
        var tab = await EditorTab.OpenAsync(window, id);
        var subject = (string)(await newsroom.AskAsync(Editor, "{ viewer { subject } }"))["viewer"]!["subject"]!;
        await tab.Page.EvaluateAsync(
            """
            ([key, tags]) => new Promise((resolve) => {
              const opened = indexedDB.open('cms-studio');
              opened.onsuccess = () => {
                const drafts = opened.result.transaction('drafts', 'readwrite').objectStore('drafts');
                const put = drafts.put({ key, title: '', version: 1, base: { tags: [] }, mine: { tags }, sent: null, at: Date.now() });
                put.onsuccess = () => (opened.result.close(), resolve());
              };
            })
            """,
            new object[] { $"{subject} {id}", tags }
        );
        await tab.Page.ReloadAsync();

        await tab.SaysAsync("Tags are not saved: An article can have at most 50 tags. Remove some.");
        await Expect(tab.Page.Locator(".chip")).ToHaveCountAsync(300);
        Assert.Empty((await newsroom.StoredAsync(id)).Node["tags"]!.AsArray());
    }

    [SkippableFact]
    public async Task Nobody_opens_or_saves_an_article_of_somebody_else_or_with_a_lower_role()
    {
        var id = await newsroom.DraftAsync(Editor, "Not for everybody");
        await using var window = await newsroom.OpenAsync(Author);
        await window.GoAsync("/studio/articles/nonsense");
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync("The article cannot be shown");
        foreach (var path in new[] { id, "art_00000000000000000000000000000000" })
        {
            await window.GoAsync($"/studio/articles/{path}", status: 404);
            await Expect(window.Page.Locator("main"))
                .ToContainTextAsync("It does not exist, or you do not work on it.");
        }

        var refused = await newsroom.TryAsync(
            Author,
            """
            mutation ($id: ID!) {
              saveArticle(input: { id: $id, headline: "Mine" }) { errors { __typename ... on UserError { message } } }
            }
            """,
            new { id }
        );
        Assert.NotEmpty((string)refused["data"]!["saveArticle"]!["errors"]![0]!["message"]!);
        Assert.Equal("Not for everybody", (await newsroom.StoredAsync(id)).Headline);

        await newsroom.BeAsync(window, Reader);
        await window.GoAsync($"/studio/articles/{id}", status: 403);
        await Expect(window.Page.Locator("main")).ToContainTextAsync("You have no access to the Studio");
        Findings.AssertNone(window.Complaints);
    }

    // Waits until the server has something.
    private async Task ExpectStoredAsync(string id, Func<StoredArticle, bool> isStored)
    {
        using CancellationTokenSource late = new(Longest);
        while (!isStored(await newsroom.StoredAsync(id)))
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }
}
