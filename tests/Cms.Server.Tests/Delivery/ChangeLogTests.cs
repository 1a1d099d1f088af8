using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Delivery;

/// <summary>A client can maintain a copy of the newsroom by reading the change log.</summary>
[Needs("server")]
public sealed class ChangeLogTests : IAsyncLifetime
{
    private const string Page = """
        query($after: String, $first: Int) {
          changes(after: $after, first: $first) {
            endCursor hasNextPage latest
            nodes {
              __typename cursor occurredAt
              ... on ArticleUpserted { articleId kind article { slug headline } }
              ... on ArticleRemoved { articleId reason successor { slug } }
              ... on PersonaUpserted { persona { name } }
            }
          }
        }
        """;

    private readonly NewsroomServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_change_log_is_complete_and_in_order_with_any_page_size()
    {
        var whole = await WalkAsync(500);
        var inPieces = await WalkAsync(7);

        Assert.True(whole.Count >= 26 + 4 + 12, $"{whole.Count} changes");
        Assert.Equal(whole.Select(Cursor), inPieces.Select(Cursor));
        Assert.Equal(
            ["26 PUBLISHED", "1 CORRECTED", "1 UPDATED"],
            whole
                .Where(change => (string?)change["__typename"] == "ArticleUpserted")
                .CountBy(change => (string)change["kind"]!)
                .OrderByDescending(kind => kind.Value)
                .ThenBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => $"{kind.Value} {kind.Key}")
        );
    }

    [Fact]
    public async Task A_page_without_new_changes_is_empty_and_has_a_cursor_to_continue_from()
    {
        var latest = (await ChangesAsync(null, 1))["latest"]!;

        var page = await ChangesAsync((string?)latest, 10);

        Assert.Empty(page["nodes"]!.AsArray());
        Assert.Equal((string?)latest, (string?)page["endCursor"]);
        Assert.False((bool)page["hasNextPage"]!);
    }

    [Fact]
    public async Task A_withdrawal_is_in_the_change_log_with_its_reason_and_successor()
    {
        var latest = (string?)(await ChangesAsync(null, 1))["latest"];
        var (gone, instead) = (await IdAsync("the-disk-said-yes"), await IdAsync("oxbow-one-and-a-half-people"));
        var withdrawn = await _server
            .Services.GetRequiredService<WithdrawArticle>()
            .Handle(
                new WithdrawArticleInput
                {
                    Id = gone,
                    Reason = "The source took it back.",
                    Successor = instead,
                    AcknowledgeUse = true,
                },
                Newsroom.Erin,
                default
            );
        Assert.False(withdrawn.IsRefused);

        var change = Assert.Single((await ChangesAsync(latest, 10))["nodes"]!.AsArray())!;
        var earlier = (await WalkAsync(500)).First(c =>
            (string?)c["articleId"] == gone.ToString() && (string?)c["__typename"] == "ArticleUpserted"
        );

        Assert.Equal("ArticleRemoved", (string?)change["__typename"]);
        Assert.Equal(gone.ToString(), (string?)change["articleId"]);
        Assert.Equal("The source took it back.", (string?)change["reason"]);
        Assert.Equal("oxbow-one-and-a-half-people", (string?)change["successor"]!["slug"]);
        Assert.Null(earlier["article"]);
    }

    [Theory]
    [InlineData("nonsense", "CURSOR_INVALID")]
    [InlineData("", "CURSOR_INVALID")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQ", "CHANGES_RESYNC")]
    public async Task An_invalid_cursor_and_a_cursor_of_another_database_have_different_error_codes(
        string cursor,
        string code
    )
    {
        var answer = await _server.QueryAsync(Page, new { after = cursor });

        Assert.Equal(code, (string?)answer["errors"]![0]!["extensions"]!["code"]);
    }

    [Fact]
    public async Task A_cursor_beyond_the_end_of_the_log_requires_a_resync()
    {
        var latest = (string?)(await ChangesAsync(null, 1))["latest"];
        await using var db = await _server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        await db.Changes.Where(c => c.Seq == db.Changes.Max(x => x.Seq)).ExecuteDeleteAsync();
        await db.ChangeCounters.ExecuteUpdateAsync(c => c.SetProperty(x => x.Seq, x => x.Seq - 1));

        var answer = await _server.QueryAsync(Page, new { after = latest });

        Assert.Equal("CHANGES_RESYNC", (string?)answer["errors"]![0]!["extensions"]!["code"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task A_page_size_out_of_range_is_rejected(int first)
    {
        var answer = await _server.QueryAsync(Page, new { first });

        Assert.Equal("PAGE_SIZE", (string?)answer["errors"]![0]!["extensions"]!["code"]);
    }

    [Theory]
    [InlineData("/articles/the-disk-said-yes", "ContentRoute", null)]
    [InlineData("/articles/the-disk-said-yes?utm=1#top", "ContentRoute", null)]
    [InlineData("/articles/the-disk-said-yes/", "RedirectRoute", "/articles/the-disk-said-yes")]
    [InlineData("/Articles/The-Disk-Said-Yes", "RedirectRoute", "/articles/the-disk-said-yes")]
    [InlineData("/articles/no-such-story", null, null)]
    [InlineData("/articles/", null, null)]
    [InlineData("/articles/a/b", null, null)]
    [InlineData("", null, null)]
    [InlineData("/articles/%", null, null)]
    [InlineData("/tools/gristmill", "ContentRoute", null)]
    [InlineData("/elsewhere", null, null)]
    public async Task A_path_resolves_to_content_a_redirect_or_nothing(string path, string? type, string? to)
    {
        var answer = await _server.QueryAsync(
            "query($path: String!) { route(path: $path) { __typename path ... on ContentRoute { content { __typename ... on Article { slug } ... on Tool { slug } } } ... on RedirectRoute { to } } }",
            new { path }
        );

        Assert.Null(answer["errors"]);
        var route = answer["data"]!["route"];
        Assert.Equal(type, (string?)route?["__typename"]);
        Assert.Equal(to, (string?)route?["to"]);
    }

    [Fact]
    public async Task The_route_of_a_withdrawn_article_has_the_reason_and_the_successor()
    {
        var instead = await IdAsync("oxbow-one-and-a-half-people");
        await _server
            .Services.GetRequiredService<WithdrawArticle>()
            .Handle(
                new WithdrawArticleInput
                {
                    Id = await IdAsync("the-disk-said-yes"),
                    Reason = "It was wrong.",
                    Successor = instead,
                    AcknowledgeUse = true,
                },
                Newsroom.Erin,
                default
            );

        var answer = await _server.QueryAsync(
            """{ route(path: "/articles/the-disk-said-yes") { ... on GoneRoute { reason successor { slug } } } }"""
        );

        Assert.Equal("It was wrong.", (string?)answer["data"]!["route"]!["reason"]);
        Assert.Equal("oxbow-one-and-a-half-people", (string?)answer["data"]!["route"]!["successor"]!["slug"]);
    }

    private async Task<List<JsonNode>> WalkAsync(int first)
    {
        List<JsonNode> changes = [];
        for (string? after = null; ; )
        {
            var page = await ChangesAsync(after, first);
            changes.AddRange(page["nodes"]!.AsArray().Select(node => node!));
            after = (string?)page["endCursor"];
            if (!(bool)page["hasNextPage"]!)
            {
                return changes;
            }
        }
    }

    private async Task<JsonNode> ChangesAsync(string? after, int first)
    {
        var answer = await _server.QueryAsync(Page, new { after, first });
        Assert.True(answer["errors"] is null, answer.ToString());
        return answer["data"]!["changes"]!;
    }

    private async Task<ArticleId> IdAsync(string slug) =>
        EntityId
            .Parse<ArticleId>(
                (string)
                    (await _server.QueryAsync($$"""{ article(slug: "{{slug}}") { id } }"""))["data"]!["article"]!["id"]!
            )!
            .Value;

    private static string? Cursor(JsonNode change) => (string?)change["cursor"];
}
