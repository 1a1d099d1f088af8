using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Access;
using Cms.Api.Execution;
using Cms.Articles;
using Cms.Body;
using Cms.Data;
using Cms.Results;
using Cms.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>
/// What is published is one and the same for everyone who asks, and nothing tells that a hidden thing exists: not a
/// count, an error, a cursor, a search or a page's end.
/// </summary>
public sealed class SameQueriesTests : IAsyncLifetime
{
    // Stands in every hidden text, and nowhere else.
    private const string Hidden = "zyzzogeton";

    private readonly NewsroomServer _server = new();
    private readonly Dictionary<string, ArticleId> _ids = new(StringComparer.Ordinal);

    private static readonly Contributor Arlo = Contributor.Person("Arlo", "tenant/arlo");

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

        _ids["draft"] = await CreateAsync(content, "hidden-draft");

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
        await SaveAsync(revised, content, $"Only here does {Hidden} stand.");
        _ids["revised"] = revised;

        var withdrawn = await CreateAsync(content, "withdrawn-story");
        await PublishAsync(withdrawn);
        Value(
            await _server
                .Services.GetRequiredService<WithdrawArticle>()
                .Handle(
                    new WithdrawArticleInput
                    {
                        Id = withdrawn,
                        Reason = "Its source took it back.",
                        Successor = revised,
                        By = Arlo,
                    },
                    default
                )
        );
        _ids["withdrawn"] = withdrawn;
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_same_queries_have_the_same_answers_for_everyone()
    {
        var table = new JsonObject();
        foreach (var query in Queries())
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
            table[Masks.Hide(query)] = JsonNode.Parse(Masks.Hide(JsonNode.Parse(first)!.ToJsonString(Indented)));
        }

