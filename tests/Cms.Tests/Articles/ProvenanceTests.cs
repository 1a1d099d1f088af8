using System.Text.Json.Nodes;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Articles;

public sealed class ProvenanceTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private readonly GraphQLClient _client = new(database.Services);

    [Fact]
    public async Task An_article_by_a_model_without_a_name_is_rejected_with_a_typed_error()
    {
        var made = await _client.DoAsync(
            GraphQLClient.Arlo,
            "createArticle",
            new { headline = "By a model", draftedWith = new { model = " " } },
            "article { id }"
        );

        Assert.Equal(["ModelNameRequiredError"], Kinds(made));
    }

    [Fact]
    public async Task An_author_who_removes_the_model_of_an_article_gets_a_typed_error_and_an_editor_can_remove_it()
    {
        var made = await _client.DoAsync(
            GraphQLClient.Arlo,
            "createArticle",
            new { headline = "By a model", draftedWith = new { model = "Quill", version = "2" } },
            "article { id }"
        );
        var input = new { id = (string)made["article"]!["id"]!, draftedWith = (object?)null };

        var refused = await _client.DoAsync(GraphQLClient.Arlo, "saveArticle", input, "article { id }");
        var saved = await _client.DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            input,
            "article { draftedWith { model } }"
        );

        Assert.Equal(["ModelIsRecordedError"], Kinds(refused));
        Assert.Null(saved["article"]!["draftedWith"]);
    }

    [Fact]
    public async Task A_disclosure_names_the_person_who_changed_the_words_and_not_who_saved_last()
    {
        var olu = GraphQLClient.Person("Olu", Role.Editor);
        var made = await _client.DoAsync(
            GraphQLClient.Erin,
            "createArticle",
            new
            {
                headline = "By a model",
                summary = "S",
                body = new { markdown = "Words." },
                draftedWith = new { model = "Quill", version = "2" },
            },
            "article { id }"
        );
        var id = (string)made["article"]!["id"]!;
        await DoAsync(olu, "saveArticle", new { id, headline = "Edited" });
        await DoAsync(GraphQLClient.Person("Kim", Role.Editor), "saveArticle", new { id, byline = "The desk" });
        Assert.Equal("Drafted with Quill, edited by Olu.", await ExpectedAsync());
        await DoAsync(GraphQLClient.Erin, "submitForReview", new { id });
        await DoAsync(GraphQLClient.Erin, "approveArticle", new { id });
        await DoAsync(GraphQLClient.Erin, "publishArticle", new { id });

        var answer = await _client.AskAsync(Viewer.Anonymous, $$"""{ article(id: "{{id}}") { disclosure } }""");

        Assert.Equal(
            "Drafted with Quill, edited by Olu and reviewed by Erin.",
            (string?)answer["data"]!["article"]!["disclosure"]
        );
        Assert.Equal((string?)answer["data"]!["article"]!["disclosure"], await ExpectedAsync());

        // What the desk says that readers would see.
        async Task<string?> ExpectedAsync() =>
            (string?)
                (await _client.AskAsync(GraphQLClient.Erin, $$"""{ desk { article(id: "{{id}}") { disclosure } } }"""))[
                    "data"
                ]!["desk"]!["article"]!["disclosure"];

        async Task DoAsync(Viewer viewer, string mutation, object input) =>
            Assert.Empty(GraphQLClient.Refusals(await _client.DoAsync(viewer, mutation, input, "article { id }")));
    }

    [Fact]
    public async Task The_desk_says_what_readers_would_be_told_about_a_take()
    {
        var persona = await _client.DoAsync(
            GraphQLClient.Ada,
            "createPersona",
            new
            {
                name = "The Orrery",
                lens = "Slow things",
                isAi = true,
            },
            "persona { id }"
        );
        var article = await _client.DoAsync(
            GraphQLClient.Erin,
            "createArticle",
            new { headline = "A slow thing" },
            "article { id }"
        );
        var drafted = await TakeAsync(
            "draftTake",
            new
            {
                article = (string)article["article"]!["id"]!,
                persona = (string)persona["persona"]!["id"]!,
                text = "It turns.",
            }
        );
        var id = (string)drafted["id"]!;
        var named = await TakeAsync("saveTake", new { id, draftedWith = new { model = "Quill", version = "2" } });
        var edited = await TakeAsync("saveTake", new { id, text = "It turns, slowly." });
        var approved = await TakeAsync("approveTake", new { id });

        Assert.Equal(
            [
                "The Orrery is an AI persona.",
                "Written by Quill.",
                "Drafted with Quill, edited by Erin.",
                "Drafted with Quill, edited and reviewed by Erin.",
            ],
            new[] { drafted, named, edited, approved }.Select(take => (string?)take["disclosure"])
        );

        async Task<JsonNode> TakeAsync(string mutation, object input) =>
            (await _client.DoAsync(GraphQLClient.Erin, mutation, input, "take { id disclosure }"))["take"]!;
    }

    private static IEnumerable<string?> Kinds(JsonNode payload) =>
        payload["errors"]!.AsArray().Select(error => (string?)error!["__typename"]);
}
