using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.Authors;
using Cms.Changes;
using Cms.Data;
using Cms.Delivery;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.Media;
using Cms.Media.Library;
using Cms.Media.Rights;
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
using Xunit;

namespace Cms.Server.Tests.Caching;

/// <summary>Answers are cached, and dropped exactly when a change affects them.</summary>
[Needs("server")]
public sealed class AnswerCacheTests : IAsyncLifetime
{
    private static readonly Actor Erin = Newsroom.Erin;

    private static readonly Viewer Editor = new()
    {
        Kind = ViewerKind.Person,
        Key = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
        Name = "Erin",
        Role = Role.Editor,
    };

    private static readonly string[] Queries =
    [
        "{ articles(first: 5) { nodes { id headline takes { text persona { name } } tags { name } } } }",
        "{ articles(first: 3) { totalCount pageInfo { hasNextPage endCursor } nodes { slug updatedAt } } }",
        "{ articles(first: 4, order: [{ updatedAt: DESC }]) { nodes { slug } } }",
        "{ articles(last: 4) { nodes { slug } pageInfo { hasPreviousPage } } }",
        """{ articles(where: { category: { slug: { eq: "security" } } }) { totalCount nodes { slug headline } } }""",
        """{ articles(first: 2, where: { tags: { some: { slug: { eq: "ci" } } } }) { nodes { slug } pageInfo { hasNextPage } } }""",
        """{ articles(where: { tags: { some: { slug: { in: ["ci", "quic"] } } } }) { nodes { slug } } }""",
        """{ articles(where: { takes: { some: { persona: { slug: { eq: "the-skeptic" } } } } }) { totalCount } }""",
        """{ articles(where: { publishedAt: { gte: "2026-06-01T00:00:00Z" } }, order: [{ publishedAt: ASC }]) { nodes { slug } } }""",
        """{ article(slug: "the-disk-said-yes") { headline edition body { html } takes { text inReplyTo { id } } corrections { note } consensus { split } } }""",
        """{ article(slug: "story-of-tomorrow") { headline } }""",
        """{ persona(slug: "the-builder") { name bio } }""",
        "{ personas { nodes { name lens } } }",
        "{ tools { totalCount nodes { name summary tags { name } } } }",
        "{ tags { nodes { name } } }",
        "{ categories { nodes { name order colour } } }",
        """{ search(query: "story") { totalCount nodes { article { headline } } } }""",
        "{ takes(first: 5) { nodes { text article { slug } persona { name } } } }",
        "{ changes(first: 500) { latest nodes { __typename occurredAt } } }",
        """{ route(path: "/articles/the-disk-said-yes") { __typename ... on GoneRoute { reason } ... on RedirectRoute { to } } }""",
        "{ __type(name: \"Article\") { name } }",
        "{ takes(last: 3) { nodes { text article { slug } } pageInfo { hasPreviousPage } } }",
        """{ takes(where: { persona: { slug: { eq: "the-skeptic" } } }) { totalCount } }""",
        """{ tag(slug: "ci") { name articles(first: 2) { nodes { headline } pageInfo { hasNextPage } } } }""",
        "{ tags(first: 3) { nodes { articles(first: 1) { totalCount nodes { slug } } } } }",
        "{ personas { nodes { takes(first: 2) { totalCount nodes { text } } articles(last: 2) { nodes { slug } } } } }",
        """{ article(slug: "the-disk-said-yes") { related(first: 3) { headline } } }""",
        """{ articleSnapshots(first: 3, asOf: "2026-11-20T00:00:00Z") { totalCount nodes { headline } } }""",
        """{ articleSnapshot(slug: "the-disk-said-yes", asOf: "2026-11-20T00:00:00Z") { headline takes { text } } }""",
        "{ articles(first: 6) { nodes { heroImage { mediaId url alt caption credit rights { expiresAt } } } } }",
        """{ article(slug: "the-disk-said-yes") { heroImage { url srcset } body { html images { mediaId image { mediaId alt } } } } }""",
        "{ tools { nodes { name logo { url alt } } } personas { nodes { name avatar { url alt } } } }",
        "{ changes(first: 500) { nodes { ... on ImageUpserted { mediaId image { alt } } ... on ImageExpired { mediaId substitute { alt } } } } }",
        """{ search(query: "cache") { facets { tags { count tag { name } } } nodes { highlights { html } } } }""",
        """{ tag(slug: "soon") { name articles(first: 2) { totalCount nodes { slug } } } }""",
        """{ category(slug: "soon") { name } source(slug: "soon") { name homepage } }""",
        """{ tool(slug: "soon") { name summary tags { slug } logo { url } articles(first: 1) { totalCount } } }""",
        """{ route(path: "/tools/soon") { __typename ... on ContentRoute { content { ... on Tool { name } } } } }""",
        """{ articles(where: { tags: { some: { slug: { eq: "soon" } } } }) { totalCount nodes { slug } } }""",
        """{ articles(where: { about: { some: { slug: { in: ["soon", "quillon"] } } } }) { totalCount nodes { slug } } }""",
        "{ sources { totalCount nodes { slug } } tools(last: 3) { totalCount nodes { slug } } }",
        "{ changes(first: 500) { nodes { ... on TagUpserted { tag { slug } } ... on ToolUpserted { tool { name } } ... on CategoryUpserted { category { slug } } ... on SourceUpserted { source { slug } } } } }",
        """{ article(slug: "moved") { headline } }""",
        """{ route(path: "/articles/moved") { __typename ... on RedirectRoute { to } } }""",
        """{ tag(slug: "cached-0") { slug name articles(first: 2) { totalCount } } }""",
        """{ tag(slug: "cached-1") { slug name } category(slug: "cached-0") { slug } source(slug: "cached-0") { slug } }""",
        """{ articles(where: { tags: { some: { slug: { eq: "cached-0" } } } }) { totalCount nodes { slug } } }""",
        """{ articles(where: { tags: { some: { slug: { in: ["cached-1", "ci"] } } } }) { totalCount } }""",
        """{ route(path: "/tags/cached-0") { __typename ... on RedirectRoute { to } ... on ContentRoute { content { ... on Tag { name } } } } }""",
        """{ route(path: "/categories/security") { __typename ... on RedirectRoute { to } } }""",
        """{ article(slug: "the-disk-said-yes") { tags { slug } category { slug } related(first: 20) { slug } } }""",
        """{ search(query: "story") { facets { tags { count tag { slug } } categories { count category { slug } } } } }""",
        "{ articles(first: 5) { nodes { slug byline authors { slug name bio avatar { url alt } links { url } } } } }",
        "{ front { updatedAt category { slug } articles { slug headline updatedAt } } }",
        """{ front(category: "security") { updatedAt articles { slug } } }""",
        """{ front(category: "soon") { updatedAt category { name } articles { slug } } }""",
        "{ authors { totalCount nodes { slug name bio } } }",
        """{ author(slug: "ilse-varga") { name avatar { url } articles(first: 2) { totalCount nodes { slug } } } }""",
        """{ author(slug: "cached-0") { slug name } }""",
        """{ articles(where: { authors: { some: { slug: { in: ["ilse-varga", "cached-0"] } } } }) { totalCount nodes { slug } } }""",
        """{ route(path: "/authors/cached-0") { __typename ... on RedirectRoute { to } ... on ContentRoute { content { ... on Author { name } } } } }""",
        """{ article(slug: "the-disk-said-yes") { byline authors { name } } }""",
        """{ articleSnapshot(slug: "the-disk-said-yes", asOf: "2026-11-20T00:00:00Z") { byline authors { slug } } }""",
        "{ changes(first: 500) { nodes { ... on AuthorUpserted { author { slug name } } } } }",
        """{ search(query: "story", where: { category: { slug: { eq: "security" } } }) { totalCount nodes { article { headline } } facets { tags { count tag { slug } } } } }""",
        """{ search(query: "story", where: { tags: { some: { slug: { in: ["ci", "cached-0", "soon"] } } }, about: { some: { slug: { eq: "quillon" } } } }) { totalCount nodes { article { slug } } } }""",
        "{ personas { nodes { slug stances { supportive mixed skeptical } } } }",
        """{ persona(slug: "the-skeptic") { stances(since: "2026-11-01T00:00:00Z") { supportive mixed skeptical } } }""",
        "{ categories { nodes { slug stances { supportive mixed skeptical } } } }",
        """{ category(slug: "security") { stances(since: "2026-11-01T00:00:00Z") { supportive mixed skeptical } } }""",
        "{ articles(first: 3, where: { consensus: { split: { eq: true } } }) { totalCount nodes { slug } } }",
        """{ articles(first: 3, where: { consensus: { split: { eq: false } }, category: { slug: { eq: "security" } } }) { totalCount nodes { slug } } }""",
    ];

