using System.Buffers;
using System.Text.Json.Nodes;
using Cms.GraphQL.Execution;
using Cms.Tests.SqlServer;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Support;

/// <summary>Every query of the schema, in every form that produces a different SQL statement.</summary>
public static class DeliveryOperations
{
    /// <summary>The slug of every term, persona and tool that the operations look up.</summary>
    public const string Slug = "text";

    private const string Card = "slug headline summary publishedAt updatedAt edition wordCount disclosure";
    private const string PastTime = "asOf: \"2020-06-01T00:00:00Z\"";
    private const string PageInfo = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

    private static readonly string Article = "art_" + PlausibleRows.Id.ToString("n");

    private static string Around { get; } =
        $$"""
            id {{Shared}}
            takes { id text verdict stance confidence publishedAt persona { name lens bio avatar { url } } article { headline } inReplyTo { text } }
            """;

    private static string PastAround { get; } =
        $$"""
            articleId {{Shared}} article { headline }
            takes { takeId text verdict stance confidence publishedAt persona { name lens bio avatar { url } } inReplyToId }
            """;

    private static string Shared =>
        $$"""
            {{Card}} byline authors { slug name avatar { url } links { label url } } body { json html markdown plainText images { image { url } } } category { name } source { name publication { slug homepage } }
            tags { slug name } about { name logo { url } tags { slug } } heroImage { url srcset alt credit rights { creator license } } corrections { at note severity } consensus { split }
            """;

    /// <summary>Operations that read single items or whole lists.</summary>
    public static IReadOnlyDictionary<string, string> Plain { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["article by slug"] = $$"""{ article(slug: "{{Slug}}") { {{Around}} } }""",
            ["article by id"] = $$"""{ article(id: "{{Article}}") { {{Around}} } }""",
            ["two articles by id"] =
                $$"""{ nodes(ids: ["{{Article}}", "art_01980000000070008000000000000002"]) { id ... on Article { {{Around}} } } }""",
            ["one article by id"] = $$"""{ node(id: "{{Article}}") { id } }""",
            ["article at a past time"] =
                $$"""{ articleSnapshot(slug: "{{Slug}}", asOf: "2020-06-01T00:00:00Z") { {{PastAround}} } }""",
            ["article by id at a past time"] =
                $$"""{ articleSnapshot(id: "{{Article}}", asOf: "2020-06-01T00:00:00Z") { headline } }""",
            ["lists of one parent"] = $$"""
                {
                  category(slug: "{{Slug}}") { articles(first: 1) { totalCount nodes { headline } } }
                  tag(slug: "{{Slug}}") { articles(first: 1) { totalCount nodes { headline } } }
                  source(slug: "{{Slug}}") { articles(last: 1) { totalCount nodes { headline } } }
                  author(slug: "{{Slug}}") { name bio articles(first: 1) { totalCount nodes { headline byline } } }
                  tool(slug: "{{Slug}}") { articles(first: 1) { totalCount nodes { headline } } }
                  persona(slug: "{{Slug}}") { articles(first: 1) { totalCount nodes { headline } } takes(first: 1) { totalCount nodes { text } } last: takes(last: 1) { nodes { text } } }
                }
                """,
            ["lists of several parents"] = $$"""
                {
                  tags(first: 5) { nodes { articles(first: 2) { totalCount nodes { headline } } oldest: articles(last: 2) { nodes { headline } } } }
                  personas(first: 5) { nodes { takes(first: 2) { totalCount nodes { text } } oldest: takes(last: 2) { nodes { text } } } }
                }
                """,
            ["persona"] = $$"""{ persona(slug: "{{Slug}}") { name lens bio } }""",
            ["tool"] = $$"""{ tool(slug: "{{Slug}}") { name url summary tags { name } } }""",
            ["route to an article"] =
                $$"""{ route(path: "/articles/{{Slug}}") { path ... on ContentRoute { content { ... on Article { slug } } } } }""",
            ["route to nothing"] = """{ route(path: "/articles/none") { path ... on GoneRoute { reason } } }""",
            ["route to a tool"] = $$"""{ route(path: "/tools/{{Slug}}") { path } }""",
            ["route to a category"] = $$"""{ route(path: "/categories/{{Slug}}") { path } }""",
            ["route to a tag"] =
                $$"""{ route(path: "/tags/{{Slug}}") { ... on ContentRoute { content { ... on Tag { slug } } } } }""",
            ["route to a source"] = $$"""{ route(path: "/sources/{{Slug}}") { path } }""",
            ["front of the home page"] = "{ front { updatedAt articles { headline } } }",
            ["front of a category"] =
                $$"""{ front(category: "{{Slug}}") { updatedAt category { name } articles { headline } } }""",
            ["route to an author"] = $$"""{ route(path: "/authors/{{Slug}}") { path } }""",
            ["terms under their former slugs"] = """
                { category(slug: "former") { name } tag(slug: "former") { name } source(slug: "former") { name } author(slug: "former") { name } }
                """,
            ["changes"] =
                "{ changes { latest nodes { cursor ... on ArticleUpserted { article { slug } } ... on ArticleRemoved { reason successor { slug } } ... on PersonaUpserted { persona { name } } ... on ToolUpserted { tool { name } } ... on TagUpserted { tag { name } } ... on CategoryUpserted { category { name } } ... on SourceUpserted { source { name } } ... on AuthorUpserted { author { name } } ... on ImageUpserted { image { url } } ... on ImageExpired { substitute { url } } } } }",
            ["related articles"] =
                $$"""{ article(slug: "{{Slug}}") { related { headline } } articles { nodes { related(first: 2) { slug tags { slug } } } } }""",
            ["search with highlights and facets"] = """
                {
                  search(query: "days") {
                    facets { categories { count category { name } } tags { count tag { name } } sources { count source { name } } tools { count tool { name } } }
                    nodes { highlights { field html } article { slug } }
                  }
                }
                """,
            ["stances"] = $$"""
                {
                  persona(slug: "{{Slug}}") { stances { supportive mixed skeptical } recent: stances(since: "2020-01-01T00:00:00Z") { mixed } }
                  personas { nodes { stances { supportive } } }
                  category(slug: "{{Slug}}") { stances { supportive mixed skeptical } recent: stances(since: "2020-01-01T00:00:00Z") { mixed } }
                  categories { nodes { stances { supportive } } }
                }
                """,
            ["search"] =
                $$"""{ search(query: "days \"they began\" mon*") { totalCount {{PageInfo}} nodes { article { {{Around}} } } } }""",
        };

