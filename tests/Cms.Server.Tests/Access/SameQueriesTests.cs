using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.Data;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Reading;
using Cms.Server.Tests.Support;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>
/// Published content is the same for everyone, and nothing reveals that hidden content exists: no count, error,
/// cursor, search result or end of a page.
/// </summary>
[Needs("server")]
public sealed class SameQueriesTests : IAsyncLifetime
{
    // Occurs in every hidden text and nowhere else.
    private const string Hidden = "zyzzogeton";

    private readonly NewsroomServer _server = new();
    private readonly Dictionary<string, ArticleId> _ids = new(StringComparer.Ordinal);
    private readonly CategoryId _category = CategoryId.New();
    private readonly TagId _tag = TagId.New();
    private readonly SourceId _source = SourceId.New();
    private ToolId _tool;
    private TakeId _draftTake;

    private static readonly Actor Arlo = Newsroom.Person("Arlo");

    private static readonly Dictionary<string, Viewer> Viewers = new(StringComparer.Ordinal)
    {
        ["anonymous"] = Viewer.Anonymous,
        ["reader"] = Person(Role.Reader),
        ["author"] = Person(Role.Author),
        ["editor"] = Person(Role.Editor),
        ["admin"] = Person(Role.Admin),
        ["partner"] = new()
        {
            Kind = ViewerKind.Partner,
            Key = new PersonKey(Guid.Empty, Guid.Empty),
            MaySyndicate = true,
        },
    };

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        await using var db = await _server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var tag = await db.Tags.Where(t => t.Slug == "ci").Select(t => t.Id).SingleAsync();
        var category = await db.Categories.Where(c => c.Slug == "security").Select(c => c.Id).SingleAsync();
        var content = new ArticleContent
        {
            Headline = $"A draft about {Hidden}",
            Summary = $"Nobody has read of {Hidden} yet.",
            CategoryId = category,
            Tags = [tag],
        }.WithBody(BodyOf($"A paragraph about {Hidden}."));

        // Terms that only unpublished articles use are hidden too.
        await AddHiddenTermsAsync(db);
        var unpublished = content with
        {
            CategoryId = _category,
            SourceId = _source,
            Tags = [tag, _tag],
            Tools = [_tool],
        };
        _ids["draft"] = await CreateAsync(unpublished, "hidden-draft");

        var revised = await CreateAsync(
            content with
            {
                Headline = "What was printed",
                Summary = "As printed.",
            },
            "revised"
        );
        await SaveAsync(revised, content with { Headline = "What was printed", Summary = "As printed." }, "Printed.");
        await PublishAsync(revised);
        await SaveAsync(revised, unpublished, $"Only here does {Hidden} stand.");
        _ids["revised"] = revised;