    private readonly NewsroomServer _server = new();

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        await _server.Services.GetRequiredService<ChangeFeed>().StartAsync(default);
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_any_edit_every_cached_answer_equals_a_fresh_one(int seed)
    {
        var edits = new Edits(_server.Services, seed);
        var hits = 0;
        for (var step = 0; step < 40; step++)
        {
            var edit = await edits.NextAsync();
            foreach (var query in Queries)
            {
                var (answer, hit) = await AskAsync(query);
                hits += hit ? 1 : 0;
                var fresh = await FreshAsync(query);
                Assert.True(answer == fresh, $"After {edit} (seed {seed}):\n{query}\ncached: {answer}\nfresh: {fresh}");
                await AskAsync(query);
            }
        }

        Assert.True(hits > 40 * 5, $"Only {hits} answers were still cached after an edit.");
    }

    [Fact]
    public async Task A_slug_that_was_requested_before_an_article_got_it_finds_the_article_afterwards()
    {
        const string bySlug = """{ article(slug: "moved-here") { slug } }""";
        const string byPath = """{ route(path: "/articles/moved-here") { __typename } }""";
        await AskAsync(bySlug);
        await AskAsync(byPath);
        await using var db = await _server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var article = await db.Articles.Where(a => a.Slug == "the-disk-said-yes").Select(a => a.Id).SingleAsync();

        Newsroom.Value(
            await _server
                .Services.GetRequiredService<ChangeSlug>()
                .Handle(new ChangeSlugInput { Id = article, Slug = "moved-here" }, Erin, default)
        );

        Assert.Equal("""{"data":{"article":{"slug":"moved-here"}}}""", (await AskAsync(bySlug)).Body);
        Assert.Equal("""{"data":{"route":{"__typename":"ContentRoute"}}}""", (await AskAsync(byPath)).Body);
    }

