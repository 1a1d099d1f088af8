using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

public sealed class EditorialTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private const string Fields =
        "article { id slug status version headline summary byline language sourceUrl sourcePublishedOn publishedEdition body { markdown } seo { title noIndex } takes { text status } }";

    private readonly GraphQLClient _client = new(database.Services);

    [Fact]
    public async Task An_article_can_be_published_corrected_and_withdrawn()
    {
        var id = await DraftedAsync(GraphQLClient.Arlo, "From draft to withdrawal");

        var published = await _client.DoAsync(GraphQLClient.Erin, "publishArticle", new { id }, Fields);
        var corrected = await _client.DoAsync(
            GraphQLClient.Erin,
            "correctArticle",
            new { id, note = "The year was wrong." },
            Fields
        );
        var withdrawn = await _client.DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new { id, reason = "The maker denies it." },
            Fields
        );

        Assert.Equal(
            ["PUBLISHED 1", "PUBLISHED 2", "WITHDRAWN "],
            new[] { published, corrected, withdrawn }.Select(payload =>
                $"{payload["article"]!["status"]} {payload["article"]!["publishedEdition"]}"
            )
        );
    }

    [Fact]
    public async Task The_desk_says_whether_a_public_article_has_changes_that_are_not_public()
    {
        var (id, persona) = (await DraftedAsync(GraphQLClient.Arlo, "In two steps"), await Persona());

        List<string> steps = [await ChangesAsync("saveArticle", new { id, summary = "Not public." })];
        steps.Add(await ChangesAsync("publishArticle", new { id }));
        steps.Add(await ChangesAsync("saveArticle", new { id, summary = "In other words." }));
        steps.Add(await ChangesAsync("updateArticle", new { id }));
        var take = await _client.DoAsync(
            GraphQLClient.Arlo,
            "draftTake",
            new
            {
                article = id,
                persona,
                text = "It holds.",
            },
            "take { id }"
        );
        steps.Add(await ReadAsync());
        await _client.DoAsync(GraphQLClient.Erin, "approveTake", new { id = $"{take["take"]!["id"]}" }, "take { id }");
        steps.Add(await ReadAsync());
        steps.Add(await ChangesAsync("correctArticle", new { id, note = "The take was missing." }));
        steps.Add(await ChangesAsync("withdrawArticle", new { id, reason = "The maker denies it." }));

        Assert.Equal(["false", "false", "true", "false", "false", "true", "false", "false"], steps);

        async Task<string> ChangesAsync(string mutation, object input) =>
            (await _client.DoAsync(GraphQLClient.Erin, mutation, input, "article { hasUnpublishedChanges }"))[
                "article"
            ]!["hasUnpublishedChanges"]!.ToJsonString();
        async Task<string> ReadAsync() =>
            (
                await _client.AskAsync(
                    GraphQLClient.Erin,
                    $"{{ desk {{ article(id: \"{id}\") {{ hasUnpublishedChanges }} }} }}"
                )
            )["data"]!["desk"]!["article"]!["hasUnpublishedChanges"]!.ToJsonString();
    }

    [Fact]
    public async Task What_somebody_was_writing_when_the_article_was_put_in_the_trash_is_saved()
    {
        var id = await DraftedAsync(GraphQLClient.Arlo, "Half a thought");
        await _client.DoAsync(GraphQLClient.Erin, "trashArticle", new { id }, "article { id }");

        var saved = await _client.DoAsync(
            GraphQLClient.Arlo,
            "saveArticle",
            new
            {
                id,
                autosave = true,
                summary = "The other half.",
            },
            "article { summary trashedAt }"
        );

        Assert.Equal("The other half.", (string?)saved["article"]!["summary"]);
        Assert.NotNull(saved["article"]!["trashedAt"]);
    }

    [Fact]
    public async Task The_desk_returns_everything_that_was_saved()
    {
        var id = await DraftedAsync(GraphQLClient.Arlo, "Read back");
        var saved = await _client.DoAsync(
            GraphQLClient.Arlo,
            "saveArticle",
            new
            {
                id,
                headline = "Read back whole",
                summary = "All of it.",
                byline = "Arlo",
                language = "pt-BR",
                sourceUrl = "https://example.org/a",
                sourcePublishedOn = "2026-04-01",
                body = new { markdown = "Words with **weight**." },
                seo = new { title = "Found", noIndex = true },
                expectedVersion = 1,
            },
            Fields
        );

        var read = await _client.AskAsync(
            GraphQLClient.Arlo,
            $"{{ desk {{ article(id: \"{id}\") {{ {Fields[10..^2]} }} }} }}"
        );

        Assert.Empty(GraphQLClient.Refusals(saved));
        Assert.Equal(saved["article"]!.ToJsonString(), read["data"]!["desk"]!["article"]!.ToJsonString());
        Assert.Equal(
            "2 pt-BR Words with **weight**.",
            $"{saved["article"]!["version"]} {saved["article"]!["language"]} {((string)saved["article"]!["body"]!["markdown"]!).Trim()}"
        );
    }

    [Fact]
    public async Task A_body_saved_as_JSON_is_returned_unchanged()
    {
        var created = await _client.DoAsync(
            GraphQLClient.Erin,
            "createArticle",
            new { headline = "In JSON", body = new { json = JsonNode.Parse(Newsroom.BodyOf("Plain.")) } },
            "article { body { json plainText } }"
        );

        Assert.Equal("Plain.", (string?)created["article"]!["body"]!["plainText"]);
        Assert.Equal(Newsroom.BodyOf("Plain."), created["article"]!["body"]!["json"]!.ToJsonString());
    }

    [Fact]
    public async Task Every_error_names_the_field_it_is_about()
    {
        var payload = await _client.DoAsync(
            GraphQLClient.Arlo,
            "createArticle",
            new
            {
                headline = " ",
                sourceUrl = "nowhere",
                language = "?",
                category = $"cat_{Guid.CreateVersion7():n}",
                about = new[] { $"{Cms.Tools.ToolId.Prefix}_{Guid.CreateVersion7():n}" },
                seo = new { canonicalUrl = "nowhere" },
                body = new { json = new { type = "marquee" } },
            },
            Fields
        );

        Assert.Null(payload["article"]);
        Assert.Equal(
            [
                "BodyInvalidError at body.json",
                "CategoryNotFoundError at category",
                "HeadlineRequiredError at headline",
                "LanguageMalformedError at language",
                "ToolNotFoundError at about",
                "UrlMalformedError at seo.canonicalUrl",
                "UrlMalformedError at sourceUrl",
            ],
            GraphQLClient.Refusals(payload).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_body_in_both_Markdown_and_JSON_is_rejected()
    {
        var payload = await _client.DoAsync(
            GraphQLClient.Arlo,
            "createArticle",
            new { headline = "Twice", body = new { markdown = "a", json = new { type = "doc" } } },
            Fields
        );

        Assert.Equal(["BodyInvalidError at body"], GraphQLClient.Refusals(payload));
    }

    [Fact]
    public async Task Saving_over_a_newer_version_reports_who_changed_it()
    {
        var id = await DraftedAsync(GraphQLClient.Arlo, "Contested");
        await _client.DoAsync(GraphQLClient.Erin, "saveArticle", new { id, headline = "Erin's" }, Fields);

        var answer = await _client.AskAsync(
            GraphQLClient.Arlo,
            "mutation($input: SaveArticleInput!) { saveArticle(input: $input) { article { id } errors { ... on VersionConflictError { currentVersion changedBy changedAt path } } } }",
            new
            {
                input = new
                {
                    id,
                    headline = "Arlo's",
                    expectedVersion = 1,
                },
            }
        );

        Assert.Equal(
            """{"article":null,"errors":[{"currentVersion":2,"changedBy":"Erin","changedAt":"2026-04-23T09:00:00.000Z","path":["expectedVersion"]}]}""",
            answer["data"]!["saveArticle"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task One_of_two_concurrent_saves_of_the_same_version_is_rejected()
    {
        var id = await DraftedAsync(GraphQLClient.Erin, "Raced for");

        var saves = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(n =>
                    _client.DoAsync(
                        GraphQLClient.Erin,
                        "saveArticle",
                        new
                        {
                            id,
                            headline = $"Save {n}",
                            expectedVersion = 1,
                        },
                        Fields
                    )
                )
        );

        Assert.Equal(
            ["", "VersionConflictError at expectedVersion"],
            saves.Select(save => string.Join(';', GraphQLClient.Refusals(save))).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task An_author_cannot_distinguish_another_authors_draft_from_a_missing_one()
    {
        var (theirs, none) = (
            await DraftedAsync(GraphQLClient.Erin, "Erin's alone"),
            ArticleId.Prefix + $"_{Guid.CreateVersion7():n}"
        );
        var persona = await Persona();

        foreach (var id in new[] { theirs, none })
        {
            var save = await _client.DoAsync(
                GraphQLClient.Arlo,
                "saveArticle",
                new
                {
                    id,
                    headline = "Mine now",
                    expectedVersion = 9,
                },
                Fields
            );
            var take = await _client.DoAsync(
                GraphQLClient.Arlo,
                "draftTake",
                new
                {
                    article = id,
                    persona,
                    text = "Hm.",
                },
                "take { id }"
            );
            var read = await _client.AskAsync(
                GraphQLClient.Arlo,
                $"{{ desk {{ article(id: \"{id}\") {{ headline }} }} }}"
            );

            Assert.Equal(["ArticleNotFoundError at id"], GraphQLClient.Refusals(save));
            Assert.Equal(["ArticleNotFoundError at article"], GraphQLClient.Refusals(take));
            Assert.Equal("""{"data":{"desk":{"article":null}}}""", read.ToJsonString());
        }
    }

    [Fact]
    public async Task Only_an_editor_can_save_an_imported_article()
    {
        var imported = Newsroom
            .Value(
                await database
                    .Get<CreateArticle>()
                    .Handle(new CreateArticleInput { Content = Newsroom.Story("Imported") }, Actor.Import, default)
            )
            .Id.ToString();

        var author = await _client.DoAsync(
            GraphQLClient.Arlo,
            "saveArticle",
            new { id = imported, headline = "Taken over" },
            Fields
        );
        var editor = await _client.DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new { id = imported, headline = "Taken over" },
            Fields
        );

        Assert.Equal(["ArticleNotFoundError at id"], GraphQLClient.Refusals(author));
        Assert.Empty(GraphQLClient.Refusals(editor));
    }

    [Fact]
    public async Task An_author_sees_only_their_own_articles_at_the_desk_and_an_editor_sees_all_articles()
    {
        var author = GraphQLClient.Person("Annika", Role.Author);
        var mine = await DraftedAsync(author, "Annika's");
        await DraftedAsync(GraphQLClient.Erin, "Erin's");

        var own = await _client.AskAsync(author, "{ desk { articles { totalCount nodes { id } } } }");
        List<string> all = [];
        string? after = null;
        do
        {
            var page = (
                await _client.AskAsync(
                    GraphQLClient.Erin,
                    "query($after: String) { desk { articles(first: 2, after: $after) { nodes { id headline category { name } tags { name } } pageInfo { hasNextPage endCursor } } } }",
                    new { after }
                )
            )["data"]!["desk"]!["articles"]!;
            all.AddRange(page["nodes"]!.AsArray().Select(node => (string)node!["id"]!));
            after = (bool)page["pageInfo"]!["hasNextPage"]! ? (string)page["pageInfo"]!["endCursor"]! : null;
        } while (after is not null);

        await using var db = await database.OpenAsync();
        Assert.Equal(
            """{"data":{"desk":{"articles":{"totalCount":1,"nodes":[{"id":"ID"}]}}}}""",
            own.ToJsonString().Replace(mine, "ID", StringComparison.Ordinal)
        );
        Assert.Equal(await db.Articles.CountAsync(), all.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(all.OrderDescending(StringComparer.Ordinal), all);
    }

    [Fact]
    public async Task A_take_is_drafted_by_an_author_and_approved_by_an_editor()
    {
        var (article, persona) = (await DraftedAsync(GraphQLClient.Arlo, "With a take"), await Persona());
        const string Take = "take { id text status drafter reviewer stance confidence persona { name } }";

        var drafted = await _client.DoAsync(
            GraphQLClient.Arlo,
            "draftTake",
            new
            {
                article,
                persona,
                text = "I would ship it.",
            },
            Take
        );
        var approved = await _client.DoAsync(
            GraphQLClient.Erin,
            "approveTake",
            new { id = (string)drafted["take"]!["id"]! },
            Take
        );

        Assert.Equal(
            "DRAFTED Arlo ",
            $"{drafted["take"]!["status"]} {drafted["take"]!["drafter"]} {drafted["take"]!["reviewer"]}"
        );
        Assert.Equal(
            "APPROVED Arlo Erin",
            $"{approved["take"]!["status"]} {approved["take"]!["drafter"]} {approved["take"]!["reviewer"]}"
        );
    }

    [Fact]
    public async Task An_earlier_revision_is_restored_as_a_new_revision()
    {
        var id = await DraftedAsync(GraphQLClient.Erin, "First words");
        await _client.DoAsync(GraphQLClient.Erin, "saveArticle", new { id, headline = "Second words" }, Fields);
        var revisions = await _client.AskAsync(
            GraphQLClient.Erin,
            $"{{ desk {{ article(id: \"{id}\") {{ revisions {{ totalCount nodes {{ id number headline drafter }} }} }} }} }}"
        );
        var nodes = revisions["data"]!["desk"]!["article"]!["revisions"]!["nodes"]!.AsArray();

        var restored = await _client.DoAsync(
            GraphQLClient.Erin,
            "restoreRevision",
            new { id, revision = (string)nodes[^1]!["id"]! },
            Fields
        );

        Assert.Equal(
            ["2 Second words Erin", "1 First words Erin"],
            nodes.Select(n => $"{n!["number"]} {n["headline"]} {n["drafter"]}")
        );
        Assert.Equal("First words 3", $"{restored["article"]!["headline"]} {restored["article"]!["version"]}");
    }

    [Fact]
    public async Task A_tool_and_a_persona_can_be_created_and_edited()
    {
        var tool = await _client.DoAsync(
            GraphQLClient.Erin,
            "createTool",
            new { name = "Tallow", url = "https://example.org" },
            "tool { id slug version }"
        );
        var edited = await _client.DoAsync(
            GraphQLClient.Erin,
            "editTool",
            new
            {
                id = (string)tool["tool"]!["id"]!,
                name = "Tallow 2",
                expectedVersion = 1,
            },
            "tool { slug name version url }"
        );
        var persona = await Persona();
        var renamed = await _client.DoAsync(
            GraphQLClient.Ada,
            "editPersona",
            new
            {
                id = persona,
                name = "Renamed",
                lens = "Big Picture",
                voiceGuide = "Short.",
            },
            "persona { name voiceGuide version }"
        );
        var refused = await _client.DoAsync(
            GraphQLClient.Ada,
            "createPersona",
            new
            {
                name = " ",
                lens = "x",
                accentColour = "red",
            },
            "persona { id }"
        );

        Assert.Equal(
            """{"slug":"tallow","name":"Tallow 2","version":2,"url":"https://example.org"}""",
            edited["tool"]!.ToJsonString()
        );
        Assert.Equal("""{"name":"Renamed","voiceGuide":"Short.","version":2}""", renamed["persona"]!.ToJsonString());
        Assert.Equal(
            ["PersonaIncompleteError at name", "ColourMalformedError at accentColour"],
            GraphQLClient.Refusals(refused)
        );
    }

    private async Task<string> Persona()
    {
        var name = $"P{Guid.CreateVersion7():n}";
        return (string)
            (
                await _client.DoAsync(
                    GraphQLClient.Ada,
                    "createPersona",
                    new { name, lens = "Reality Check" },
                    "persona { id }"
                )
            )["persona"]!["id"]!;
    }

    private async Task<string> DraftedAsync(Viewer by, string headline) =>
        (string)
            (
                await _client.DoAsync(
                    by,
                    "createArticle",
                    new
                    {
                        headline,
                        summary = "In short.",
                        body = new { markdown = "They began on Monday." },
                    },
                    "article { id }"
                )
            )["article"]!["id"]!;
}