        var persona = await db.Personas.Where(p => p.IsActive).Select(p => p.Id).FirstAsync();
        _draftTake = Value(
            await _server
                .Services.GetRequiredService<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = _ids["draft"],
                        Persona = persona,
                        Content = new TakeContent { Text = $"A take on {Hidden}." },
                    },
                    Arlo,
                    default
                )
        ).Id;

        var withdrawn = await CreateAsync(content, "withdrawn-story");
        await PublishAsync(withdrawn);
        await WithdrawAsync(withdrawn, revised);
        _ids["withdrawn"] = withdrawn;

        var tomorrow = _server.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(1);
        _ids["scheduled"] = await CreateAsync(unpublished, "hidden-scheduled");
        Value(
            await _server
                .Services.GetRequiredService<ScheduleArticle>()
                .Handle(new ScheduleArticleInput { Id = _ids["scheduled"], At = tomorrow }, Arlo, default)
        );
        Value(
            await _server
                .Services.GetRequiredService<ScheduleArticle>()
                .Handle(new ScheduleArticleInput { Id = revised, At = tomorrow }, Arlo, default)
        );
        _ids["embargoed"] = await CreateAsync(unpublished, "hidden-embargoed");
        Value(
            await _server
                .Services.GetRequiredService<SetEmbargo>()
                .Handle(new SetEmbargoInput { Id = _ids["embargoed"], Until = tomorrow }, Arlo, default)
        );
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Everyone_gets_the_same_answers_to_the_same_queries()
    {
        foreach (var (topic, queries) in Queries())
        {
            Snapshot.Match(await AnswersAsync(queries), $"Same_answers_{topic}");
        }
    }

    private async Task<string> AnswersAsync(IEnumerable<string> queries)
    {
        var text = new StringBuilder();
        foreach (var query in queries)
        {
            var answers = new List<(string Who, string Answer)>();
            foreach (var (who, viewer) in Viewers)
            {
                answers.Add((who, await AskAsync(query, viewer)));
            }

            var (_, first) = answers[0];
            Assert.All(
                answers,
                x => Assert.True(x.Answer == first, $"{query}\nanonymous: {first}\n{x.Who}: {x.Answer}")
            );
            Assert.DoesNotContain(Hidden, first, StringComparison.OrdinalIgnoreCase);
            text.Append(query).Append('\n').Append(ReadableJson.Write(JsonNode.Parse(first))).Append("\n\n");
        }

        return Masks.Hide(text.ToString());
    }

    [Fact]
    public async Task Hidden_content_has_the_same_answer_and_statements_as_missing_content()
    {
        var (draft, withdrawn, take) = (_ids["draft"].ToString(), _ids["withdrawn"].ToString(), _draftTake.ToString());
        var (none, noTake) = (ArticleId.New().ToString(), TakeId.New().ToString());
        var (scheduled, embargoed) = (_ids["scheduled"].ToString(), _ids["embargoed"].ToString());
        (string Query, string Hidden, string Missing)[] pairs =
        [
            ("node(id: \"X\") { __typename id ... on Article { slug headline } }", scheduled, none),
            ("node(id: \"X\") { __typename id ... on Article { slug headline } }", embargoed, none),
            ("article(id: \"X\") { headline takes { text } isBookmarked }", scheduled, none),
            ("article(id: \"X\") { headline takes { text } isBookmarked }", embargoed, none),
            ("articleSnapshot(id: \"X\", asOf: \"2026-11-20T00:00:00Z\") { headline }", scheduled, none),
            ("article(slug: \"X\") { headline }", "hidden-scheduled", "no-such-story"),
            ("article(slug: \"X\") { headline }", "hidden-embargoed", "no-such-story"),
            ("route(path: \"/articles/X\") { __typename path }", "hidden-scheduled", "no-such-story"),
            ("route(path: \"/articles/X\") { __typename path }", "hidden-embargoed", "no-such-story"),
            ("search(query: \"X\") { totalCount }", "hidden-scheduled", "no-such-story"),
            ("node(id: \"X\") { __typename id ... on Category { slug name } }", $"{_category}", $"{CategoryId.New()}"),
            ("node(id: \"X\") { __typename id ... on Tag { slug name } }", $"{_tag}", $"{TagId.New()}"),
            ("node(id: \"X\") { __typename id ... on Source { slug name } }", $"{_source}", $"{SourceId.New()}"),
            (
                "node(id: \"X\") { __typename id ... on Tool { slug name tags { slug } } }",
                $"{_tool}",
                $"{ToolId.New()}"
            ),
            ("route(path: \"/tools/X\") { __typename path }", $"{_tool}", $"{ToolId.New()}"),
            ("route(path: \"/tools/X\") { __typename path }", Hidden, "no-such-tool"),
            ("category(slug: \"X\") { name articles { totalCount } }", Hidden, "no-such-category"),
            ("tag(slug: \"X\") { name articles { totalCount } }", Hidden, "no-such-tag"),
            ("source(slug: \"X\") { name articles { totalCount } }", Hidden, "no-such-source"),
            ("tool(slug: \"X\") { name logo { url } articles { totalCount } }", Hidden, "no-such-tool"),
            ("articles(where: { category: { slug: { eq: \"X\" } } }) { totalCount nodes { slug } }", Hidden, "none"),
            ("articles(where: { tags: { some: { slug: { in: [\"X\", \"ci\"] } } } }) { totalCount }", Hidden, "none"),
            ("articles(where: { source: { slug: { eq: \"X\" } } }, first: 1) { nodes { slug } }", Hidden, "none"),
            ("articles(where: { about: { some: { slug: { eq: \"X\" } } } }) { totalCount }", Hidden, "none"),
            (
                "articleSnapshots(where: { tags: { some: { slug: { eq: \"X\" } } } }, asOf: \"2026-11-20T00:00:00Z\") { totalCount }",
                Hidden,
                "none"
            ),
            ("node(id: \"X\") { __typename id ... on Article { slug headline } }", draft, none),
            ("node(id: \"X\") { __typename id ... on Article { slug headline } }", withdrawn, none),
            ("node(id: \"X\") { __typename ... on Take { text article { slug } } }", take, noTake),
            ("nodes(ids: [\"X\", \"X\"]) { __typename id }", draft, none),
            ("nodes(ids: [\"X\"]) { __typename ... on Article { takes { text } } }", withdrawn, none),
            ("article(id: \"X\") { headline takes { text } isBookmarked }", draft, none),
            ("articleSnapshot(id: \"X\", asOf: \"2026-11-20T00:00:00Z\") { headline }", draft, none),
            ("article(slug: \"X\") { headline }", "hidden-draft", "no-such-story"),
            ("article(slug: \"X\") { headline }", "withdrawn-story", "no-such-story"),
            ("route(path: \"/articles/X\") { __typename path }", "hidden-draft", "no-such-story"),
            ("route(path: \"/articles/X/\") { __typename path }", "hidden-draft", "no-such-story"),
            (
                "search(query: \"X\") { totalCount pageInfo { hasNextPage endCursor } nodes { article { slug } } }",
                Hidden,
                "nosuchword"
            ),
            ("search(query: \"X*\") { totalCount facets { tags { count } } }", "zyzz", "nosu"),
            ("search(query: \"\\\"about X\\\"\") { totalCount nodes { highlights { html } } }", Hidden, "nosuchword"),
            ("search(query: \"X\") { totalCount }", "hidden-draft", "no-such-story"),
            (
                "personas { nodes { takes(first: 1) { totalCount nodes { text } } } } article(id: \"X\") { id }",
                draft,
                none
            ),
        ];
        foreach (var (query, hidden, missing) in pairs)
        {
            foreach (var (who, viewer) in Viewers)
            {
                var (there, forIt) = await AskedAsync(query, hidden, viewer);
                var (gone, forNone) = await AskedAsync(query, missing, viewer);

                Assert.True(there == gone, $"{query} as {who}:\n{there}\n{gone}");
                Assert.Equal(forNone, forIt);
                Assert.DoesNotContain(Hidden, there, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Theory]
    [InlineData(
        "articles(first: 3, after: \"X\") { totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage endCursor } }"
    )]
    [InlineData(
        "articles(last: 3, before: \"X\") { totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor } }"
    )]
    public async Task The_cursor_of_an_article_withdrawn_later_is_a_position_like_any_other(string query)
    {
        var page = JsonNode.Parse(
            await AskAsync("{ articles(first: 8) { edges { cursor node { id } } } }", Viewer.Anonymous)
        )!["data"]!["articles"]!["edges"]!.AsArray();
        var (cursor, id) = ((string)page[4]!["cursor"]!, (string)page[4]!["node"]!["id"]!);
        await WithdrawAsync(EntityId.Parse<ArticleId>(id)!.Value);

        // The same position for an article that never existed: only the last bits of its id differ, which do not affect
        // the order here.
        var bytes = Base64Url.DecodeFromChars(cursor);
        bytes[^1] ^= 1;
        var never = Base64Url.EncodeToString(bytes);
        foreach (var (who, viewer) in Viewers)
        {
            var (there, forIt) = await AskedAsync(query, cursor, viewer);
            var (gone, forNone) = await AskedAsync(query, never, viewer);

            Assert.True(there == gone, $"{who}:\n{there}\n{gone}");
            Assert.Equal(forNone, forIt);
            Assert.Contains("\"data\"", there, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("article(slug: \"SLUG\") { articleId }", "hidden-draft", "no-such-story")]
    [InlineData("article(slug: \"SLUG\") { id }", "withdrawn-story", "no-such-story")]
    [InlineData("article(slug: \"SLUG\") { id }", "hidden-scheduled", "no-such-story")]
    [InlineData("article(slug: \"SLUG\") { id }", "hidden-embargoed", "no-such-story")]
    [InlineData("route(path: \"/articles/SLUG\") { __typename }", "hidden-scheduled", "no-such-story")]
    [InlineData(
        "articleSnapshot(slug: \"SLUG\", asOf: \"2026-11-20T00:00:00Z\") { articleId }",
        "hidden-draft",
        "no-such-story"
    )]
    [InlineData("route(path: \"/articles/SLUG\") { __typename }", "hidden-draft", "no-such-story")]
    [InlineData("search(query: \"SLUG\") { totalCount nodes { __typename } }", Hidden, "nosuchword")]
    [InlineData(
        "articles(where: { tags: { some: { slug: { eq: \"SLUG\" } } } }) { totalCount }",
        Hidden,
        "no-such-tag"
    )]
    public async Task A_query_for_hidden_content_sends_as_many_statements_as_one_for_missing_content(
        string query,
        string hidden,
        string missing
    )
    {
        var (there, asMany) = (await CountAsync(hidden), await CountAsync(missing));

        Assert.Equal(asMany, there);

        async Task<int> CountAsync(string slug)
        {
            var asked = $"{{ {query.Replace("SLUG", slug, StringComparison.Ordinal)} }}";
            await AskAsync(asked, Viewer.Anonymous);
            _server.Statements.Take();
            await AskAsync(asked, Viewer.Anonymous);
            return _server.Statements.Take().Count;
        }
    }

    [Theory]
    [InlineData("category", "categories")]
    [InlineData("tag", "tags")]
    [InlineData("source", "sources")]
    [InlineData("tool", "tools")]
    public async Task A_cursor_with_the_id_of_a_hidden_term_acts_like_one_with_an_unknown_id(string kind, string list)
    {
        var (hidden, never) = kind switch
        {
            "category" => (_category.Value, CategoryId.New().Value),
            "tag" => (_tag.Value, TagId.New().Value),
            "source" => (_source.Value, SourceId.New().Value),
            _ => (_tool.Value, ToolId.New().Value),
        };
        var some = (string)
            JsonNode.Parse(await AskAsync($"{{ {list}(first: 1) {{ pageInfo {{ endCursor }} }} }}", Viewer.Anonymous))![
                "data"
            ]![list]!["pageInfo"]!["endCursor"]!;

        Assert.Equal(await PageAsync(never), await PageAsync(hidden));

        // A cursor ends with the id.
        Task<string> PageAsync(Guid id)
        {
            var bytes = Base64Url.DecodeFromChars(some);
            Assert.True(id.TryWriteBytes(bytes.AsSpan(bytes.Length - 16), bigEndian: true, out _));
            var cursor = Base64Url.EncodeToString(bytes);
            return AskAsync(
                $"{{ {list}(first: 2, after: \"{cursor}\") {{ totalCount nodes {{ slug }} pageInfo {{ hasNextPage }} }} }}",
                Viewer.Anonymous
            );
        }
    }

    private (string Topic, List<string> Queries)[] Queries()
    {
        var (draft, revised, withdrawn) = (_ids["draft"], _ids["revised"], _ids["withdrawn"]);
        const string card = "slug headline summary edition language";
        return
        [
            (
                "hidden_articles",
                [
                    """{ article(slug: "hidden-draft") { headline } }""",
                    $$"""{ article(id: "{{draft}}") { headline body { html } } }""",
                    $$"""{ node(id: "{{draft}}") { __typename } }""",
                    $$"""{ nodes(ids: ["{{draft}}", "{{revised}}", "{{withdrawn}}"]) { __typename } }""",
                    """{ route(path: "/articles/hidden-draft") { __typename } }""",
                    """{ articleSnapshot(slug: "hidden-draft", asOf: "2026-11-20T00:00:00Z") { headline } }""",
                ]
            ),
            (
                "revised_article",
                [
                    $$"""{ article(slug: "revised") { {{card}} body { plainText wordCount } takes { text } corrections { note } } }""",
                    $$"""{ article(id: "{{revised}}") { {{card}} seo { title description } consensus { split } } }""",
                    """{ article(slug: "revised") { related(first: 3) { slug } } }""",
                    """{ article(slug: "revised") { tags { slug articles(first: 2) { totalCount nodes { slug } } } category { articles { totalCount } } } }""",
                    """{ route(path: "/articles/revised") { __typename ... on ContentRoute { content { __typename ... on Article { headline } } } } }""",
                ]
            ),
            (
                "withdrawn_article",
                [
                    """{ article(slug: "withdrawn-story") { headline } }""",
                    $$"""{ article(id: "{{withdrawn}}") { headline } }""",
                    $$"""{ node(id: "{{withdrawn}}") { __typename } }""",
                    """{ route(path: "/articles/withdrawn-story") { __typename ... on GoneRoute { reason successor { slug } } } }""",
                    """{ articleSnapshot(slug: "withdrawn-story", asOf: "2026-11-20T00:00:00Z") { headline } }""",
                ]
            ),
            (
                "article_lists",
                [
                    """{ articles(first: 3) { totalCount nodes { slug headline } pageInfo { hasNextPage hasPreviousPage } } }""",
                    """{ articles(last: 2) { nodes { slug } pageInfo { hasNextPage hasPreviousPage } } }""",
                    """{ articles(first: 100) { nodes { slug } } }""",
                    """{ articles(first: 2, order: [{ updatedAt: DESC }]) { nodes { slug headline } } }""",
                    """{ articles(where: { tags: { some: { slug: { eq: "ci" } } } }) { totalCount nodes { slug } } }""",
                    """{ articles(where: { category: { slug: { eq: "security" } } }) { totalCount nodes { slug } } }""",
                    """{ articles(where: { category: { slug: { eq: "security" } }, tags: { some: { slug: { in: ["ci"] } } } }) { totalCount nodes { slug headline } } }""",
                    """{ articles(where: { publishedAt: { gte: "2026-11-24T00:00:00Z" } }) { totalCount nodes { slug } } }""",
                    """{ articles(where: { takes: { some: { persona: { slug: { eq: "the-skeptic" } } } } }) { totalCount } }""",
                    """{ articleSnapshots(first: 100, asOf: "2026-11-20T00:00:00Z") { totalCount } }""",
                ]
            ),
            (
                "search",
                [
                    """{ search(query: "zyzzogeton") { totalCount nodes { article { slug } } pageInfo { hasNextPage endCursor } } }""",
                    """{ search(query: "zyzz*") { totalCount facets { tags { count } categories { count } } } }""",
                    """{ search(query: "\"about zyzzogeton\"") { totalCount } }""",
                    """{ search(query: "printed") { totalCount nodes { article { slug } highlights { html } } facets { tags { count tag { slug } } } } }""",
                ]
            ),
            (
                "taxonomy",
                [
                    """{ tag(slug: "ci") { name articles(first: 3) { totalCount nodes { slug headline } } } }""",
                    """{ category(slug: "security") { articles(first: 3) { totalCount nodes { slug } } } }""",
                    """{ tags { totalCount nodes { slug articles(first: 1) { totalCount } } } }""",
                    """{ categories { nodes { slug articles(first: 1) { totalCount } } } }""",
                ]
            ),
            (
                "panel_tools_and_sources",
                [
                    """{ personas { nodes { slug takes(first: 1) { totalCount } articles(first: 1) { totalCount } } } }""",
                    """{ takes(first: 3) { totalCount pageInfo { hasNextPage hasPreviousPage } } }""",
                    """{ tools(first: 3) { totalCount nodes { slug articles(first: 1) { totalCount } } } }""",
                    """{ sources(first: 3) { totalCount nodes { slug articles(first: 1) { totalCount } } } }""",
                ]
            ),
            (
                "changes",
                [
                    """{ changes(first: 500) { hasNextPage nodes { __typename ... on ArticleUpserted { article { slug headline } } ... on ArticleRemoved { reason successor { slug } } } } }""",
                ]
            ),
            ("schema", ["""{ __type(name: "Article") { fields { name } } }"""]),
        ];
    }

    // Sends the query twice, so that the second run compiles nothing. Replaces the value in the answer by X.
    private async Task<(string Answer, IReadOnlyList<string> Sent)> AskedAsync(
        string query,
        string value,
        Viewer viewer
    )
    {
        var asked = $"{{ {query.Replace("X", value, StringComparison.Ordinal)} }}";
        await AskAsync(asked, viewer);
        _server.Statements.Take();
        var answer = await AskAsync(asked, viewer);
        return (answer.Replace(value, "X", StringComparison.Ordinal), _server.Statements.Take());
    }

    private async Task<string> AskAsync(string query, Viewer viewer)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var result = await scope
            .ServiceProvider.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(new GraphQLRequest(query), scope.ServiceProvider, viewer);
        var json = new ArrayBufferWriter<byte>();
        ResultWriter.Write(json, result);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private async Task AddHiddenTermsAsync(CmsDbContext db)
    {
        db.AddRange(
            new Category
            {
                Id = _category,
                Slug = Hidden,
                Name = Hidden,
            },
            new Tag
            {
                Id = _tag,
                Slug = Hidden,
                Name = Hidden,
            },
            new Source
            {
                Id = _source,
                Slug = Hidden,
                Name = Hidden,
            }
        );
        await db.SaveChangesAsync();
        _tool = Value(
            await _server
                .Services.GetRequiredService<CreateTool>()
                .Handle(
                    new CreateToolInput
                    {
                        Fields = new ToolFields { Name = Hidden, Tags = [_tag] },
                    },
                    Newsroom.Erin,
                    default
                )
        ).Id;
    }

    private async Task<ArticleId> CreateAsync(ArticleContent content, string slug) =>
        Value(
            await _server
                .Services.GetRequiredService<CreateArticle>()
                .Handle(new CreateArticleInput { Content = content, Slug = slug }, Arlo, default)
        ).Id;

    private async Task SaveAsync(ArticleId id, ArticleContent content, string text) =>
        Value(
            await _server
                .Services.GetRequiredService<SaveArticle>()
                .Handle(new SaveArticleInput { Id = id, Edit = _ => content.WithBody(BodyOf(text)) }, Arlo, default)
        );

    private async Task PublishAsync(ArticleId id) =>
        Value(
            await _server
                .Services.GetRequiredService<PublishArticle>()
                .Handle(new PublishArticleInput { Id = id }, Arlo, default)
        );

    private async Task WithdrawAsync(ArticleId id, ArticleId? successor = null) =>
        Value(
            await _server
                .Services.GetRequiredService<WithdrawArticle>()
                .Handle(
                    new WithdrawArticleInput
                    {
                        Id = id,
                        Reason = "Its source took it back.",
                        Successor = successor,
                    },
                    Arlo,
                    default
                )
        );

    private static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var errors) ? value : throw new InvalidOperationException($"{errors[0]}");

    private static RichText BodyOf(string text) =>
        RichText.FromMarkdown(text, EmbedSlugs.None).Succeeded(out var import, out var errors)
            ? import.Body
            : throw new InvalidOperationException($"{errors[0]}");

    private static Viewer Person(Role role) =>
        new()
        {
            Kind = ViewerKind.Person,
            Key = new PersonKey(Guid.Empty, Guid.Empty),
            Name = role.ToString(),
            Role = role,
        };
}
