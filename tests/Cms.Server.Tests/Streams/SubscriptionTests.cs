using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Streams;

/// <summary>Tests subscriptions with the client libraries that front ends use.</summary>
[Needs("npm")]
public sealed class SubscriptionTests : IAsyncLifetime
{
    private static readonly Actor Erin = Newsroom.Erin;
    private readonly NewsroomServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [SkippableTheory]
    [InlineData("ws.mjs")]
    [InlineData("sse.mjs")]
    public async Task A_query_gets_a_result_and_a_complete_message(string client)
    {
        var lines = await NpmClients.RunAsync(
            client,
            Url(client),
            Request("{ articles(last: 1) { totalCount } }"),
            "9"
        );

        Assert.Equal(["""{"data":{"articles":{"totalCount":26}}}""", "\"complete\""], lines);
    }

    [SkippableTheory]
    [InlineData("ws.mjs")]
    [InlineData("sse.mjs")]
    public async Task A_subscription_receives_each_matching_article_when_it_is_published(string client)
    {
        var latest = (string)(await DataAsync("{ changes(first: 1) { latest } }"))["changes"]!["latest"]!;
        var ci = (string)(await DataAsync("""{ tag(slug: "ci") { id } }"""))["tag"]!["id"]!;
        using var subscriber = await NpmClients.StartAsync(
            client,
            Url(client),
            Request(
                """subscription($after: String) { articlePublished(after: $after, where: { tags: { some: { slug: { eq: "ci" } } } }) { kind article { headline tags { slug } } } }""",
                new { after = latest }
            ),
            "2"
        );

        await PublishAsync("One", EntityId.Parse<Taxonomy.TagId>(ci)!.Value);
        await PublishAsync("Another matter");
        await PublishAsync("Two", EntityId.Parse<Taxonomy.TagId>(ci)!.Value);

        Assert.Equal(
            """{"data":{"articlePublished":{"kind":"PUBLISHED","article":{"headline":"One","tags":[{"slug":"ci"}]}}}}""",
            await subscriber.StandardOutput.ReadLineAsync()
        );
        Assert.Contains("\"Two\"", await subscriber.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("\"complete\"", await subscriber.StandardOutput.ReadLineAsync());
        await subscriber.WaitForExitAsync();
    }

    [SkippableTheory]
    [InlineData("ws.mjs")]
    [InlineData("sse.mjs")]
    public async Task A_subscription_to_an_article_starts_after_the_given_cursor(string client)
    {
        var before = (string)(await DataAsync("{ changes(first: 1) { latest } }"))["changes"]!["latest"]!;
        var id = await PublishAsync("Changing");
        await WithdrawAsync(id);

        var lines = await NpmClients.RunAsync(
            client,
            Url(client),
            Request(
                "subscription($id: ID!, $after: String) { articleChanged(id: $id, after: $after) { __typename ... on ArticleRemoved { reason } } }",
                new { id = id.ToString(), after = before }
            ),
            "2"
        );

        Assert.Equal(
            [
                """{"data":{"articleChanged":{"__typename":"ArticleUpserted"}}}""",
                """{"data":{"articleChanged":{"__typename":"ArticleRemoved","reason":"It was wrong."}}}""",
                "\"complete\"",
            ],
            lines
        );
    }

    [SkippableTheory]
    [InlineData("ws.mjs", "subscription { nothing }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("sse.mjs", "subscription { nothing }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("ws.mjs", "subscription { articlePublished(after: \"x\") { articleId } }", "CURSOR_INVALID")]
    [InlineData("sse.mjs", "subscription { articlePublished(after: \"x\") { articleId } }", "CURSOR_INVALID")]
    public async Task An_invalid_subscription_is_rejected_with_a_code(string client, string query, string code)
    {
        var lines = await NpmClients.RunAsync(client, Url(client), Request(query), "9");

        Assert.Contains($"\"code\":\"{code}\"", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_by_plain_POST_is_rejected_and_the_error_names_the_protocol_to_use()
    {
        var answer = await _server.QueryAsync("subscription { articlePublished { articleId } }");

        Assert.Equal("BAD_REQUEST", (string?)answer["errors"]![0]!["extensions"]!["code"]);
        Assert.Contains("graphql-transport-ws", (string?)answer["errors"]![0]!["message"], StringComparison.Ordinal);
    }

    private string Url(string client) =>
        client == "ws.mjs"
            ? $"ws://{_server.Client.BaseAddress!.Authority}/graphql"
            : $"{_server.Client.BaseAddress}graphql";

    private static string Request(string query, object? variables = null) =>
        JsonSerializer.Serialize(new { query, variables });

    private async Task<JsonNode> DataAsync(string query) => (await _server.QueryAsync(query))["data"]!;

    private async Task<ArticleId> PublishAsync(string headline, params Taxonomy.TagId[] tags)
    {
        await using var db = await _server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var sample = await db.Revisions.AsNoTracking().FirstAsync();
        var created = await _server
            .Services.GetRequiredService<CreateArticle>()
            .Handle(
                new CreateArticleInput { Content = sample.Content with { Headline = headline, Tags = tags } },
                Erin,
                default
            );
        Assert.True(created.Succeeded(out var article, out _));
        var published = await _server
            .Services.GetRequiredService<PublishArticle>()
            .Handle(new PublishArticleInput { Id = article!.Id }, Erin, default);
        Assert.False(published.IsRefused);
        return article.Id;
    }

    private async Task WithdrawAsync(ArticleId id)
    {
        var withdrawn = await _server
            .Services.GetRequiredService<WithdrawArticle>()
            .Handle(new WithdrawArticleInput { Id = id, Reason = "It was wrong." }, Erin, default);
        Assert.False(withdrawn.IsRefused);
    }
}