    [Theory]
    [InlineData("{ viewer { name } articles(first: 1) { nodes { slug } } }")]
    [InlineData("{ ...Who } fragment Who on Query { me: viewer { name } }")]
    [InlineData("query($no: Boolean = false) { viewer @skip(if: $no) { name } }")]
    public async Task An_answer_about_the_caller_is_private_every_time(string query)
    {
        var path = $"/graphql?query={Uri.EscapeDataString(query)}";
        for (var time = 1; time <= 2; time++)
        {
            using var answer = await _server.Client.GetAsync(path);
            using var posted = await _server.Client.PostAsync(
                "/graphql",
                new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json")
            );

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.All(
                [answer, posted],
                response =>
                {
                    Assert.True(response.Headers.CacheControl?.Private);
                    Assert.Null(response.Headers.CacheControl?.SharedMaxAge);
                    Assert.False(response.Headers.Contains("Surrogate-Key"));
                }
            );
        }
    }

    [Fact]
    public async Task An_answer_to_a_query_that_skips_the_viewer_field_is_public()
    {
        using var answer = await _server.Client.GetAsync(
            "/graphql?query=%7Bviewer@skip(if:true)%7Bname%7Dtags(first:1)%7Bnodes%7Bname%7D%7D%7D"
        );

        Assert.True(answer.Headers.CacheControl?.Public);
    }

