using System.Text.Json.Nodes;
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

    private static IEnumerable<string?> Kinds(JsonNode payload) =>
        payload["errors"]!.AsArray().Select(error => (string?)error!["__typename"]);
}