        Assert.Equal(40, Queries().Count);
        Snapshot.Match(table.ToJsonString(Indented));
    }

    [Theory]
    [InlineData("article(slug: \"SLUG\") { id }", "hidden-draft", "no-such-story")]
    [InlineData("article(slug: \"SLUG\") { id }", "withdrawn-story", "no-such-story")]
    [InlineData("article(slug: \"SLUG\", asOf: \"2026-11-20T00:00:00Z\") { id }", "hidden-draft", "no-such-story")]
    [InlineData("route(path: \"/articles/SLUG\") { __typename }", "hidden-draft", "no-such-story")]
    [InlineData("search(query: \"SLUG\") { totalCount nodes { __typename } }", Hidden, "nosuchword")]
    [InlineData(
        "articles(where: { tags: { some: { slug: { eq: \"SLUG\" } } } }) { totalCount }",
        Hidden,
        "no-such-tag"
    )]
    public async Task What_is_hidden_costs_the_statements_of_what_is_not_there(
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

    private List<string> Queries()
    {
        var (draft, revised, withdrawn) = (_ids["draft"], _ids["revised"], _ids["withdrawn"]);
        const string card = "slug headline summary edition language";
        return
        [
            """{ article(slug: "hidden-draft") { headline } }""",
            $$"""{ article(id: "{{draft}}") { headline body { html } } }""",
            $$"""{ node(id: "{{draft}}") { __typename } }""",
            $$"""{ nodes(ids: ["{{draft}}", "{{revised}}", "{{withdrawn}}"]) { __typename } }""",
            """{ route(path: "/articles/hidden-draft") { __typename } }""",
            $$"""{ article(slug: "revised") { {{card}} body { plainText wordCount } takes { text } corrections { note } } }""",
            $$"""{ article(id: "{{revised}}") { {{card}} seo { title description } consensus { split } } }""",
            """{ article(slug: "revised") { related(first: 3) { slug } } }""",
            """{ article(slug: "revised") { tags { slug articles(first: 2) { totalCount nodes { slug } } } category { articles { totalCount } } } }""",
            """{ route(path: "/articles/revised") { __typename ... on ContentRoute { content { __typename ... on Article { headline } } } } }""",
            """{ article(slug: "withdrawn-story") { headline } }""",
            $$"""{ article(id: "{{withdrawn}}") { headline } }""",
            $$"""{ node(id: "{{withdrawn}}") { __typename } }""",
            """{ route(path: "/articles/withdrawn-story") { __typename ... on GoneRoute { reason successor { slug } } } }""",
            """{ article(slug: "withdrawn-story", asOf: "2026-11-20T00:00:00Z") { headline } }""",
            """{ article(slug: "hidden-draft", asOf: "2026-11-20T00:00:00Z") { headline } }""",
            """{ articles(first: 3) { totalCount nodes { slug headline } pageInfo { hasNextPage hasPreviousPage } } }""",
            """{ articles(last: 2) { nodes { slug } pageInfo { hasNextPage hasPreviousPage } } }""",
            """{ articles(first: 100) { nodes { slug } } }""",
            """{ articles(first: 2, order: [{ updatedAt: DESC }]) { nodes { slug headline } } }""",
            """{ articles(where: { tags: { some: { slug: { eq: "ci" } } } }) { totalCount nodes { slug } } }""",
            """{ articles(where: { category: { slug: { eq: "security" } } }) { totalCount nodes { slug } } }""",
            """{ articles(where: { category: { slug: { eq: "security" } }, tags: { some: { slug: { in: ["ci"] } } } }) { totalCount nodes { slug headline } } }""",
            """{ articles(where: { publishedAt: { gte: "2026-11-24T00:00:00Z" } }) { totalCount nodes { slug } } }""",
            """{ articles(where: { takes: { some: { persona: { slug: { eq: "the-skeptic" } } } } }) { totalCount } }""",
            """{ articles(first: 100, asOf: "2026-11-20T00:00:00Z") { totalCount } }""",
            """{ search(query: "zyzzogeton") { totalCount nodes { article { slug } } pageInfo { hasNextPage endCursor } } }""",
            """{ search(query: "zyzz*") { totalCount facets { tags { count } categories { count } } } }""",
            """{ search(query: "\"about zyzzogeton\"") { totalCount } }""",
            """{ search(query: "printed") { totalCount nodes { article { slug } highlights { html } } facets { tags { count tag { slug } } } } }""",
            """{ tag(slug: "ci") { name articles(first: 3) { totalCount nodes { slug headline } } } }""",
            """{ category(slug: "security") { articles(first: 3) { totalCount nodes { slug } } } }""",
            """{ tags { totalCount nodes { slug articles(first: 1) { totalCount } } } }""",
            """{ categories { nodes { slug articles(first: 1) { totalCount } } } }""",
            """{ personas { nodes { slug takes(first: 1) { totalCount } articles(first: 1) { totalCount } } } }""",
            """{ takes(first: 3) { totalCount pageInfo { hasNextPage hasPreviousPage } } }""",
            """{ tools(first: 3) { totalCount nodes { slug articles(first: 1) { totalCount } } } }""",
            """{ sources(first: 3) { totalCount nodes { slug articles(first: 1) { totalCount } } } }""",
            """{ changes(first: 500) { hasNextPage nodes { __typename ... on ArticleUpserted { article { slug headline } } ... on ArticleRemoved { reason successor { slug } } } } }""",
            """{ __type(name: "Article") { fields { name } } }""",
        ];
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

    private async Task<ArticleId> CreateAsync(ArticleContent content, string slug) =>
        Value(
            await _server
                .Services.GetRequiredService<CreateArticle>()
                .Handle(
                    new CreateArticleInput
                    {
                        Content = content,
                        Slug = slug,
                        By = Arlo,
                    },
                    default
                )
        ).Id;

    private async Task SaveAsync(ArticleId id, ArticleContent content, string text) =>
        Value(
            await _server
                .Services.GetRequiredService<SaveArticle>()
                .Handle(
                    new SaveArticleInput
                    {
                        Id = id,
                        Content = content.WithBody(BodyOf(text)),
                        By = Arlo,
                    },
                    default
                )
        );

    private async Task PublishAsync(ArticleId id) =>
        Value(
            await _server
                .Services.GetRequiredService<PublishArticle>()
                .Handle(new PublishArticleInput { Id = id, By = Arlo }, default)
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

    private static System.Text.Json.JsonSerializerOptions Indented { get; } =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