    [Fact]
    public async Task A_change_drops_the_answers_it_affects_and_no_others()
    {
        foreach (var query in Queries)
        {
            await AskAsync(query);
        }

        // The oldest article is only on the last page, so answers with only the first page stay cached.
        var oldest = (await AskAsync("{ articles(last: 1) { nodes { id category { slug } tags { slug } } } }")).Body;
        using var json = JsonDocument.Parse(oldest);
        var id = json
            .RootElement.GetProperty("data")
            .GetProperty("articles")
            .GetProperty("nodes")[0]
            .GetProperty("id")
            .GetString()!;
        await CorrectAsync(EntityId.Parse<ArticleId>(id)!.Value);

        List<string> cached = [];
        foreach (var query in Queries)
        {
            if ((await AskAsync(query)).Hit)
            {
                cached.Add(query);
            }
        }

        Assert.Contains(Queries[0], cached);
        Assert.Contains(Queries[1], cached);
        Assert.Contains(Queries[9], cached);
        Assert.Contains(Queries[10], cached);
        Assert.Contains(Queries[11], cached);
        Assert.Contains(Queries[12], cached);
        Assert.Contains(Queries[17], cached);
        Assert.Contains(Queries[27], cached);
        Assert.Contains(Queries[28], cached);
        Assert.DoesNotContain(Queries[2], cached);
        Assert.DoesNotContain(Queries[3], cached);
        Assert.DoesNotContain(Queries[16], cached);
    }

    [Fact]
    public async Task A_response_says_whether_it_was_cached_and_how_long_browsers_and_caches_can_use_it()
    {
        const string url = "/graphql?query={articles(first:20){nodes{headline%20summary}}}";
        using var made = await _server.Client.GetAsync(url);
        using var cached = await _server.Client.GetAsync(url);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, url);
        conditional.Headers.IfNoneMatch.Add(made.Headers.ETag!);
        using var unchanged = await _server.Client.SendAsync(conditional);

