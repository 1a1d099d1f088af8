using Cms.Changes;
using Cms.GraphQL.Execution;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Delivery;

/// <summary>
/// The maximum number of SQL statements of each operation when nothing is cached, for any number of rows.
/// </summary>
[Needs("server")]
public sealed class StatementTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [Theory]
    [InlineData(
        "W1: the newest 20 articles with takes, personas, tags and source",
        6,
        "{ articles(first: 20) { nodes { id headline slug summary publishedAt source { name } takes { text persona { name lens } } tags { name } } } }"
    )]
    [InlineData(
        "W2: one article by slug with body, takes, personas and tags",
        5,
        """{ article(slug: "the-disk-said-yes") { headline body { json } takes { text persona { name lens } } tags { name } } }"""
    )]
    [InlineData(
        "W2 with HTML that embeds an article and a tool",
        7,
        """{ article(slug: "oxbow-one-and-a-half-people") { headline body { html } takes { text persona { name lens } } tags { name } } }"""
    )]
    [InlineData(
        "W3: a tag's page",
        2,
        """{ articles(first: 20, where: { tags: { some: { slug: { eq: "ci" } } } }) { nodes { headline } } }"""
    )]
    [InlineData("W5: search", 1, """{ search(query: "cache", first: 10) { nodes { article { headline } } } }""")]
    [InlineData("article by id", 1, """{ article(id: "art_00000000000000000000000000000000") { headline } }""")]
    [InlineData("a plain list", 1, "{ articles { nodes { headline } } }")]
    [InlineData("a counted list", 2, "{ articles { totalCount nodes { headline } } }")]
    [InlineData(
        "three kinds of filter",
        4,
        """{ articles(where: { tags: { some: { slug: { in: ["ci", "quic"] } } }, category: { slug: { eq: "security" } }, takes: { some: { persona: { slug: { eq: "the-skeptic" } } } } }) { nodes { headline } } }"""
    )]
    [InlineData(
        "20 articles with everything linked to them",
        11,
        "{ articles { nodes { headline category { name } source { name publication { slug } } tags { slug } about { name tags { slug } } corrections { note } consensus { split } takes { text persona { name } inReplyTo { id } } } } }"
    )]
    [InlineData(
        "takes with their articles and personas",
        3,
        "{ takes { nodes { text persona { name } article { headline } } } }"
    )]
    [InlineData("personas", 1, "{ personas { nodes { name } } }")]
    [InlineData("tools with tags", 2, "{ tools { nodes { name tags { name } } } }")]
    [InlineData("taxonomy", 3, "{ tags { nodes { name } } categories { nodes { name } } sources { nodes { name } } }")]
    [InlineData("the articles of one tag", 2, """{ tag(slug: "ci") { articles(first: 5) { nodes { headline } } } }""")]
    [InlineData(
        "the articles of a hundred tags, with a count and their tags",
        5,
        "{ tags(first: 100) { nodes { name articles(first: 3) { totalCount nodes { headline tags { name } } } } } }"
    )]
    [InlineData(
        "the articles of every kind of parent",
        7,
        "{ tags { nodes { articles(first: 2) { nodes { slug } } } } categories { nodes { articles(first: 2) { nodes { slug } } } } sources { nodes { articles(first: 2) { nodes { slug } } } } tools { nodes { articles(first: 2) { nodes { slug } } } } personas { nodes { articles(first: 2) { nodes { slug } } } } }"
    )]
    [InlineData(
        "the takes of every persona, with their articles",
        3,
        "{ personas { nodes { takes(first: 3) { nodes { text article { slug } } } } } }"
    )]
    [InlineData(
        "three levels of lists",
        8,
        "{ categories { nodes { articles(first: 2) { nodes { tags { articles(first: 2) { nodes { about { articles(first: 1) { nodes { slug } } } } } } } } } } }"
    )]
    [InlineData(
        "the related articles of 20 articles",
        5,
        "{ articles { nodes { headline related(first: 3) { headline } } } }"
    )]
    [InlineData(
        "an article as of a past time",
        4,
        """{ articleSnapshot(slug: "the-disk-said-yes", asOf: "2026-11-20T00:00:00Z") { headline takes { text } tags { name } } }"""
    )]
    [InlineData(
        "a list as of a past time",
        2,
        """{ articleSnapshots(asOf: "2026-11-20T00:00:00Z") { nodes { headline takes { text } } } }"""
    )]
    [InlineData(
        "search with highlights",
        2,
        """{ search(query: "cache") { nodes { article { headline } highlights { html } } } }"""
    )]
    [InlineData(
        "search with facets",
        9,
        """{ search(query: "cache") { nodes { article { headline } } facets { categories { count category { name } } tags { count tag { name } } sources { count source { name } } tools { count tool { name } } } } }"""
    )]
    [InlineData(
        "search in two facets",
        3,
        """{ search(query: "cache", where: { tags: { some: { slug: { eq: "ci" } } }, category: { slug: { eq: "security" } } }) { nodes { article { headline } } } }"""
    )]
    [InlineData(
        "the stances of every persona, in all and since a time",
        3,
        """{ personas { nodes { stances { supportive mixed skeptical } recent: stances(since: "2026-11-01T00:00:00Z") { mixed } } } }"""
    )]
    [InlineData(
        "the stances in every category",
        2,
        "{ categories { nodes { stances { supportive mixed skeptical } } } }"
    )]
    [InlineData(
        "articles on which the panel is split",
        1,
        "{ articles(where: { consensus: { split: { eq: true } } }) { nodes { headline } } }"
    )]
    [InlineData(
        "articles that search engines may list",
        1,
        "{ articles(where: { seo: { noIndex: { eq: false } } }) { nodes { headline } } }"
    )]
    [InlineData("the images of 20 articles", 2, "{ articles { nodes { headline heroImage { url alt credit } } } }")]
    [InlineData(
        "images at three levels",
        8,
        "{ articles { nodes { heroImage { url } about { logo { url } } takes { persona { avatar { url } } } } } }"
    )]
    [InlineData(
        "a body with its images and a tool that it embeds",
        3,
        """{ article(slug: "the-disk-said-yes") { body { html images { mediaId image { srcset } } } } }"""
    )]
    [InlineData("the schema", 0, "{ __schema { types { name } } }")]
    public async Task An_operation_stays_within_its_statement_limit(string operation, int most, string query)
    {
        server.Statements.Take();

        var answer = await server.QueryAsync(query);

        var sent = server.Statements.Take();
        Assert.True(answer["errors"] is null, $"{operation}: {answer}");
        Assert.True(sent.Count <= most, $"{operation} sent {sent.Count} statements:\n{string.Join("\n\n", sent)}");
    }

    [Fact]
    public async Task Columns_that_no_field_needs_are_not_read()
    {
        server.Statements.Take();

        await server.QueryAsync("{ articles(first: 1) { nodes { slug takes { verdict } } } }");

        var sent = string.Join('\n', server.Statements.Take());
        Assert.Contains("\"Slug\"", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Body\"", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Headline\"", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Text\"", sent, StringComparison.Ordinal);
    }
}

