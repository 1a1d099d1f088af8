using System.Text.Json.Nodes;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Changes of an article's slug, and updates of a published article.</summary>
public sealed class SlugChangeTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private const string Fields = "article { slug status review publishedEdition revisionCount scheduledAt version }";

    private readonly GraphQLClient _client = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Fact]
    public async Task The_old_URL_of_a_published_article_redirects_to_the_new_one_after_any_number_of_changes()
    {
        var (first, second, third) = (Slug(), Slug(), Slug());
        var id = await PublishedAsync(first);

        var moved = await ChangeAsync(id, second);
        await ChangeAsync(id, third);

        Assert.Equal((second, "2"), ((string?)moved["article"]!["slug"], $"{moved["article"]!["publishedEdition"]}"));
        Assert.Equal($"RedirectRoute to /articles/{third}", await RouteAsync(first));
        Assert.Equal($"RedirectRoute to /articles/{third}", await RouteAsync(second));
        Assert.Equal("ContentRoute", await RouteAsync(third));
    }

    [Fact]
    public async Task Changing_back_to_an_earlier_slug_makes_no_loop()
    {
        var (first, second) = (Slug(), Slug());
        var id = await PublishedAsync(first);

        await ChangeAsync(id, second);
        var back = await ChangeAsync(id, first);

        Assert.Empty(GraphQLClient.Refusals(back));
        Assert.Equal("ContentRoute", await RouteAsync(first));
        Assert.Equal($"RedirectRoute to /articles/{first}", await RouteAsync(second));
    }

    [Fact]
    public async Task Changing_the_slug_publishes_neither_the_working_copy_nor_new_takes_and_keeps_the_schedule()
    {
        var id = await PublishedAsync(Slug());
        var builder = await Newsroom.PersonaAsync("The Mover");
        await _client.DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new { id, headline = "Not published yet" },
            "article { id }"
        );
        await Newsroom.ApprovedTakeAsync(GraphQL.EntityId.Parse<Cms.Articles.ArticleId>(id)!.Value, builder.Id);
        await _client.DoAsync(
            GraphQLClient.Erin,
            "scheduleArticle",
            new { id, at = "2026-05-01T10:00:00Z" },
            "article { id }"
        );
        await _client.DoAsync(GraphQLClient.Erin, "submitForReview", new { id }, "article { id }");

        var slug = Slug();
        var moved = await ChangeAsync(id, slug);

        Assert.Equal(
            ("2026-05-01T10:00:00.000Z", "IN_REVIEW"),
            ((string?)moved["article"]!["scheduledAt"], (string?)moved["article"]!["review"])
        );
        Assert.Equal(
            """{"headline":"A compiler in a week","takes":[],"edition":2}""",
            (
                await _client.AskAsync(
                    Cms.People.Viewer.Anonymous,
                    $"{{ article(slug: \"{slug}\") {{ headline takes {{ text }} edition }} }}"
                )
            )["data"]!["article"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task The_takes_and_tags_of_the_published_article_stay()
    {
        var tool = await Newsroom.ToolAsync($"Tool {Guid.CreateVersion7():n}");
        var article = await Newsroom.DraftAsync(Newsroom.Story() with { Tools = [tool.Id] }, Slug());
        var builder = await Newsroom.PersonaAsync("The Stayer");
        await Newsroom.ApprovedTakeAsync(article.Id, builder.Id, "It stays.");
        await Newsroom.PublishAsync(article.Id);

        var slug = Slug();
        await ChangeAsync(article.Id.ToString(), slug);

        Assert.Equal(
            $$"""{"takes":[{"text":"It stays."}],"about":[{"slug":"{{tool.Slug}}"}]}""",
            (
                await _client.AskAsync(
                    Cms.People.Viewer.Anonymous,
                    $"{{ article(slug: \"{slug}\") {{ takes {{ text }} about {{ slug }} }} }}"
                )
            )["data"]!["article"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task The_slug_of_a_draft_changes_without_an_edition_and_leaves_no_redirect()
    {
        var (first, second) = (Slug(), Slug());
        var id = (await Newsroom.DraftAsync(slug: first)).Id.ToString();

        var changed = await ChangeAsync(id, second);

        Assert.Equal((second, null), ((string?)changed["article"]!["slug"], changed["article"]!["publishedEdition"]));
        Assert.Equal("none", await RouteAsync(first));
        Assert.Empty(GraphQLClient.Refusals(await ChangeAsync((await Newsroom.DraftAsync()).Id.ToString(), first)));
    }

    [Fact]
    public async Task A_slug_under_which_another_article_is_or_was_public_is_taken()
    {
        var (old, current) = (Slug(), Slug());
        await ChangeAsync(await PublishedAsync(old), current);
        var other = (await Newsroom.DraftAsync()).Id.ToString();

        var refusals = new[]
        {
            await ChangeAsync(other, old),
            await ChangeAsync(other, current),
            await ChangeAsync(other, "Not a slug"),
            await ChangeAsync(other, "search"),
            await _client.DoAsync(
                GraphQLClient.Erin,
                "createArticle",
                new { headline = "Again", slug = old },
                "article { id }"
            ),
        };

        Assert.Equal(
            [
                "SlugTakenError at slug",
                "SlugTakenError at slug",
                "SlugMalformedError at slug",
                "SlugReservedError at slug",
                "SlugTakenError at slug",
            ],
            refusals.SelectMany(GraphQLClient.Refusals)
        );
    }

    [Fact]
    public async Task Changing_to_the_current_slug_changes_nothing()
    {
        var slug = Slug();
        var id = await PublishedAsync(slug);

        var same = await ChangeAsync(id, slug);

        Assert.Equal("1", $"{same["article"]!["publishedEdition"]}");
    }

    [Fact]
    public async Task An_update_publishes_the_working_copy_without_a_note_and_needs_a_published_article()
    {
        var id = await PublishedAsync(Slug());
        await _client.DoAsync(GraphQLClient.Erin, "saveArticle", new { id, summary = "Newer." }, "article { id }");
        var draft = (await Newsroom.DraftAsync()).Id.ToString();

        var updated = await _client.DoAsync(GraphQLClient.Erin, "updateArticle", new { id }, Fields);
        var again = await _client.DoAsync(GraphQLClient.Erin, "updateArticle", new { id }, Fields);
        var refused = await _client.DoAsync(GraphQLClient.Erin, "updateArticle", new { id = draft }, Fields);

        Assert.Equal(
            ("2", "2"),
            ($"{updated["article"]!["publishedEdition"]}", $"{again["article"]!["publishedEdition"]}")
        );
        Assert.Equal(["ArticleNotPublishedError at id"], GraphQLClient.Refusals(refused));
    }

    private static string Slug() => $"story-{Guid.CreateVersion7():n}";

    private async Task<string> PublishedAsync(string slug) => (await Newsroom.PublishedAsync(slug: slug)).Id.ToString();

    private Task<JsonNode> ChangeAsync(string id, string slug) =>
        _client.DoAsync(GraphQLClient.Erin, "changeSlug", new { id, slug }, Fields);

    private async Task<string> RouteAsync(string slug)
    {
        var route = (
            await _client.AskAsync(
                Cms.People.Viewer.Anonymous,
                $"{{ route(path: \"/articles/{slug}\") {{ __typename ... on RedirectRoute {{ to }} }} }}"
            )
        )["data"]!["route"];
        return route is null ? "none"
            : route["to"] is { } to ? $"{route["__typename"]} to {to}"
            : $"{route["__typename"]}";
    }
}