        Assert.Equal("Cms; fwd=uri-miss; stored", made.Headers.GetValues("Cache-Status").Single());
        Assert.Equal("Cms; hit", cached.Headers.GetValues("Cache-Status").Single());
        Assert.False(made.Headers.ETag!.IsWeak);
        Assert.Equal(made.Headers.ETag, cached.Headers.ETag);
        Assert.Equal("public, max-age=0, s-maxage=5, stale-while-revalidate=30", Header(cached, "Cache-Control"));
        Assert.Equal(
            "Accept, Accept-Encoding, Authorization, Cookie, Cms-Perspective, Cms-Preview",
            Header(cached, "Vary")
        );
        Assert.Equal(20, Header(cached, "Surrogate-Key").Split(' ').Length);
        Assert.Equal(await made.Content.ReadAsStringAsync(), await cached.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_answer_is_compressed_in_an_encoding_that_the_client_accepts(string coding)
    {
        const string url = "/graphql?query={articles(first:20){nodes{headline%20summary}}}";
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
        using var compressed = await _server.Client.SendAsync(request);
        var plain = await _server.Client.GetByteArrayAsync(url);

        var body = await compressed.Content.ReadAsStreamAsync();
        await using Stream reader =
            coding == "br"
                ? new BrotliStream(body, CompressionMode.Decompress)
                : new GZipStream(body, CompressionMode.Decompress);
        using var read = new MemoryStream();
        await reader.CopyToAsync(read);

        Assert.Equal(coding, compressed.Content.Headers.ContentEncoding.Single());
        Assert.True(compressed.Content.Headers.ContentLength < plain.Length / 2);
        Assert.Equal(plain, read.ToArray());
        Assert.Contains($"-{coding}\"", compressed.Headers.ETag!.Tag, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"query":"{ nothing }"}""")]
    [InlineData("""{"query":"{ node(id: \"nonsense\") { id } }"}""")]
    [InlineData("""{"query":"{ articles(first: 0) { nodes { id } } }"}""")]
    public async Task Answers_with_errors_are_not_cached(string body)
    {
        using var once = await PostAsync(body);
        using var again = await PostAsync(body);

        Assert.Equal("Cms; fwd=bypass", Header(again, "Cache-Status"));
        Assert.Equal(0, _server.Services.GetRequiredService<AnswerCache>().Count);
    }

    [Fact]
    public async Task A_caller_with_an_invalid_token_gets_no_cached_answer()
    {
        const string body = """{"query":"{ articles(first: 1) { nodes { slug } } }"}""";
        using var anybody = await PostAsync(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "x");
        using var somebody = await _server.Client.SendAsync(request);

        Assert.Equal("Cms; fwd=uri-miss; stored", Header(anybody, "Cache-Status"));
        Assert.Equal(HttpStatusCode.Unauthorized, somebody.StatusCode);
        Assert.Equal("no-store", Header(somebody, "Cache-Control"));
    }

    private async Task CorrectAsync(ArticleId id)
    {
        var corrected = await _server
            .Services.GetRequiredService<CorrectArticle>()
            .Handle(new CorrectArticleInput { Id = id, Note = "It was six days." }, Erin, default);
        Assert.False(corrected.IsRefused);
    }

    private async Task<(string Body, bool Hit)> AskAsync(string query)
    {
        using var response = await PostAsync(JsonSerializer.Serialize(new { query }));
        return (await response.Content.ReadAsStringAsync(), Header(response, "Cache-Status") == "Cms; hit");
    }

    private Task<HttpResponseMessage> PostAsync(string json) =>
        _server.Client.PostAsync("/graphql", new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task<string> FreshAsync(string query)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var result = await scope
            .ServiceProvider.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(new GraphQLRequest(query), scope.ServiceProvider);
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        ResultWriter.Write(json, result);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated[name].ToString();

    /// <summary>Makes random editorial changes.</summary>
    private sealed class Edits(IServiceProvider services, int seed)
    {
        private readonly Random _random = new(seed);
        private int _number;

        private static Task<List<Tag>> TagsAsync(CmsDbContext db) =>
            db
                .Tags.AsNoTracking()
                .Where(t => t.MergedInto == null && t.DeletedAt == null)
                .OrderBy(t => t.Id)
                .ToListAsync();

        private static Task<List<Author>> AuthorsAsync(CmsDbContext db) =>
            db
                .Authors.AsNoTracking()
                .Where(a => a.MergedInto == null && a.DeletedAt == null)
                .OrderBy(a => a.Id)
                .ToListAsync();

        public async Task<string> NextAsync()
        {
            await using var db = await services
                .GetRequiredService<IDbContextFactory<CmsDbContext>>()
                .CreateDbContextAsync();
            var articles = await db.Articles.AsNoTracking().OrderBy(a => a.Id).ToListAsync();
            var article = articles[_random.Next(articles.Count)];
            var head = await db.Revisions.AsNoTracking().SingleAsync(r => r.Id == article.HeadId);
            var number = (++_number).ToString(CultureInfo.InvariantCulture);
            switch (_random.Next(25))
            {
                case 0:
                    var tags = await db.Tags.AsNoTracking().OrderBy(t => t.Id).ToListAsync();
                    await SaveAsync(article, head.Content with { Tags = [tags[_random.Next(tags.Count)].Id] });
                    await PublishAsync(article.Id);
                    return $"changing the tag of {article.Slug}";
                case 1:
                    await SaveAsync(article, head.Content with { Headline = $"Story {number}" });
                    await PublishAsync(article.Id);
                    return $"renaming {article.Slug}";
                case 14:
                    var spare = await TagsAsync(db);
                    await services
                        .GetRequiredService<RenameTerm<Tag, TagId>>()
                        .Handle(
                            new RenameTermInput<TagId>
                            {
                                Id = spare[_random.Next(spare.Count)].Id,
                                Slug = $"cached-{_random.Next(3)}",
                            },
                            Erin,
                            default
                        );
                    return "renaming a tag";
                case 15:
                    var both = await TagsAsync(db);
                    await services
                        .GetRequiredService<MergeTerms<Tag, TagId>>()
                        .Handle(
                            new MergeTermsInput<TagId>
                            {
                                From = both[_random.Next(both.Count)].Id,
                                Into = both[_random.Next(both.Count)].Id,
                            },
                            Erin,
                            default
                        );
                    return "merging two tags";
                case 16:
                    var unused = await TagsAsync(db);
                    await services
                        .GetRequiredService<DeleteTerm<Tag, TagId>>()
                        .Handle(
                            new DeleteTermInput<TagId> { Id = unused[_random.Next(unused.Count)].Id },
                            Erin,
                            default
                        );
                    return "deleting a tag";
                case 17:
                    var category = await db.Categories.AsNoTracking().FirstAsync(c => c.FirstPublishedAt != null);
                    await services
                        .GetRequiredService<EditTerm<Category, CategoryId>>()
                        .Handle(
                            new EditTermInput<CategoryId>
                            {
                                Id = category.Id,
                                Edit = fields => fields with { Order = _random.Next(9), Colour = "#00ff00" },
                            },
                            Erin,
                            default
                        );
                    return $"moving the category {category.Slug}";
                case 18:
                    var coming = await services
                        .GetRequiredService<CreateTerm<Tag, TagId>>()
                        .Handle(
                            new CreateTermInput { Fields = new TermFields { Name = $"cached {_random.Next(3)}" } },
                            Erin,
                            default
                        );
                    if (coming.Succeeded(out var tag, out _))
                    {
                        await SaveAsync(article, head.Content with { Tags = [tag.Id] });
                        await PublishAsync(article.Id);
                    }

                    return "publishing a new tag";
                case 23 or 24:
                    var shownOn = await db
                        .Categories.AsNoTracking()
                        .Where(c => c.MergedInto == null && c.DeletedAt == null)
                        .OrderBy(c => c.Id)
                        .ToListAsync();
                    var front = await services
                        .GetRequiredService<SaveFront>()
                        .Handle(
                            new SaveFrontInput
                            {
                                Category = _number % 2 == 0 ? null : shownOn[_random.Next(shownOn.Count)].Id,
                                Articles =
                                [
                                    .. articles
                                        .Where(a => a.TrashedAt is null)
                                        .OrderBy(_ => _random.Next())
                                        .Take(_random.Next(8))
                                        .Select(a => a.Id),
                                ],
                            },
                            Erin,
                            default
                        );
                    Assert.False(front.IsRefused);
                    return "saving a front";
                case 19:
                    var authors = await AuthorsAsync(db);
                    await services
                        .GetRequiredService<EditTerm<Author, AuthorId>>()
                        .Handle(
                            new EditTermInput<AuthorId>
                            {
                                Id = authors[_random.Next(authors.Count)].Id,
                                Edit = fields => fields with { Name = $"Author {number}", Bio = $"Bio {number}." },
                            },
                            Erin,
                            default
                        );
                    return "renaming an author";
                case 20:
                    var (of, shown) = (await AuthorsAsync(db), await AnyImageAsync(db));
                    await services
                        .GetRequiredService<EditTerm<Author, AuthorId>>()
                        .Handle(
                            new EditTermInput<AuthorId>
                            {
                                Id = of[_random.Next(of.Count)].Id,
                                Edit = fields => fields with { Avatar = shown.Id },
                            },
                            Erin,
                            default
                        );
                    return "changing the picture of an author";
                case 21:
                    var people = await AuthorsAsync(db);
                    if (_number % 2 == 0)
                    {
                        await services
                            .GetRequiredService<MergeTerms<Author, AuthorId>>()
                            .Handle(
                                new MergeTermsInput<AuthorId>
                                {
                                    From = people[_random.Next(people.Count)].Id,
                                    Into = people[_random.Next(people.Count)].Id,
                                },
                                Erin,
                                default
                            );
                        return "merging two authors";
                    }

                    await services
                        .GetRequiredService<RenameTerm<Author, AuthorId>>()
                        .Handle(
                            new RenameTermInput<AuthorId>
                            {
                                Id = people[_random.Next(people.Count)].Id,
                                Slug = $"cached-{_random.Next(2)}",
                            },
                            Erin,
                            default
                        );
                    return "moving an author";
                case 22:
                    var writer = await services
                        .GetRequiredService<CreateTerm<Author, AuthorId>>()
                        .Handle(
                            new CreateTermInput { Fields = new TermFields { Name = $"cached {_random.Next(3)}" } },
                            Erin,
                            default
                        );
                    var known = await AuthorsAsync(db);
                    await SaveAsync(
                        article,
                        head.Content with
                        {
                            Byline = _number % 3 == 0 ? "By the desk" : null,
                            Authors = writer.Succeeded(out var person, out _)
                                ? [person.Id]
                                : [known[_random.Next(known.Count)].Id],
                        }
                    );
                    await PublishAsync(article.Id);
                    return $"changing the authors of {article.Slug}";
                case 13:
                    var slug = article.Slug == "moved" ? $"moved-{number}" : "moved";
                    await services
                        .GetRequiredService<ChangeSlug>()
                        .Handle(new ChangeSlugInput { Id = article.Id, Slug = slug }, Erin, default);
                    return $"moving {article.Slug} to {slug}";
                case 2 when article.Status is ArticleStatus.Published:
                    await services
                        .GetRequiredService<WithdrawArticle>()
                        .Handle(
                            new WithdrawArticleInput
                            {
                                Id = article.Id,
                                Reason = "It was wrong.",
                                AcknowledgeUse = true,
                            },
                            Erin,
                            default
                        );
                    return $"withdrawing {article.Slug}";
                case 3:
                    await PublishAsync(article.Id);
                    return $"publishing {article.Slug}";
                case 4:
                    var created = await services
                        .GetRequiredService<CreateArticle>()
                        .Handle(
                            new CreateArticleInput
                            {
                                Content = head.Content with { Headline = $"Another story {number}" },
                                Slug = _number % 3 == 0 ? "story-of-tomorrow" : null,
                            },
                            Erin,
                            default
                        );
                    if (created.Succeeded(out var made, out _))
                    {
                        await PublishAsync(made.Id);
                    }

                    return "publishing a new story";
                case 5:
                    var persona = await db.Personas.AsNoTracking().OrderBy(p => p.Id).FirstAsync();
                    await services
                        .GetRequiredService<EditPersona>()
                        .Handle(
                            new EditPersonaInput
                            {
                                Id = persona.Id,
                                Edit = _ => new PersonaFields
                                {
                                    Slug = persona.Slug,
                                    Order = persona.Order,
                                    Profile = persona.Profile with { Name = $"The Builder {number}" },
                                },
                            },
                            Newsroom.Erin,
                            default
                        );
                    return "renaming a persona";
                case 6:
                    await services
                        .GetRequiredService<CreateTool>()
                        .Handle(
                            new CreateToolInput { Fields = new ToolFields { Name = $"Tool {number}" } },
                            Newsroom.Erin,
                            default
                        );
                    return "adding a tool";
                case 7:
                    await SaveAsync(article, head.Content with { HeroImageId = (await AnyImageAsync(db)).Id });
                    await PublishAsync(article.Id);
                    return $"changing the image of {article.Slug}";
                case 8:
                    var image = await AnyImageAsync(db);
                    await services
                        .GetRequiredService<SaveMedia>()
                        .Handle(
                            new SaveMediaInput { Id = image.Id, Alt = $"A drawing {number}." },
                            Editor.ToActor(),
                            default
                        );
                    return $"describing {image.FileName}";
                case 9:
                    var (ended, substitute) = (await AnyImageAsync(db), await AnyImageAsync(db));
                    await services
                        .GetRequiredService<SaveMediaRights>()
                        .Handle(
                            new SaveMediaRightsInput
                            {
                                Id = ended.Id,
                                CreditLine = $"Drawing {number}",
                                ExpiresAt = _number % 2 == 0 ? DateTimeOffset.UnixEpoch : null,
                                Substitute = _number % 3 == 0 ? substitute.Id : null,
                            },
                            Editor.ToActor(),
                            default
                        );
                    return $"changing the rights in {ended.FileName}";
                case 10:
                    await SaveAsync(article, await UnderNewTermsAsync(db, head.Content));
                    if (_number % 2 == 0)
                    {
                        await PublishAsync(article.Id);
                        return $"publishing {article.Slug} with new terms";
                    }

                    return $"saving {article.Slug} with new terms";
                case 11:
                    var tools = await db.Tools.AsNoTracking().OrderByDescending(t => t.Id).ToListAsync();
                    var tool = tools[_random.Next(Math.Min(tools.Count, 4))];
                    var added = await NewTagAsync(db);
                    await services
                        .GetRequiredService<EditTool>()
                        .Handle(
                            new EditToolInput
                            {
                                Id = tool.Id,
                                Edit = _ => new ToolFields
                                {
                                    Name = tool.Name,
                                    Summary = $"Summary {number}.",
                                    Tags = [.. tool.Tags, added],
                                },
                            },
                            Newsroom.Erin,
                            default
                        );
                    return $"describing {tool.Slug}";
                default:
                    await SaveAsync(article, head.Content with { Headline = $"Unpublished {number}" });
                    return $"saving {article.Slug} without publishing";
            }
        }

        private async Task<ArticleContent> UnderNewTermsAsync(CmsDbContext db, ArticleContent content)
        {
            var slug = await db.Categories.AnyAsync(c => c.Slug == "soon") ? $"soon-{_number}" : "soon";
            var (category, source) = (CategoryId.New(), SourceId.New());
            db.AddRange(
                new Category
                {
                    Id = category,
                    Slug = slug,
                    Name = $"Category {slug}",
                },
                new Source
                {
                    Id = source,
                    Slug = slug,
                    Name = $"Source {slug}",
                }
            );
            await db.SaveChangesAsync();
            var tag = await NewTagAsync(db);
            var tool = await services
                .GetRequiredService<CreateTool>()
                .Handle(
                    new CreateToolInput
                    {
                        Fields = new ToolFields { Name = slug, Tags = [tag] },
                    },
                    Newsroom.Erin,
                    default
                );
            return content with
            {
                CategoryId = category,
                SourceId = source,
                Tags = [tag, await NewTagAsync(db)],
                Tools = [tool.Value!.Id],
            };
        }

        private async Task<TagId> NewTagAsync(CmsDbContext db)
        {
            var slug = await db.Tags.AnyAsync(t => t.Slug == "soon") ? $"soon-{Guid.CreateVersion7():n}" : "soon";
            var tag = new Tag
            {
                Id = TagId.New(),
                Slug = slug,
                Name = $"Tag {slug}",
            };
            db.Add(tag);
            await db.SaveChangesAsync();
            return tag.Id;
        }

        private async Task<MediaAsset> AnyImageAsync(CmsDbContext db)
        {
            var images = await db.MediaAssets.AsNoTracking().OrderBy(a => a.Id).ToListAsync();
            return images[_random.Next(images.Count)];
        }

        private async Task SaveAsync(Article article, ArticleContent content) =>
            await services
                .GetRequiredService<SaveArticle>()
                .Handle(new SaveArticleInput { Id = article.Id, Edit = _ => content }, Erin, default);

        private Task<Result<Article>> PublishAsync(ArticleId id) =>
            services.GetRequiredService<PublishArticle>().Handle(new PublishArticleInput { Id = id }, Erin, default);
    }
}
