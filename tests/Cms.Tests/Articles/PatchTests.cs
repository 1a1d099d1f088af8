using System.Text.Json.Nodes;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Saves and edits change only the fields that were sent, and null empties a field.</summary>
public sealed class PatchTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private const string Fields =
        "article { headline summary byline language sourceUrl wordCount seo { title noIndex } tags { id } heroReference { mediaId alt caption } }";

    private readonly GraphQLClient _client = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Fact]
    public async Task A_field_that_is_left_out_keeps_its_value()
    {
        var (id, before) = await FullAsync();

        var saved = await SaveAsync(new JsonObject { ["id"] = id, ["summary"] = "Shorter." });

        before["summary"] = "Shorter.";
        Assert.Equal(before.ToJsonString(), saved["article"]!.ToJsonString());
    }

    [Fact]
    public async Task A_field_that_is_null_is_emptied()
    {
        var (id, _) = await FullAsync();

        var saved = await SaveAsync(
            new JsonObject
            {
                ["id"] = id,
                ["summary"] = null,
                ["body"] = null,
                ["byline"] = null,
                ["language"] = null,
                ["sourceUrl"] = null,
                ["seo"] = null,
                ["heroImage"] = null,
                ["tags"] = null,
            }
        );

        Assert.Equal(
            """{"headline":"A full story","summary":null,"byline":null,"language":"en","sourceUrl":null,"wordCount":0,"seo":{"title":null,"noIndex":false},"tags":[],"heroReference":null}""",
            saved["article"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_headline_that_is_null_is_rejected()
    {
        var (id, _) = await FullAsync();

        var saved = await SaveAsync(new JsonObject { ["id"] = id, ["headline"] = null });

        Assert.Equal(["HeadlineRequiredError at headline"], GraphQLClient.Refusals(saved));
    }

    [Fact]
    public async Task A_variable_without_a_value_counts_as_left_out()
    {
        var (id, before) = await FullAsync();

        var answer = await _client.AskAsync(
            GraphQLClient.Erin,
            $$"""
            mutation($summary: String, $byline: String, $language: String, $body: BodyInput, $tags: [ID!]) {
              saveArticle(input: { id: "{{id}}", summary: $summary, byline: $byline, language: $language, body: $body, tags: $tags }) {
                {{Fields}}
              }
            }
            """,
            new { byline = "By nobody" }
        );

        before["byline"] = "By nobody";
        Assert.Equal(before.ToJsonString(), answer["data"]!["saveArticle"]!["article"]!.ToJsonString());
    }

    [Fact]
    public async Task A_variable_that_is_null_empties_the_field()
    {
        var (id, before) = await FullAsync();

        var answer = await _client.AskAsync(
            GraphQLClient.Erin,
            $$"""
            mutation($summary: String = "The default", $byline: String) {
              saveArticle(input: { id: "{{id}}", summary: $summary, byline: $byline }) { {{Fields}} }
            }
            """,
            new { byline = (string?)null }
        );

        (before["summary"], before["byline"]) = ("The default", null);
        Assert.Equal(before.ToJsonString(), answer["data"]!["saveArticle"]!["article"]!.ToJsonString());
    }

    [Fact]
    public async Task Saving_back_the_hero_reference_keeps_an_image_whose_rights_have_ended()
    {
        var (id, before) = await FullAsync();
        var hero = before["heroReference"]!;
        await Newsroom.LicenseAsync(
            GraphQL.EntityId.Parse<Cms.Media.MediaId>((string)hero["mediaId"]!)!.Value,
            new() { CreditLine = "Rui Alves", ExpiresAt = database.Clock.GetUtcNow().AddSeconds(-1) }
        );
        Newsroom.Value(await database.Get<Cms.Media.Rights.ExpireMedia>().Handle(new(), default));

        var shown = await _client.AskAsync(
            GraphQLClient.Erin,
            $"{{ desk {{ article(id: \"{id}\") {{ heroImage {{ mediaId }} heroReference {{ mediaId alt caption }} }} }} }}"
        );
        var saved = await SaveAsync(
            new JsonObject
            {
                ["id"] = id,
                ["heroImage"] = new JsonObject
                {
                    ["media"] = (string)hero["mediaId"]!,
                    ["alt"] = (string?)hero["alt"],
                    ["caption"] = (string?)hero["caption"],
                },
            }
        );

        Assert.Null(shown["data"]!["desk"]!["article"]!["heroImage"]);
        Assert.Equal(hero.ToJsonString(), shown["data"]!["desk"]!["article"]!["heroReference"]!.ToJsonString());
        Assert.Equal(before.ToJsonString(), saved["article"]!.ToJsonString());
    }

    [Fact]
    public async Task Editing_a_tool_changes_only_what_was_sent()
    {
        const string shows = "tool { name maker kind url summary }";
        var created = await _client.DoAsync(
            GraphQLClient.Erin,
            "createTool",
            new
            {
                name = "Loom",
                maker = "Weavers",
                kind = "LIBRARY",
                url = "https://loom.example",
                summary = "Weaves.",
            },
            "tool { id }"
        );
        var id = (string)created["tool"]!["id"]!;

        var named = await _client.DoAsync(GraphQLClient.Erin, "editTool", new { id, name = "Loom 2" }, shows);
        var emptied = await _client.DoAsync(
            GraphQLClient.Erin,
            "editTool",
            new
            {
                id,
                maker = (string?)null,
                kind = (string?)null,
            },
            shows
        );
        var nameless = await _client.DoAsync(GraphQLClient.Erin, "editTool", new { id, name = (string?)null }, shows);

        Assert.Equal(
            """{"name":"Loom 2","maker":"Weavers","kind":"LIBRARY","url":"https://loom.example","summary":"Weaves."}""",
            named["tool"]!.ToJsonString()
        );
        Assert.Equal(
            """{"name":"Loom 2","maker":null,"kind":"PRODUCT","url":"https://loom.example","summary":"Weaves."}""",
            emptied["tool"]!.ToJsonString()
        );
        Assert.Equal(["ToolNameRequiredError at name"], GraphQLClient.Refusals(nameless));
    }

    [Fact]
    public async Task Editing_a_persona_changes_only_what_was_sent()
    {
        const string shows = "persona { name lens bio voiceGuide accentColour order isActive isAi profileNumber }";
        var created = await _client.DoAsync(
            GraphQLClient.Ada,
            "createPersona",
            new
            {
                name = "The Archivist",
                lens = "Long Memory",
                bio = "Remembers.",
                voiceGuide = "Dry.",
                accentColour = "#102030",
                order = 7,
                isAi = true,
            },
            "persona { id }"
        );
        var id = (string)created["persona"]!["id"]!;

        var edited = await _client.DoAsync(
            GraphQLClient.Ada,
            "editPersona",
            new
            {
                id,
                bio = (string?)null,
                isActive = false,
            },
            shows
        );
        var lensless = await _client.DoAsync(GraphQLClient.Ada, "editPersona", new { id, lens = (string?)null }, shows);

        Assert.Equal(
            """{"name":"The Archivist","lens":"Long Memory","bio":null,"voiceGuide":"Dry.","accentColour":"#102030","order":7,"isActive":false,"isAi":true,"profileNumber":2}""",
            edited["persona"]!.ToJsonString()
        );
        Assert.Equal(["PersonaIncompleteError at lens"], GraphQLClient.Refusals(lensless));
    }

    [Fact]
    public async Task Saving_an_image_and_its_rights_changes_only_what_was_sent()
    {
        const string shows = "media { alt caption folder rights { creator creditLine mustCredit territories noCrop } }";
        var id = (await Newsroom.UploadAsync()).Id.ToString();
        await _client.DoAsync(
            GraphQLClient.Erin,
            "saveMedia",
            new
            {
                id,
                alt = "A cloud.",
                caption = "Over the sea.",
                folder = "weather",
            },
            shows
        );
        await _client.DoAsync(
            GraphQLClient.Erin,
            "saveMediaRights",
            new
            {
                id,
                creator = "Rui Alves",
                creditLine = "Alves",
                mustCredit = true,
                territories = new[] { "PT" },
                noCrop = true,
            },
            shows
        );

        await _client.DoAsync(GraphQLClient.Erin, "saveMedia", new { id, caption = (string?)null }, shows);
        var saved = await _client.DoAsync(
            GraphQLClient.Erin,
            "saveMediaRights",
            new
            {
                id,
                creditLine = (string?)null,
                noCrop = (bool?)null,
            },
            shows
        );

        Assert.Equal(
            """{"alt":"A cloud.","caption":null,"folder":"weather","rights":{"creator":"Rui Alves","creditLine":null,"mustCredit":true,"territories":["PT"],"noCrop":false}}""",
            saved["media"]!.ToJsonString()
        );
    }

    private Task<JsonNode> SaveAsync(JsonObject input) =>
        _client.DoAsync(GraphQLClient.Erin, "saveArticle", input, Fields);

    // An article with a value in every field that the tests read.
    private async Task<(string Id, JsonObject Article)> FullAsync()
    {
        var image = await Newsroom.ImageAsync();
        var tag = new Cms.Taxonomy.Tag
        {
            Id = GraphQL.EntityId.New<Cms.Taxonomy.TagId>(),
            Slug = $"tag-{Guid.CreateVersion7():n}",
            Name = "A tag",
        };
        await using (var db = await database.OpenAsync())
        {
            db.Add(tag);
            await db.SaveChangesAsync();
        }

        var created = await _client.DoAsync(
            GraphQLClient.Erin,
            "createArticle",
            new
            {
                headline = "A full story",
                summary = "All of it.",
                byline = "By Erin",
                language = "pt-BR",
                sourceUrl = "https://example.org/a",
                body = new { markdown = "Five words are enough here." },
                seo = new { title = "Found", noIndex = true },
                tags = new[] { tag.Id.ToString() },
                heroImage = new
                {
                    media = image.Id.ToString(),
                    alt = "Rain.",
                    caption = "Over the sea.",
                },
            },
            $"made: article {{ id }} {Fields}"
        );
        return ((string)created["made"]!["id"]!, (JsonObject)created["article"]!);
    }
}