    /// <summary>Lists that are read in pages with <c>$first, $after, $last, $before</c>.</summary>
    public static IReadOnlyDictionary<string, string> Paged { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["articles"] = Articles(""),
            ["articles, oldest first"] = Articles("order: [{ publishedAt: ASC }]"),
            ["articles by update"] = Articles("order: [{ updatedAt: DESC }]"),
            ["articles by update, oldest first"] = Articles("order: [{ updatedAt: ASC }]"),
            ["articles of a tag"] = Articles($$"""where: { tags: { some: { slug: { eq: "{{Slug}}" } } } }"""),
            ["articles of a category"] = Articles($$"""where: { category: { slug: { eq: "{{Slug}}" } } }"""),
            ["articles of a source"] = Articles($$"""where: { source: { slug: { eq: "{{Slug}}" } } }"""),
            ["articles of an author"] = Articles($$"""where: { authors: { some: { slug: { eq: "{{Slug}}" } } } }"""),
            ["articles about a tool"] = Articles($$"""where: { about: { some: { slug: { eq: "{{Slug}}" } } } }"""),
            ["articles with a persona's take"] = Articles(
                $$"""where: { takes: { some: { persona: { slug: { eq: "{{Slug}}" } } } } }"""
            ),
            ["articles in a time range"] = Articles(
                """where: { publishedAt: { gte: "2020-01-01T00:00:00Z", lt: "2040-01-01T00:00:00Z" } }"""
            ),
            ["articles in a time range, by update"] = Articles(
                """where: { publishedAt: { gt: "2020-01-01T00:00:00Z", lte: "2040-01-01T00:00:00Z" } }, order: [{ updatedAt: DESC }]"""
            ),
            ["articles with every filter"] = Articles(
                $$"""where: { tags: { some: { slug: { eq: "{{Slug}}" } } }, category: { slug: { eq: "{{Slug}}" } }, source: { slug: { eq: "{{Slug}}" } }, takes: { some: { persona: { slug: { eq: "{{Slug}}" } } } }, publishedAt: { gte: "2020-01-01T00:00:00Z" } }"""
            ),
            ["articles of terms under their former slugs"] = Articles(
                """where: { tags: { some: { slug: { eq: "former" } } }, category: { slug: { eq: "former" } }, source: { slug: { eq: "former" } } }"""
            ),
            ["articles of either of two tags"] = Articles(
                $$"""where: { tags: { some: { slug: { in: ["{{Slug}}", "other"] } } } }"""
            ),
            ["articles on which the panel is split"] = Articles("where: { consensus: { split: { eq: true } } }"),
            ["articles on which the panel is not split"] = Articles("where: { consensus: { split: { eq: false } } }"),
            ["articles of a tag on which the panel is split"] = Articles(
                $$"""where: { tags: { some: { slug: { eq: "{{Slug}}" } } }, consensus: { split: { eq: true } } }"""
            ),
            ["articles at a past time"] = PastArticles(""),
            ["articles at a past time, by update"] = PastArticles("order: [{ updatedAt: ASC }]"),
            ["articles at a past time, with every filter"] = PastArticles(
                $$"""where: { tags: { some: { slug: { eq: "{{Slug}}" } } }, category: { slug: { eq: "{{Slug}}" } }, takes: { some: { persona: { slug: { in: ["{{Slug}}", "other"] } } } }, publishedAt: { gte: "2020-01-01T00:00:00Z" } }"""
            ),
            ["search with a filter"] = List(
                "search",
                $$"""query: "days", where: { category: { slug: { eq: "{{Slug}}" } }, tags: { some: { slug: { in: ["{{Slug}}", "other"] } } }, publishedAt: { gte: "2020-01-01T00:00:00Z" }, consensus: { split: { eq: false } } }""",
                "article { slug }",
                "facets { categories { count } tags { count } sources { count } tools { count } }"
            ),
            ["search in one list"] = List(
                "search",
                $$"""query: "days", where: { about: { some: { slug: { eq: "{{Slug}}" } } } }""",
                "article { slug }"
            ),
            ["search in a time range"] = List(
                "search",
                """query: "days", where: { publishedAt: { gte: "2020-01-01T00:00:00Z" } }""",
                "article { slug }"
            ),
            ["takes"] = Takes(""),
            ["takes of a persona"] = Takes($$"""where: { persona: { slug: { eq: "{{Slug}}" } } }"""),
            ["personas"] = List("personas", "", "name lens order"),
            ["tools"] = List("tools", "", "name tags { name }"),
            ["categories"] = List("categories", "", "name order colour"),
            ["tags"] = List("tags", "", "name"),
            ["sources"] = List("sources", "", "name homepage"),
            ["authors"] = List("authors", "", "name bio links { label }"),
        };