/// <summary>
/// The limits while the server follows the change log, as in production. It then caches personas, tools and taxonomy.
/// </summary>
[Needs("server")]
public sealed class KeptStatementTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [Theory]
    [InlineData(
        "W1",
        3,
        "{ articles(first: 20) { nodes { id headline slug summary publishedAt source { name } takes { text persona { name lens } } tags { name } } } }"
    )]
    [InlineData(
        "W2",
        3,
        """{ article(slug: "the-disk-said-yes") { headline source { name } body { json } takes { text persona { name lens } } tags { name } } }"""
    )]
    [InlineData(
        "20 articles with everything linked to them",
        6,
        "{ articles { nodes { headline category { name } source { name publication { slug } } tags { slug } about { name tags { slug } } corrections { note } consensus { split } takes { text persona { name } inReplyTo { id } } } } }"
    )]
    [InlineData(
        "images at three levels",
        6,
        "{ articles { nodes { heroImage { url } about { logo { url } } takes { persona { avatar { url } } } } } }"
    )]
    [InlineData(
        "three levels of lists",
        6,
        "{ categories { nodes { articles(first: 2) { nodes { tags { articles(first: 2) { nodes { about { articles(first: 1) { nodes { slug } } } } } } } } } } }"
    )]
    public async Task An_operation_stays_within_its_statement_limit(string operation, int most, string query)
    {
        await server.Services.GetRequiredService<ChangeFeed>().StartAsync(CancellationToken.None);
        await server.QueryAsync(query);
        server.Statements.Take();

        await using var scope = server.Services.CreateAsyncScope();
        var answer = await scope
            .ServiceProvider.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(new GraphQLRequest(query), scope.ServiceProvider);

        var sent = server
            .Statements.Take()
            .Where(sql => !sql.Contains("\"Changes\"", StringComparison.Ordinal))
            .ToList();
        Assert.Null(answer.Errors);
        Assert.True(sent.Count <= most, $"{operation} sent {sent.Count} statements:\n{string.Join("\n\n", sent)}");
    }
}
