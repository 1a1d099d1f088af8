using Cms.Server.Tests.Support;
using Cms.Testing;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Server.Tests.Delivery;

[Needs("server")]
public sealed class DeliveryTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [Fact]
    public async Task An_article_is_returned_with_its_takes_and_everything_around_it() =>
        Snapshot.Match(
            await server.ReadAsync(
                """
                {
                  article(slug: "kestrel-9-knows-when-it-is-lost") {
                    id slug headline summary byline language edition disclosure
                    firstPublishedAt publishedAt updatedAt wordCount readingMinutes
                    category { slug name }
                    source { name url publishedOn publication { slug name homepage } }
                    tags { slug name }
                    about { slug name maker kind url summary tags { slug } }
                    takes { text stance confidence verdict publishedAt disclosure anchor { blockId } inReplyTo { id } persona { slug name lens } writtenAs { name lens } }
                    consensus { supportive mixed skeptical split }
                    corrections { at note severity }
                    seo { title description canonicalUrl noIndex }
                  }
                }
                """
            )
        );

    [Theory]
    [InlineData("html")]
    [InlineData("markdown")]
    [InlineData("plainText")]
    public async Task A_body_is_returned_as_text(string format)
    {
        var body = await server.QueryAsync(
            $$"""{ article(slug: "oxbow-one-and-a-half-people") { body { {{format}} } } }"""
        );
        Snapshot.Match(Masks.Hide((string)body["data"]!["article"]!["body"]![format]!), $"A_body_as_{format}");
    }

    [Theory]
    [InlineData("json", "json")]
    [InlineData("outline", "schemaVersion wordCount readingMinutes toc { anchor level text }")]
    [InlineData("references", "references { __typename ... on Article { slug headline } ... on Tool { slug name } }")]
    public async Task A_body_is_returned_as_data(string name, string fields) =>
        Snapshot.Match(
            await server.ReadAsync($$"""{ article(slug: "oxbow-one-and-a-half-people") { body { {{fields}} } } }"""),
            $"A_body_as_{name}"
        );

    [Fact]
    public async Task Lists_can_be_filtered_ordered_and_counted() =>
        Snapshot.Match(
            await server.ReadAsync(
                """
                {
                  newest: articles(first: 3) { totalCount nodes { slug publishedAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
                  oldest: articles(first: 2, order: [{ publishedAt: ASC }]) { nodes { slug publishedAt } }
                  last: articles(last: 2) { nodes { slug publishedAt } pageInfo { hasNextPage hasPreviousPage } }
                  category: articles(first: 2, where: { category: { slug: { eq: "security" } } }) { totalCount nodes { slug category { slug } } }
                  anyTag: articles(first: 4, where: { tags: { some: { slug: { in: ["quic", "crdt"] } } } }) { totalCount nodes { slug tags { slug } } }
                  bothTags: articles(where: { and: [{ tags: { some: { slug: { eq: "quic" } } } }, { tags: { some: { slug: { eq: "latency" } } } }] }) { totalCount nodes { slug } }
                  tool: articles(where: { about: { some: { slug: { eq: "oxbow" } } } }) { totalCount nodes { slug } }
                  source: articles(first: 2, where: { source: { slug: { eq: "stackwatch" } } }) { totalCount nodes { slug source { name } } }
                  persona: articles(first: 1, where: { takes: { some: { persona: { slug: { eq: "the-operator" } } } } }) { totalCount nodes { slug } }
                  summer: articles(where: { publishedAt: { gte: "2026-07-01T00:00:00Z", lt: "2026-08-01T00:00:00Z" } }) { totalCount nodes { slug publishedAt } }
                  updated: articles(first: 2, order: [{ updatedAt: DESC }], where: { category: { slug: { eq: "policy" } } }) { nodes { slug updatedAt } }
                  unknown: articles(where: { tags: { some: { slug: { eq: "no-such-tag" } } } }) { totalCount nodes { slug } }
                  nothing: articles(where: { tags: { some: { slug: { in: [] } } } }) { totalCount nodes { slug } }
                }
                """
            )
        );

    [Fact]
    public async Task Personas_tools_and_taxonomy_have_their_own_lists() =>
        Snapshot.Match(
            await server.ReadAsync(
                """
                {
                  personas { totalCount nodes { slug name lens accentColour order isActive isAi bio } }
                  persona(slug: "the-skeptic") { name lens }
                  takes(first: 2, where: { persona: { slug: { eq: "the-futurist" } } }) { totalCount nodes { verdict article { slug } persona { slug } } }
                  tools { totalCount nodes { slug name maker kind } }
                  tool(slug: "oxbow") { name url }
                  categories { nodes { slug name } }
                  category(slug: "open-source") { name }
                  tags(first: 3) { totalCount nodes { slug } pageInfo { hasNextPage } }
                  tag(slug: "quic") { name }
                  sources { totalCount nodes { slug name } }
                  source(slug: "stackwatch") { name }
                  search(query: "\"build cache\" runner*", first: 3) { totalCount nodes { article { slug headline } } }
                  nothing: search(query: "*** \"\" --") { totalCount nodes { article { slug } } }
                }
                """
            )
        );

    [Fact]
    public async Task Categories_tags_sources_tools_and_personas_have_lists_of_their_content() =>
        Snapshot.Match(
            await server.ReadAsync(
                """
                {
                  categories { nodes { slug articles(first: 1) { totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage } } } }
                  tag(slug: "quic") { articles(first: 2) { totalCount nodes { slug publishedAt } } oldest: articles(last: 1) { nodes { slug publishedAt } } }
                  source(slug: "stackwatch") { articles { nodes { slug } } }
                  tool(slug: "oxbow") { articles { totalCount nodes { slug } } }
                  personas { nodes { slug takes(first: 1) { totalCount nodes { verdict article { slug } } } articles(last: 1) { totalCount nodes { slug } } } }
                }
                """
            )
        );

    [Fact]
    public async Task Related_articles_share_the_most_topics() =>
        Snapshot.Match(
            await server.ReadAsync(
                """
                {
                  article(slug: "the-disk-said-yes") {
                    tags { slug } about { slug }
                    related(first: 4) { slug publishedAt tags { slug } about { slug } }
                  }
                }
                """
            )
        );

    [Fact]
    public async Task A_search_returns_highlights_and_facets() =>
        Snapshot.Match(
            await server.ReadAsync(
                """
                {
                  search(query: "revoc* sign", first: 3) {
                    totalCount
                    nodes { article { slug } highlights { field html } }
                    facets {
                      categories { count category { slug } }
                      tags { count tag { slug } }
                      sources { count source { slug } }
                      tools { count tool { slug } }
                    }
                  }
                  phrase: search(query: "\"build cache\"", first: 1) { nodes { highlights { html } } }
                  nothing: search(query: "zyzzyva") { nodes { highlights { html } } facets { tags { count } } }
                }
                """
            )
        );

    [Fact]
    public async Task Content_that_does_not_exist_is_null() =>
        Snapshot.Match(
            await server.ReadAsync(
                """
                {
                  bySlug: article(slug: "no-such-article") { id }
                  byId: article(id: "art_00000000000000000000000000000000") { id }
                  persona(slug: "nobody") { id }
                  tool(slug: "nothing") { id }
                  take(id: "tak_00000000000000000000000000000000") { id }
                  node(id: "per_00000000000000000000000000000000") { id }
                  nodes(ids: ["tag_00000000000000000000000000000000"]) { id }
                }
                """
            )
        );

    [Theory]
    [InlineData("malformed id", """{ article(id: "zzz") { id } }""")]
    [InlineData("id of another kind", """{ article(id: "tag_00000000000000000000000000000000") { id } }""")]
    [InlineData("neither slug nor id", "{ article { id } }")]
    [InlineData("foreign cursor", """{ articles(after: "AYoX9CL2NhNVAaILNX9vcwuCFmnsLH2f5A") { totalCount } }""")]
    [InlineData("first 0", "{ articles(first: 0) { totalCount } }")]
    [InlineData("first 1000", "{ articles(first: 1000) { totalCount } }")]
    [InlineData("first and last", "{ articles(first: 1, last: 1) { totalCount } }")]
    [InlineData("two orders", "{ articles(order: [{ publishedAt: ASC, updatedAt: ASC }]) { totalCount } }")]
    [InlineData("related 21", """{ article(slug: "the-disk-said-yes") { related(first: 21) { slug } } }""")]
    [InlineData(
        "a cursor of another parent",
        """{ tags(first: 2) { nodes { articles(after: "AZOQM_BCmHzLAAABoRaGQmABog47YqB7Do0RM4Y4pcUi") { nodes { slug } } } } }"""
    )]
    [InlineData("malformed node id", """{ node(id: "zzz") { id } }""")]
    [InlineData("unknown field", "{ articles { nodes { draft } } }")]
    [InlineData(
        "a write",
        """mutation { publishArticle(input: { id: "art_01990000000000000000000000000000" }) { errors { __typename } } }"""
    )]
    public async Task Invalid_input_is_rejected_with_a_code_and_a_way_to_fix_it(string what, string query) =>
        Snapshot.Match(await server.ReadAsync(query), $"Invalid_input_{what.Replace(' ', '_')}");

    [Fact]
    public async Task Every_node_can_be_read_by_its_id()
    {
        var ids = (
            await server.QueryAsync(
                """
                {
                  articles(first: 1) { nodes { id takes { id persona { id } } category { id } source { publication { id } } tags { id } } }
                  tools(first: 1) { nodes { id } }
                  authors(first: 1) { nodes { id } }
                }
                """
            )
        ).ToJsonString().Split('"').Where(text => text.Length == 36 && text[3] == '_').ToList();

        var nodes = (
            await server.QueryAsync("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", new { ids })
        )["data"]!["nodes"]!.AsArray();

        Assert.Equal(ids, nodes.Select(node => (string)node!["id"]!));
        Assert.Equal(
            ["Article", "Author", "Category", "Persona", "Source", "Tag", "Take", "Tool"],
            nodes.Select(node => (string)node!["__typename"]!).Distinct().Order()
        );
    }

    [Theory]
    [InlineData("articles", "first", "after", "hasNextPage", "endCursor", "")]
    [InlineData("articles", "last", "before", "hasPreviousPage", "startCursor", "")]
    [InlineData("articles", "first", "after", "hasNextPage", "endCursor", "order: [{ updatedAt: ASC }]")]
    [InlineData(
        "articles",
        "last",
        "before",
        "hasPreviousPage",
        "startCursor",
        "where: { tags: { some: { slug: { in: [\"ci\", \"governance\", \"latency\"] } } } }"
    )]
    [InlineData("takes", "first", "after", "hasNextPage", "endCursor", "")]
    [InlineData(
        "takes",
        "last",
        "before",
        "hasPreviousPage",
        "startCursor",
        "where: { persona: { slug: { in: [\"the-skeptic\", \"the-builder\"] } } }"
    )]
    [InlineData("tags", "first", "after", "hasNextPage", "endCursor", "")]
    [InlineData("tools", "last", "before", "hasPreviousPage", "startCursor", "")]
    [InlineData("personas", "first", "after", "hasNextPage", "endCursor", "")]
    [InlineData("personas", "last", "before", "hasPreviousPage", "startCursor", "")]
    public async Task Pages_contain_every_item_of_a_list_once(
        string list,
        string size,
        string from,
        string more,
        string cursor,
        string arguments
    )
    {
        List<string> seen = [];
        string? at = null;
        int total;
        do
        {
            var page = (
                await server.QueryAsync(
                    $$"""query($at: String) { {{list}}({{size}}: 3, {{from}}: $at, {{arguments}}) { totalCount nodes { id } pageInfo { {{more}} {{cursor}} } } }""",
                    new { at }
                )
            )["data"]![list]!;
            var ids = page["nodes"]!.AsArray().Select(node => (string)node!["id"]!).ToList();
            seen = size == "first" ? [.. seen, .. ids] : [.. ids, .. seen];
            total = (int)page["totalCount"]!;
            at = (bool)page["pageInfo"]![more]! ? (string)page["pageInfo"]![cursor]! : null;
        } while (at is not null);

        var whole = (await server.QueryAsync($$"""{ {{list}}(first: 100, {{arguments}}) { nodes { id } } }"""))[
            "data"
        ]![list]!["nodes"]!
            .AsArray()
            .Select(node => (string)node!["id"]!)
            .Take(total);
        Assert.Equal(total, seen.Count);
        Assert.Equal(whole, seen.Take(100));
    }

    [Theory]
    [InlineData("""tag(slug: "quic")""", "articles")]
    [InlineData("""category(slug: "security")""", "articles")]
    [InlineData("""persona(slug: "the-skeptic")""", "articles")]
    [InlineData("""persona(slug: "the-skeptic")""", "takes")]
    public async Task Pages_contain_every_item_of_a_parents_list_once(string parent, string list)
    {
        List<string> seen = [];
        string? at = null;
        int total;
        do
        {
            var page = (
                await server.QueryAsync(
                    $$"""query($at: String) { parent: {{parent}} { {{list}}(first: 2, after: $at) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }""",
                    new { at }
                )
            )["data"]!["parent"]![list]!;
            seen.AddRange(page["nodes"]!.AsArray().Select(node => (string)node!["id"]!));
            total = (int)page["totalCount"]!;
            at = (bool)page["pageInfo"]!["hasNextPage"]! ? (string)page["pageInfo"]!["endCursor"]! : null;
        } while (at is not null);

        Assert.Equal(total, seen.Distinct().Count());
        Assert.Equal(total, seen.Count);
    }

    // The statement for several parents differs from the one for a single parent.
    [Fact]
    public async Task A_parent_has_the_same_page_alone_and_among_others()
    {
        var together = (
            await server.QueryAsync(
                "{ tags(first: 100) { nodes { slug articles(first: 2) { totalCount nodes { slug } pageInfo { endCursor hasNextPage } } oldest: articles(last: 2) { nodes { slug } pageInfo { startCursor hasPreviousPage } } } } }"
            )
        )["data"]!["tags"]!["nodes"]!.AsArray();

        Assert.True(together.Count > 20);
        foreach (var tag in together)
        {
            var alone = (
                await server.QueryAsync(
                    "query($slug: String!) { tag(slug: $slug) { slug articles(first: 2) { totalCount nodes { slug } pageInfo { endCursor hasNextPage } } oldest: articles(last: 2) { nodes { slug } pageInfo { startCursor hasPreviousPage } } } }",
                    new { slug = (string)tag!["slug"]! }
                )
            )["data"]!["tag"]!;
            Assert.Equal(alone.ToJsonString(), tag.ToJsonString());
        }
    }
}
