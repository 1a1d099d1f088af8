using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Access;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Clients;

/// <summary>
/// Apollo Client and urql cache objects by type and <c>id</c>. Therefore, objects with the same type and id must have
/// the same values in all answers to one client.
/// </summary>
[Needs("npm")]
public sealed class NormalizedCacheTests : AccessSuite
{
    [SkippableFact]
    public async Task A_normalized_cache_returns_what_the_server_sent()
    {
        var image = (string)
            (await DataAsync("{ desk { media(first: 1) { nodes { id } } } }"))["desk"]!["media"]!["nodes"]![0]!["id"]!;
        var first = await CreateAsync("The first story", image, "What the first story shows.");
        var second = await CreateAsync("The second story", image, "What the second story shows.");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var before = Clock.GetUtcNow().ToString("O");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await CorrectAsync(first, "The first story, corrected", image, "What the correction shows.");

        string[] documents =
        [
            // One image with a different description in each place, and two bodies with the same headings.
            $$"""{ first: article(id: "{{first}}") { id headline heroImage { mediaId alt url } body { toc { anchor text } } } }""",
            $$"""{ second: article(id: "{{second}}") { id headline heroImage { mediaId alt url } body { toc { anchor text } } } }""",
            $$"""{ desk { mediaItem(id: "{{image}}") { id alt image { mediaId alt url } uses { usedById kind title } } } }""",
            // Different editions of one article, and its past and current takes.
            $$"""{ then: articleSnapshot(id: "{{first}}", asOf: "{{before}}") { articleId headline takes { takeId text } article { id headline } } }""",
            $$"""{ list: articleSnapshots(first: 3, asOf: "{{before}}") { nodes { articleId headline takes { takeId text } } } }""",
            "{ articles(first: 3) { nodes { id headline takes { id text } } } }",
            // Several changes to one article.
            "{ changes(first: 500) { nodes { cursor ... on ArticleUpserted { articleId kind article { id headline } } ... on ImageUpserted { mediaId } } } }",
            // The working copy and the published article.
            $$"""{ desk { article(id: "{{first}}") { id headline } } }""",
            $$"""{ node(id: "{{first}}") { id ... on Article { headline } } }""",
            """{ route(path: "/articles/the-first-story") { path ... on ContentRoute { content { ... on Article { id headline } } } } }""",
        ];

        var clients = (
            await NpmClients.RunAsync(
                "normalized.mjs",
                $"{Server.Client.BaseAddress}graphql",
                Token("Editor"),
                JsonSerializer.Serialize(documents)
            )
        ).Select(line => JsonNode.Parse(line)!);

        Assert.Collection(
            clients,
            apollo => Assert.Equal("""{"client":"apollo","wrong":[]}""", apollo.ToJsonString()),
            urql => Assert.Equal("""{"client":"urql","wrong":[]}""", urql.ToJsonString())
        );
    }

    private async Task<string> CreateAsync(string headline, string image, string alt)
    {
        var created = (
            await DataAsync(
                $$"""mutation { createArticle(input: { {{Words(headline, image, alt)}} }) { article { id } errors { __typename } } }"""
            )
        )["createArticle"]!;
        Assert.Empty(created["errors"]!.AsArray());
        var id = (string)created["article"]!["id"]!;
        await DoAsync($$"""publishArticle(input: { id: "{{id}}" })""");
        return id;
    }

    private async Task CorrectAsync(string id, string headline, string image, string alt)
    {
        await DoAsync($$"""saveArticle(input: { id: "{{id}}", {{Words(headline, image, alt)}} })""");
        await DoAsync($$"""correctArticle(input: { id: "{{id}}", note: "It was wrong." })""");
    }

    private static string Words(string headline, string image, string alt) =>
        $$"""headline: "{{headline}}", summary: "In short.", heroImage: { media: "{{image}}", alt: "{{alt}}" }, body: { markdown: "## Background\n\n{{headline}}\n\n## {{headline}}\n\nMore." }""";

    private async Task DoAsync(string mutation)
    {
        var data = await DataAsync($"mutation {{ done: {mutation} {{ errors {{ __typename }} }} }}");
        Assert.Empty(data["done"]!["errors"]!.AsArray());
    }

    private async Task<JsonNode> DataAsync(string query)
    {
        using var response = await AskAsync(query, Token("Editor"));
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True(answer["data"] is not null, answer.ToJsonString());
        return answer["data"]!;
    }
}
