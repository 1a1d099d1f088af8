using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Articles that are released to partners under embargo, before readers can see them.</summary>
public sealed class AdvanceTests : IAsyncLifetime
{
    private const string Fields =
        "article { status scheduledAt embargoUntil publishedEdition advance { number releasedAt releasedBy revision { number headline } } }";

    private readonly AnyTestDatabase _database = new();

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    private DateTimeOffset Now => _database.Clock.GetUtcNow();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_desk_shows_what_is_released_until_when_by_whom_and_since_when()
    {
        var id = (await Newsroom.DraftAsync(Newsroom.Story("As released"))).Id;

        var released = await DoAsync("releaseUnderEmbargo", new { id, untilLocal = "2026-04-24T09:00:00" });
        await Newsroom.SaveAsync(id, Newsroom.Story("Newer"));
        var seen = await AskAsync(GraphQLClient.Erin, $"{{ desk {{ article(id: \"{id}\") {{ {Fields[10..^2]} }} }} }}");

        const string expected =
            """{"status":"DRAFT","scheduledAt":"2026-04-24T09:00:00.000Z","embargoUntil":"2026-04-24T09:00:00.000Z","publishedEdition":null,"advance":{"number":1,"releasedAt":"2026-04-23T09:00:00.000Z","releasedBy":"Erin","revision":{"number":1,"headline":"As released"}}}""";
        Assert.Equal(expected, released["article"]!.ToJsonString());
        Assert.Equal(expected, seen["desk"]!["article"]!.ToJsonString());
    }

    [Fact]
    public async Task The_calendar_and_the_activity_show_a_release()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        _database.Clock.Advance(TimeSpan.FromMinutes(1));

        await DoAsync("releaseUnderEmbargo", new { id, until = "2026-04-24T09:00:00Z" });
        var desk = await AskAsync(
            GraphQLClient.Erin,
            """
            {
              desk {
                calendar(from: "2026-04-24T00:00:00Z", to: "2026-04-25T00:00:00Z") {
                  nodes { kind at article { advance { number } } }
                }
                activity(first: 1) { nodes { kind at } }
              }
            }
            """
        );