    /// <summary>
    /// Runs all operations. For each list, it reads the first and last page, and the pages after and before a cursor.
    /// </summary>
    /// <param name="ask">Executes an operation and returns its data.</param>
    /// <param name="lists">Selects the lists to read; null for all of them.</param>
    public static async Task RunAsync(Func<string, Inputs, Task<JsonNode>> ask, Func<string, bool>? lists = null)
    {
        foreach (var query in Plain.Values)
        {
            await ask(query, Inputs.Empty);
        }

        foreach (var (_, query) in Paged.Where(list => lists?.Invoke(list.Key) ?? true))
        {
            var first = await ask(query, Page(("first", 1)));
            await ask(query, Page(("last", 1)));
            if (Cursor(first) is { } cursor)
            {
                await ask(query, Page(("first", 1), ("after", cursor)));
                await ask(query, Page(("last", 1), ("before", cursor)));
            }
        }
    }

    /// <summary>Executes an operation without HTTP, in a new scope.</summary>
    public static async Task<JsonNode> ExecuteAsync(IServiceProvider services, string query, Inputs variables)
    {
        await using var scope = services.CreateAsyncScope();
        var result = await scope
            .ServiceProvider.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(new GraphQLRequest(query) { Variables = variables }, scope.ServiceProvider);
        Assert.True(
            result.Errors is null,
            $"{query}\n{string.Join('\n', result.Errors?.Select(e => e.ToString()) ?? [])}"
        );
        var json = new ArrayBufferWriter<byte>();
        ResultWriter.Write(json, result);
        return JsonNode.Parse(json.WrittenSpan)!["data"]!;
    }

    private static string Articles(string arguments) => List("articles", arguments, Around);

    private static string PastArticles(string arguments) =>
        List("articleSnapshots", $"{PastTime}, {arguments}", PastAround);

    private static string Takes(string arguments) =>
        List("takes", arguments, "text persona { name } article { headline }");

    private static string List(string field, string arguments, string selection, string beside = "") =>
        $$"""query($first: Int, $after: String, $last: Int, $before: String) { {{field}}(first: $first, after: $after, last: $last, before: $before, {{arguments}}) { totalCount {{beside}} {{PageInfo}} nodes { {{selection}} } } }""";

    private static Inputs Page(params (string Name, object Value)[] variables) =>
        new(variables.ToDictionary(v => v.Name, object? (v) => v.Value, StringComparer.Ordinal));

    private static string? Cursor(JsonNode data) => (string?)data.AsObject().Single().Value!["pageInfo"]!["endCursor"];
}
