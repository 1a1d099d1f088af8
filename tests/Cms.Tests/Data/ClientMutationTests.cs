using System.Text.Json.Nodes;
using Cms.Data;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Data;

/// <summary>A mutation with a clientMutationId is carried out only once.</summary>
public sealed class ClientMutationTests : IAsyncLifetime
{
    private readonly AnyTestDatabase _database = new();

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_repeated_mutation_returns_the_current_state_of_its_result_and_changes_nothing()
    {
        var input = new { headline = "Only once", clientMutationId = "create-1" };

        var first = await CreateAsync(input);
        await Client.DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new { id = Id(first), headline = "Edited since" },
            "article { id }"
        );
        var again = await CreateAsync(input);

        Assert.Equal("create-1", (string?)first["clientMutationId"]);
        Assert.Equal(Id(first), Id(again));
        Assert.Equal("Edited since", (string?)again["article"]!["headline"]);
        await using var db = await _database.OpenAsync();
        Assert.Equal(1, await db.Articles.CountAsync());
    }

    [Fact]
    public async Task The_same_id_with_a_different_input_or_mutation_is_rejected()
    {
        var first = await CreateAsync(new { headline = "One", clientMutationId = "x" });

        var refusals = new[]
        {
            await CreateAsync(new { headline = "Two", clientMutationId = "x" }),
            await CreateAsync(
                new
                {
                    headline = "One",
                    summary = "More",
                    clientMutationId = "x",
                }
            ),
            await CreateAsync(
                new
                {
                    headline = "One",
                    summary = (string?)null,
                    clientMutationId = "x",
                }
            ),
            await Client.DoAsync(
                GraphQLClient.Erin,
                "publishArticle",
                new { id = Id(first), clientMutationId = "x" },
                "article { id }"
            ),
        };

        Assert.All(
            refusals,
            refused => Assert.Equal(["IdempotencyKeyReusedError at clientMutationId"], GraphQLClient.Refusals(refused))
        );
    }

    [Fact]
    public async Task Ids_of_different_people_are_independent()
    {
        var input = new { headline = "Mine", clientMutationId = "same" };

        var erins = await CreateAsync(input);
        var arlos = await Client.DoAsync(GraphQLClient.Arlo, "createArticle", input, "article { id }");

        Assert.NotEqual(Id(erins), Id(arlos));
    }

    [Fact]
    public async Task A_rejected_mutation_can_be_repeated_with_the_same_id()
    {
        var draft = (await Newsroom.DraftAsync()).Id.ToString();
        var input = new { id = draft, clientMutationId = "publish" };
        await EmbargoAsync(_database.Clock.GetUtcNow().AddDays(1));

        var refused = await PublishAsync();
        await EmbargoAsync(null);
        var published = await PublishAsync();
        var again = await PublishAsync();

        Assert.Equal(["ArticleUnderEmbargoError at id"], GraphQLClient.Refusals(refused));
        Assert.Equal(
            ("1", "1"),
            ($"{published["article"]!["publishedEdition"]}", $"{again["article"]!["publishedEdition"]}")
        );

        Task<JsonNode> PublishAsync() =>
            Client.DoAsync(GraphQLClient.Erin, "publishArticle", input, "article { publishedEdition }");

        Task<JsonNode> EmbargoAsync(DateTimeOffset? until) =>
            Client.DoAsync(GraphQLClient.Erin, "setEmbargo", new { id = draft, until }, "article { id }");
    }

    [Fact]
    public async Task A_repeated_mutation_ignores_that_its_expected_version_is_old()
    {
        var id = (await Newsroom.DraftAsync()).Id.ToString();
        var input = new
        {
            id,
            headline = "Saved",
            expectedVersion = 1,
            clientMutationId = "save",
        };

        var saved = await SaveAsync();
        var again = await SaveAsync();

        Assert.Equal(("2", "2"), ($"{saved["article"]!["version"]}", $"{again["article"]!["version"]}"));
        Assert.Empty(GraphQLClient.Refusals(again));

        Task<JsonNode> SaveAsync() => Client.DoAsync(GraphQLClient.Erin, "saveArticle", input, "article { version }");
    }

    [Fact]
    public async Task Of_many_equal_mutations_at_the_same_time_one_is_carried_out()
    {
        var input = new { headline = "Impatient", clientMutationId = "click" };

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => CreateAsync(input))));

        Assert.Single(all.Select(Id).Distinct());
        await using var db = await _database.OpenAsync();
        Assert.Equal(1, await db.Articles.CountAsync());
    }

    [Fact]
    public async Task A_repeated_deletion_reports_what_was_deleted()
    {
        var draft = await Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        await Client.DoAsync(GraphQLClient.Ada, "trashArticle", new { id }, "article { id }");
        var input = new { id, clientMutationId = "delete" };

        var deleted = await DeleteAsync();
        var again = await DeleteAsync();

        Assert.Equal(draft.Slug, (string?)deleted["article"]!["slug"]);
        Assert.Equal(draft.Slug, (string?)again["article"]!["slug"]);

        Task<JsonNode> DeleteAsync() => Client.DoAsync(GraphQLClient.Ada, "deleteArticle", input, "article { slug }");
    }

    [Fact]
    public async Task A_repeated_mutation_whose_result_was_deleted_since_says_so()
    {
        var input = new { headline = "Short-lived", clientMutationId = "create" };
        var id = Id(await CreateAsync(input));
        await Client.DoAsync(GraphQLClient.Ada, "trashArticle", new { id }, "article { id }");
        await Client.DoAsync(GraphQLClient.Ada, "deleteArticle", new { id }, "article { slug }");

        var again = await CreateAsync(input);

        Assert.Equal(["IdempotencyKeyReusedError at clientMutationId"], GraphQLClient.Refusals(again));
        Assert.Contains("deleted", (string?)again["errors"]![0]!["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x"
    )]
    public async Task An_id_that_is_empty_or_too_long_is_rejected(string clientMutationId)
    {
        var answer = await Client.AskAsync(
            GraphQLClient.Erin,
            "mutation($id: String) { createArticle(input: { headline: \"x\", clientMutationId: $id }) { article { id } } }",
            new { id = clientMutationId }
        );

        Assert.Equal("BAD_USER_INPUT", GraphQLClient.Code(answer));
    }

    [Fact]
    public async Task Ids_are_forgotten_after_a_day()
    {
        var input = new { headline = "Yesterday", clientMutationId = "old" };
        var first = await CreateAsync(input);

        _database.Clock.Advance(TimeSpan.FromHours(24));
        await ForgetAsync();
        var kept = await CreateAsync(input);
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        await ForgetAsync();
        var forgotten = await CreateAsync(input);

        Assert.Equal(Id(first), Id(kept));
        Assert.NotEqual(Id(first), Id(forgotten));

        Task ForgetAsync() => _database.Get<ForgetMutations>().Handle(default);
    }

    [Fact]
    public async Task Each_mutation_of_a_request_has_its_own_id()
    {
        var answer = await Client.AskAsync(
            GraphQLClient.Erin,
            """
            mutation {
              one: createArticle(input: { headline: "One", clientMutationId: "1" }) { article { id } clientMutationId }
              two: createArticle(input: { headline: "Two" }) { article { id } clientMutationId }
              three: createArticle(input: { headline: "One", clientMutationId: "1" }) { article { id } clientMutationId }
            }
            """
        );

        var data = answer["data"]!;
        Assert.Equal(Id(data["one"]!), Id(data["three"]!));
        Assert.NotEqual(Id(data["one"]!), Id(data["two"]!));
        Assert.Null(data["two"]!["clientMutationId"]);
    }

    private static string? Id(JsonNode payload) => (string?)payload["article"]!["id"];

    private Task<JsonNode> CreateAsync(object input) =>
        Client.DoAsync(GraphQLClient.Erin, "createArticle", input, "article { id headline } clientMutationId");
}