        Assert.Equal(
            """{"calendar":{"nodes":[{"kind":"SCHEDULED","at":"2026-04-24T09:00:00.000Z","article":{"advance":{"number":1}}},{"kind":"EMBARGO_ENDS","at":"2026-04-24T09:00:00.000Z","article":{"advance":{"number":1}}}]},"activity":{"nodes":[{"kind":"RELEASED_UNDER_EMBARGO","at":"2026-04-23T09:01:00.000Z"}]}}""",
            desk["desk"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Readers_see_nothing_of_a_released_article()
    {
        var secret = await SecretAsync();
        var before = await PublicAsync(secret);

        var released = await DoAsync("releaseUnderEmbargo", new { id = secret.Article, until = Now.AddDays(1) });
        var after = await PublicAsync(secret);
        await DoAsync("unscheduleArticle", new { id = secret.Article });
        var recalled = await PublicAsync(secret);

        Assert.Empty(GraphQLClient.Refusals(released));
        Assert.DoesNotContain("zeppelin", before, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, after);
        Assert.Equal(before, recalled);
    }

    [Fact]
    public async Task After_the_publication_nothing_public_remembers_the_release()
    {
        var secret = await SecretAsync();
        var image = await Newsroom.ImageAsync();
        await Newsroom.SaveAsync(
            secret.Article,
            Newsroom.Story("Zeppelin, first text") with
            {
                HeroImageId = image.Id,
                Tags = [secret.Tag],
                Tools = [secret.Tool],
            }
        );
        await DoAsync("releaseUnderEmbargo", new { id = secret.Article, until = Now.AddDays(1) });
        _database.Clock.Advance(TimeSpan.FromHours(1));
        var during = Now;
        await Newsroom.SaveAsync(secret.Article, Newsroom.Story("Zeppelin, final text"));
        await DoAsync("releaseUnderEmbargo", new { id = secret.Article, until = Now.AddHours(1) });
        _database.Clock.Advance(TimeSpan.FromHours(1));

        var due = await PublishDueAsync();
        var seen = await AskAsync(
            Viewer.Anonymous,
            """
            query($id: ID!, $during: DateTime!) {
              article(id: $id) { edition headline publishedAt firstPublishedAt corrections { note } }
              articleSnapshot(id: $id, asOf: $during) { headline }
              articleSnapshots(asOf: $during, first: 5) { nodes { headline } }
              tag(slug: "zeppelins") { name }
              tools(first: 50) { nodes { name } }
              changes(first: 50) { nodes { __typename ... on ArticleUpserted { kind } } }
            }
            """,
            new { id = secret.Article, during }
        );

        Assert.Equal([secret.Article], due.Published);
        Assert.Equal(
            """{"edition":1,"headline":"Zeppelin, final text","publishedAt":"2026-04-23T11:00:00.000Z","firstPublishedAt":"2026-04-23T11:00:00.000Z","corrections":[]}""",
            seen["article"]!.ToJsonString()
        );
        Assert.Null(seen["articleSnapshot"]);
        Assert.Equal("""{"nodes":[]}""", seen["articleSnapshots"]!.ToJsonString());
        Assert.Null(seen["tag"]);
        Assert.Equal("""{"nodes":[]}""", seen["tools"]!.ToJsonString());
        Assert.Single(
            seen["changes"]!["nodes"]!.AsArray(),
            change => (string?)change!["__typename"] == "ArticleUpserted"
        );
        await using var db = await _database.OpenAsync();
        Assert.False(await db.VisibleMedia.AnyAsync(asset => asset.Id == image.Id));
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    [Fact]
    public async Task A_bookmark_from_the_time_of_an_embargo_counts_only_public_editions()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await DoAsync("releaseUnderEmbargo", new { id, until = Now.AddHours(1) });
        var during = Now;
        _database.Clock.Advance(TimeSpan.FromHours(1));
        await PublishDueAsync();
        var reader = GraphQLClient.Viewers["reader"];

        var merged = await DoAsync(
            reader,
            "mergeBookmarks",
            new { bookmarks = new[] { new { targetId = id.ToString(), savedAt = during } } },
            "mergedBookmarks { __typename }"
        );
        var seen = await AskAsync(reader, "{ viewer { bookmarks(first: 5) { nodes { changedSinceSaved } } } }");

        Assert.Empty(GraphQLClient.Refusals(merged));
        Assert.Equal("""[{"changedSinceSaved":false}]""", seen["viewer"]!["bookmarks"]!["nodes"]!.ToJsonString());
    }

    [Theory]
    [InlineData(120, true)]
    [InlineData(60, true)]
    [InlineData(59, false)]
    [InlineData(0, false)]
    [InlineData(-60, false)]
    public async Task Only_somebody_whose_lead_reaches_the_end_of_the_embargo_sees_the_release(int minutes, bool sees)
    {
        var id = (await Newsroom.DraftAsync(Newsroom.Story("Early"))).Id;
        var open = (await Newsroom.PublishedAsync(Newsroom.Story("Public"))).Id;
        await DoAsync("releaseUnderEmbargo", new { id, until = Now.AddHours(1) });

        await using var db = await _database.OpenAsync();
        var seen = await db.EditionsFor(TimeSpan.FromMinutes(minutes), Now)
            .Select(e => new { e.ArticleId, e.Content!.Headline })
            .ToListAsync();

        Assert.Equal(sees, seen.Exists(e => e.ArticleId == id && e.Headline == "Early"));
        Assert.Single(seen, e => e.ArticleId == open);
    }

    [Fact]
    public async Task A_partner_sees_the_last_release_with_its_tags_tools_and_takes()
    {
        var secret = await SecretAsync();
        await DoAsync("releaseUnderEmbargo", new { id = secret.Article, until = Now.AddHours(1) });
        await Newsroom.SaveAsync(
            secret.Article,
            Newsroom.Story("Zeppelin again") with
            {
                Tags = [secret.Tag],
                Tools = [secret.Tool],
            }
        );
        await DoAsync("releaseUnderEmbargo", new { id = secret.Article, until = Now.AddMinutes(30) });

        await using var db = await _database.OpenAsync();
        var edition = await db.EditionsFor(TimeSpan.FromHours(1), Now).SingleAsync(e => e.ArticleId == secret.Article);

        Assert.Equal(
            ("Zeppelin again", -2, EditionKind.Advance, Now.AddMinutes(30)),
            (edition.Content!.Headline, edition.Number, edition.Kind, edition.PublishedAt)
        );
        Assert.Equal(
            [secret.Tag],
            await db.EditionTags.Where(t => t.EditionId == edition.Id).Select(t => t.TagId).ToListAsync()
        );
        Assert.Equal(
            [secret.Tool],
            await db.EditionTools.Where(t => t.EditionId == edition.Id).Select(t => t.ToolId).ToListAsync()
        );
        Assert.Equal(
            [secret.Take],
            await db.EditionTakes.Where(t => t.EditionId == edition.Id).Select(t => t.TakeId).ToListAsync()
        );
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    [Fact]
    public async Task A_merge_of_terms_also_moves_what_is_released()
    {
        var (category, into) = (CategoryId.New(), CategoryId.New());
        await using (var add = await _database.OpenAsync())
        {
            add.AddRange(
                new Category
                {
                    Id = category,
                    Slug = "old",
                    Name = "Old",
                },
                new Category
                {
                    Id = into,
                    Slug = "new",
                    Name = "New",
                }
            );
            await add.SaveChangesAsync();
        }

        var id = (await Newsroom.DraftAsync(Newsroom.Story() with { CategoryId = category })).Id;
        var other = (await Newsroom.DraftAsync()).Id;
        await DoAsync("releaseUnderEmbargo", new { id, until = Now.AddHours(1) });
        await DoAsync("releaseUnderEmbargo", new { id = other, until = Now.AddHours(1) });

        var merged = await DoAsync(
            GraphQLClient.Ada,
            "mergeCategories",
            new { from = category, into },
            "category { id }"
        );

        Assert.Empty(GraphQLClient.Refusals(merged));
        await using var db = await _database.OpenAsync();
        var shown = await db
            .Editions.Select(e => new { e.ArticleId, e.Content!.CategoryId })
            .ToDictionaryAsync(e => e.ArticleId, e => e.CategoryId);
        Assert.Equal((into, null), (shown[id], shown[other]));
    }

    [Theory]
    [InlineData("unscheduleArticle", false, true)]
    [InlineData("setEmbargo", true, false)]
    [InlineData("trashArticle", false, true)]
    public async Task A_release_ends_with_its_schedule_or_its_embargo(
        string mutation,
        bool isScheduled,
        bool isUnderEmbargo
    )
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await DoAsync("releaseUnderEmbargo", new { id, until = Now.AddHours(1) });

        var ended = (await DoAsync(mutation, new { id }))["article"]!;

        Assert.Equal(
            (null, isScheduled, isUnderEmbargo),
            (ended["advance"], ended["scheduledAt"] is not null, ended["embargoUntil"] is not null)
        );
        await using var db = await _database.OpenAsync();
        Assert.Empty(await db.EditionsFor(TimeSpan.FromDays(9), Now).Where(e => e.ArticleId == id).ToListAsync());
        Assert.Equal(Now, (await db.Editions.SingleAsync(e => e.ArticleId == id)).SupersededAt);
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    [Fact]
    public async Task A_due_article_that_fails_the_checks_is_recalled()
    {
        var image = await Newsroom.ImageAsync(
            rights: new ImageRights { CreditLine = "Rui Alves", ExpiresAt = Now.AddHours(2) }
        );
        var id = (await Newsroom.DraftAsync(Newsroom.Story() with { HeroImageId = image.Id })).Id;
        await DoAsync("releaseUnderEmbargo", new { id, until = Now.AddHours(1) });
        await Newsroom.LicenseAsync(image.Id, new ImageRights { CreditLine = "Rui Alves", ExpiresAt = Now });
        _database.Clock.Advance(TimeSpan.FromHours(1));

        var due = await PublishDueAsync();

        Assert.Equal([id], due.Refused.Select(refused => refused.Id));
        await using var db = await _database.OpenAsync();
        Assert.Empty(await db.EditionsFor(TimeSpan.FromDays(9), Now).ToListAsync());
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    [Fact]
    public async Task A_recalled_article_can_be_deleted_for_good_and_its_slug_is_free()
    {
        var secret = await SecretAsync();
        await DoAsync("releaseUnderEmbargo", new { id = secret.Article, until = Now.AddHours(1) });
        await DoAsync("unscheduleArticle", new { id = secret.Article });
        await DoAsync(
            GraphQLClient.Erin,
            "changeSlug",
            new { id = secret.Article, slug = "airship" },
            "article { id }"
        );
        var next = await Newsroom.DraftAsync(slug: "zeppelin");
        await DoAsync("trashArticle", new { id = secret.Article });

        var deleted = await DoAsync(
            GraphQLClient.Ada,
            "deleteArticle",
            new { id = secret.Article },
            "article { slug }"
        );

        Assert.Equal("zeppelin", next.Slug);
        Assert.Equal("""{"slug":"airship"}""", deleted["article"]!.ToJsonString());
        await using var db = await _database.OpenAsync();
        Assert.False(await db.Editions.AnyAsync(e => e.ArticleId == secret.Article));
    }

    [Fact]
    public async Task A_release_can_be_moved_earlier_but_not_before_an_embargo_that_somebody_set()
    {
        var (moved, bound) = ((await Newsroom.DraftAsync()).Id, (await Newsroom.DraftAsync()).Id);
        await DoAsync("releaseUnderEmbargo", new { id = moved, until = Now.AddHours(3) });
        await DoAsync("setEmbargo", new { id = bound, until = Now.AddHours(3) });

        var earlier = await DoAsync("releaseUnderEmbargo", new { id = moved, until = Now.AddHours(1) });
        var tooEarly = await DoAsync("releaseUnderEmbargo", new { id = bound, until = Now.AddHours(1) });
        var later = await DoAsync("releaseUnderEmbargo", new { id = bound, until = Now.AddHours(4) });

        Assert.Equal("2", $"{earlier["article"]!["advance"]!["number"]}");
        Assert.Equal(["ArticleUnderEmbargoError at until"], GraphQLClient.Refusals(tooEarly));
        Assert.Equal("2026-04-23T13:00:00.000Z", (string?)later["article"]!["embargoUntil"]);
    }

    [Theory]
    [InlineData("scheduleArticle", """{"at":"2026-04-25T09:00:00Z"}""", "ArticleReleasedError at id")]
    [InlineData("setEmbargo", """{"until":"2026-04-25T09:00:00Z"}""", "ArticleReleasedError at id")]
    [InlineData("changeSlug", """{"slug":"elsewhere"}""", "ArticleReleasedError at id")]
    [InlineData("publishArticle", "{}", "ArticleUnderEmbargoError at id")]
    public async Task Nothing_contradicts_a_release_while_it_is_in_force(string mutation, string input, string refusal)
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await DoAsync("releaseUnderEmbargo", new { id, until = "2026-04-24T09:00:00Z" });

        var given = JsonNode.Parse(input)!.AsObject();
        given["id"] = id.ToString();
        var refused = await DoAsync(mutation, given);

        Assert.Equal([refusal], GraphQLClient.Refusals(refused));
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    [Fact]
    public async Task A_release_is_rejected_for_the_reasons_that_reject_a_schedule()
    {
        var published = (await Newsroom.PublishedAsync()).Id;
        var bare = (await Newsroom.DraftAsync(new ArticleContent { Headline = "Only a headline" })).Id;
        var draft = (await Newsroom.DraftAsync()).Id;
        var trashed = (await Newsroom.DraftAsync()).Id;
        await DoAsync("trashArticle", new { id = trashed });
        var until = Now.AddHours(1);

        Assert.Equal(["ArticleAlreadyPublishedError at id"], await RefusalsAsync(new { id = published, until }));
        Assert.Equal(["ArticleIncompleteError at "], await RefusalsAsync(new { id = bare, until }));
        Assert.Equal(["TimeNotAheadError at until"], await RefusalsAsync(new { id = draft, until = Now }));
        Assert.Equal(["TimeRequiredError at until"], await RefusalsAsync(new { id = draft }));
        Assert.Equal(["ArticleTrashedError at id"], await RefusalsAsync(new { id = trashed, until }));
        Assert.Equal(
            ["VersionConflictError at expectedVersion"],
            await RefusalsAsync(
                new
                {
                    id = draft,
                    until,
                    expectedVersion = 7,
                }
            )
        );

        async Task<IEnumerable<string>> RefusalsAsync(object input) =>
            GraphQLClient.Refusals(await DoAsync("releaseUnderEmbargo", input));
    }

    // A draft with an image, a tag, a tool and a take that no public article has.
    private async Task<Secret> SecretAsync()
    {
        var tag = TagId.New();
        await using (var db = await _database.OpenAsync())
        {
            db.Add(
                new Tag
                {
                    Id = tag,
                    Slug = "zeppelins",
                    Name = "Zeppelins",
                }
            );
            await db.SaveChangesAsync();
        }

        var tool = (await Newsroom.ToolAsync("Zeppelin DB")).Id;
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.DraftAsync(
            Newsroom.Story("The zeppelin flies") with
            {
                HeroImageId = image.Id,
                Tags = [tag],
                Tools = [tool],
            },
            slug: "zeppelin"
        );
        var persona = await Newsroom.PersonaAsync();
        var take = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id, "A zeppelin is slow.");
        return new Secret(article.Id, tag, tool, take.Id);
    }

    private async Task<string> PublicAsync(Secret secret) =>
        (
            await AskAsync(
                Viewer.Anonymous,
                """
                query($id: ID!, $take: ID!, $tag: ID!, $tool: ID!, $now: DateTime!) {
                  byId: article(id: $id) { headline }
                  bySlug: article(slug: "zeppelin") { headline }
                  route(path: "/articles/zeppelin") { __typename }
                  articleSnapshot(id: $id, asOf: $now) { headline }
                  articleSnapshots(asOf: $now, first: 5) { nodes { headline } }
                  articles(first: 5) { totalCount nodes { headline } }
                  search(query: "zeppelin", first: 5) { totalCount nodes { article { headline } } }
                  takes(first: 5) { nodes { text } }
                  tag(slug: "zeppelins") { name }
                  tags(first: 5) { nodes { name } }
                  tools(first: 5) { nodes { name } }
                  nodes(ids: [$id, $take, $tag, $tool]) { id }
                  changes(first: 50) { nodes { __typename } }
                }
                """,
                new
                {
                    id = secret.Article,
                    take = secret.Take,
                    tag = secret.Tag,
                    tool = secret.Tool,
                    now = Now,
                }
            )
        ).ToJsonString();

    private Task<DueArticles> PublishDueAsync() =>
        _database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);

    private Task<JsonNode> DoAsync(string mutation, object input) =>
        DoAsync(GraphQLClient.Erin, mutation, input, Fields);

    private Task<JsonNode> DoAsync(Viewer viewer, string mutation, object input, string fields) =>
        Client.DoAsync(viewer, mutation, WithIds(input), fields);

    private async Task<JsonNode> AskAsync(Viewer viewer, string query, object? variables = null)
    {
        var answer = await Client.AskAsync(viewer, query, variables is null ? null : WithIds(variables));
        Assert.Null(answer["errors"]);
        return answer["data"]!;
    }

    // Ids are written as they are in the API.
    private static object WithIds(object input) =>
        input as JsonObject
        ?? (object)
            input
                .GetType()
                .GetProperties()
                .ToDictionary(
                    field => field.Name,
                    field => field.GetValue(input) is IEntityId id ? id.ToString() : field.GetValue(input)
                );

    private sealed record Secret(ArticleId Article, TagId Tag, Cms.Tools.ToolId Tool, TakeId Take);
}
