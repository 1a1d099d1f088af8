using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>One action on several articles.</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private const string Fields =
        "bulk { items { articleId article { revisionCount review status dueAt tags { slug } category { slug } trashedAt } errors { __typename message } } }";

    private readonly AnyTestDatabase _database = new();

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_tag_is_added_and_removed_and_articles_that_need_no_change_get_no_revision()
    {
        var tag = await TagAsync("quantum");
        var ids = new[] { await DraftAsync(), await DraftAsync() };

        var added = await DoAsync(
            new
            {
                ids,
                action = "ADD_TAG",
                tagId = tag,
            }
        );
        var again = await DoAsync(
            new
            {
                ids,
                action = "ADD_TAG",
                tagId = tag,
            }
        );
        var removed = await DoAsync(
            new
            {
                ids,
                action = "REMOVE_TAG",
                tagId = tag,
            }
        );

        Assert.All(
            Articles(added),
            a => Assert.Equal(("2", "quantum"), ($"{a["revisionCount"]}", $"{a["tags"]![0]!["slug"]}"))
        );
        Assert.All(Articles(again), a => Assert.Equal("2", $"{a["revisionCount"]}"));
        Assert.All(Articles(removed), a => Assert.Empty(a["tags"]!.AsArray()));
    }

    [Fact]
    public async Task A_tag_that_a_merged_tag_became_is_found_in_older_drafts()
    {
        var (old, current) = (await TagAsync("old"), await TagAsync("current"));
        var ids = new[] { await DraftAsync() };
        await DoAsync(
            new
            {
                ids,
                action = "ADD_TAG",
                tagId = old,
            }
        );
        await Client.DoAsync(GraphQLClient.Erin, "mergeTags", new { from = old, into = current }, "tag { slug }");

        var listed = await Client.AskAsync(
            GraphQLClient.Erin,
            "{ desk { articles(where: { tags: { some: { slug: { eq: \"current\" } } } }) { nodes { id } } } }"
        );
        var same = await DoAsync(
            new
            {
                ids,
                action = "ADD_TAG",
                tagId = old,
            }
        );
        var removed = await DoAsync(
            new
            {
                ids,
                action = "REMOVE_TAG",
                tagId = current,
            }
        );

        Assert.Equal(ids[0], (string?)listed["data"]!["desk"]!["articles"]!["nodes"]![0]!["id"]);
        Assert.Equal("2", $"{Articles(same)[0]["revisionCount"]}");
        Assert.Empty(Articles(removed)[0]["tags"]!.AsArray());
    }

    [Fact]
    public async Task A_repeated_action_is_carried_out_only_once()
    {
        var id = await DraftAsync();
        var input = new
        {
            ids = new[] { id },
            action = "TRASH",
            clientMutationId = "trash",
        };

        await DoAsync(input);
        await Client.DoAsync(GraphQLClient.Erin, "restoreArticle", new { id }, "article { id }");
        var again = await DoAsync(input);

        Assert.Null(Articles(again)[0]["trashedAt"]);
    }

    [Fact]
    public async Task A_category_is_set_and_emptied()
    {
        var category = await CategoryAsync("hardware");
        var ids = new[] { await DraftAsync() };

        var set = await DoAsync(
            new
            {
                ids,
                action = "SET_CATEGORY",
                categoryId = category,
            }
        );
        var emptied = await DoAsync(
            new
            {
                ids,
                action = "SET_CATEGORY",
                categoryId = (string?)null,
            }
        );

        Assert.Equal("hardware", $"{Articles(set)[0]["category"]!["slug"]}");
        Assert.Null(Articles(emptied)[0]["category"]);
    }

    [Fact]
    public async Task One_failure_costs_only_its_article()
    {
        var published = (await Newsroom.PublishedAsync()).Id.ToString();
        var unknown = ArticleId.New().ToString();
        var (first, last) = (await DraftAsync(), await DraftAsync());

        var trashed = await DoAsync(new { ids = new[] { first, published, unknown, last, first }, action = "TRASH" });

        var items = trashed["bulk"]!["items"]!.AsArray();
        Assert.Equal([first, published, unknown, last], items.Select(item => (string?)item!["articleId"]));
        Assert.Equal(
            [null, "ArticleStillPublishedError", "ArticleNotFoundError", null],
            items.Select(item => (string?)item!["errors"]!.AsArray().FirstOrDefault()?["__typename"])
        );
        Assert.All([items[0], items[3]], item => Assert.NotNull(item!["article"]!["trashedAt"]));
    }

    [Fact]
    public async Task Articles_are_submitted_and_assigned_together()
    {
        var ids = new[] { await DraftAsync(), await DraftAsync() };

        var submitted = await DoAsync(new { ids, action = "SUBMIT" });
        var assigned = await DoAsync(
            new
            {
                ids,
                action = "ASSIGN",
                dueAt = "2026-06-01T10:00:00Z",
            }
        );

        Assert.All(Articles(submitted), a => Assert.Equal("IN_REVIEW", (string?)a["review"]));
        Assert.All(Articles(assigned), a => Assert.Equal("2026-06-01T10:00:00.000Z", (string?)a["dueAt"]));
    }

    [Theory]
    [InlineData("ADD_TAG", "tagId")]
    [InlineData("REMOVE_TAG", "tagId")]
    [InlineData("SET_CATEGORY", "categoryId")]
    [InlineData("ASSIGN", "assignee")]
    public async Task An_action_without_its_value_changes_nothing(string action, string path)
    {
        var id = await DraftAsync();

        var refused = await DoAsync(new { ids = new[] { id }, action });

        Assert.Equal([$"BulkValueRequiredError at {path}"], GraphQLClient.Refusals(refused));
        Assert.Null(refused["bulk"]);
    }

    [Fact]
    public async Task No_articles_give_no_results_and_too_many_are_rejected()
    {
        var none = await DoAsync(new { ids = Array.Empty<string>(), action = "TRASH" });
        var many = await Client.AskAsync(
            GraphQLClient.Erin,
            "mutation($ids: [ID!]!) { bulkArticles(input: { ids: $ids, action: TRASH }) { bulk { items { articleId } } } }",
            new { ids = Enumerable.Range(0, 101).Select(_ => ArticleId.New().ToString()) }
        );

        Assert.Empty(none["bulk"]!["items"]!.AsArray());
        Assert.Equal("VARIABLES_TOO_LARGE", GraphQLClient.Code(many));
    }

    [Fact]
    public async Task A_hundred_articles_are_changed_in_one_request()
    {
        List<string> ids = [];
        for (var i = 0; i < 100; i++)
        {
            ids.Add(await DraftAsync());
        }

        var submitted = await Client.AskAsync(
            GraphQLClient.Erin,
            "mutation($ids: [ID!]!) { bulkArticles(input: { ids: $ids, action: SUBMIT }) { bulk { items { article { review } errors { message } } } } }",
            new { ids }
        );

        Assert.Equal(
            100,
            submitted["data"]!["bulkArticles"]!["bulk"]!["items"]!
                .AsArray()
                .Count(item => (string?)item!["article"]!["review"] == "IN_REVIEW")
        );
    }

    private static List<JsonNode> Articles(JsonNode payload) =>
        [.. payload["bulk"]!["items"]!.AsArray().Select(item => item!["article"]!)];

    private Task<JsonNode> DoAsync(object input) => Client.DoAsync(GraphQLClient.Erin, "bulkArticles", input, Fields);

    private async Task<string> DraftAsync() =>
        (await Newsroom.DraftAsync(slug: $"s{Guid.CreateVersion7():n}")).Id.ToString();

    private async Task<string> TagAsync(string slug)
    {
        var tag = new Tag
        {
            Id = TagId.New(),
            Slug = slug,
            Name = slug,
        };
        await AddAsync(tag);
        return tag.Id.ToString();
    }

    private async Task<string> CategoryAsync(string slug)
    {
        var category = new Category
        {
            Id = CategoryId.New(),
            Slug = slug,
            Name = slug,
        };
        await AddAsync(category);
        return category.Id.ToString();
    }

    private async Task AddAsync(object row)
    {
        await using var db = await _database.OpenAsync();
        db.Add(row);
        await db.SaveChangesAsync();
    }
}
