using System.Text.Json.Nodes;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Preview;

/// <summary>
/// The law of preview tokens: a token opens exactly one article. The same queries are sent without and with the token.
/// </summary>
[Needs("server")]
public sealed class PreviewLawTests : IAsyncLifetime
{
    // X is the previewed article, OTHER one that embeds it, TAKE a published take on X. Every article has its id.
    private static readonly string[] Queries =
    [
        """{ article(id: "X") { id headline summary edition slug byline language wordCount readingMinutes disclosure } }""",
        """{ article(slug: "SLUG") { id headline body { json html markdown plainText toc { text } wordCount } } }""",
        """{ article(id: "X") { id heroImage { mediaId url srcset alt caption credit urlsExpireAt } category { slug } } }""",
        """{ article(id: "X") { id tags { id slug articles(first: 3) { totalCount nodes { id headline } } } } }""",
        """{ article(id: "X") { id about { id slug name articles(first: 3) { nodes { id headline } } } } }""",
        """{ article(id: "X") { id takes { id text previewStatus writtenAs { name } inReplyTo { id } article { id headline } } } }""",
        """{ article(id: "X") { id consensus { supportive mixed skeptical split } related(first: 5) { id headline } } }""",
        """{ article(id: "X") { id seo { title description canonicalUrl } authors { id name articles(first: 2) { nodes { id headline } } } } }""",
        """{ article(id: "X") { id source { name url publication { id slug } } corrections { at note } publishedAt updatedAt } }""",
        """{ article(id: "X") { id body { references { ... on Article { id headline } ... on Tool { id name } } images { mediaId image { url } } } } }""",
        """{ article(id: "OTHER") { id headline body { html markdown plainText } } }""",
        """{ article(id: "OTHER") { id body { references { ... on Article { id headline tags { slug } } ... on Tool { id name } } } } }""",
        """{ article(id: "OTHER") { id related(first: 20) { id headline summary edition } } }""",
        """{ article(slug: "eight-days-with-lanterndb-2") { id headline takes { id text previewStatus article { id headline } } } }""",
        """{ node(id: "X") { id __typename ... on Article { headline takes { id text } } } }""",
        """{ nodes(ids: ["X", "OTHER", "TAKE", "X"]) { id ... on Article { headline } ... on Take { text article { id headline } } } }""",
        """{ node(id: "TAKE") { id ... on Take { text previewStatus article { id headline body { plainText } } } } }""",
        """{ take(id: "TAKE") { id text verdict article { id headline } persona { id name } } }""",
        """{ route(path: "/articles/SLUG") { path __typename ... on ContentRoute { content { ... on Article { id headline } } } } }""",
        """{ route(path: "/articles/X") { path __typename ... on RedirectRoute { to } } }""",
        """{ route(path: "/articles/never-published") { path __typename } }""",
        """{ route(path: "/tools/lantern-db") { path ... on ContentRoute { content { ... on Tool { id articles(first: 5) { nodes { id headline } } } } } } }""",
        """{ articles(first: 30) { totalCount nodes { id slug headline summary edition publishedAt updatedAt } } }""",
        """{ articles(first: 30) { nodes { id headline takes { id text previewStatus } tags { slug } about { slug } heroImage { url } } } }""",
        """{ articles(first: 10, order: [{ updatedAt: DESC }]) { nodes { id headline } pageInfo { endCursor hasNextPage } } }""",
        """{ articles(where: { tags: { some: { slug: { eq: "databases" } } } }) { totalCount nodes { id headline } } }""",
        """{ articles(where: { about: { some: { slug: { eq: "lantern-db" } } } }) { totalCount nodes { id headline } } }""",
        """{ articles(where: { category: { slug: { eq: "infrastructure" } } }) { totalCount nodes { id headline } } }""",
        """{ search(query: "weather stations") { totalCount nodes { article { id headline } highlights { html } } } }""",
        """{ search(query: "nobody has read this headline") { totalCount nodes { article { id headline } } } }""",
        """{ front { articles { id headline summary } } }""",
        """{ tool(slug: "lantern-db") { id name articles(first: 10) { totalCount nodes { id headline } } } }""",
        """{ tool(slug: "unreleased") { id name } tag(slug: "secret-tag") { id name } }""",
        """{ category(slug: "infrastructure") { id name articles(first: 5) { totalCount nodes { id headline } } } }""",
        """{ author(slug: "ilse-varga") { id name articles(first: 10) { totalCount nodes { id headline } } } }""",
        """{ tags(first: 100) { totalCount nodes { id slug } } tools(first: 100) { totalCount nodes { id slug } } }""",
        """{ persona(slug: "the-builder") { id takes(first: 100) { totalCount nodes { id text article { id headline } } } } }""",
        """{ takes(first: 100) { totalCount nodes { id text previewStatus article { id headline } } } }""",
        """{ changes(first: 500) { latest nodes { __typename occurredAt ... on ArticleUpserted { articleId article { id headline } } } } }""",
        """{ articleSnapshot(slug: "SLUG", asOf: "2026-11-20T00:00:00Z") { headline takes { text } article { id headline } } }""",
        """{ articleSnapshots(first: 30, asOf: "2026-11-20T00:00:00Z") { totalCount nodes { articleId headline } } }""",
        """{ viewer { name } categories { nodes { id slug } } sources { nodes { id slug } } }""",
    ];

    // The queries that show X by itself, by their position above.
    private const int Showing = 10;

    private PreviewedNewsroom _newsroom = null!;

    public async Task InitializeAsync() => _newsroom = await PreviewedNewsroom.StartAsync();

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Fact]
    public async Task A_preview_token_changes_only_the_article_that_it_opens()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Id);
        List<string> wrong = [];
        var shown = 0;
        foreach (var query in Queries.Select(Filled))
        {
            var published = await _newsroom.ReadAsync(query, token: null);
            var previewed = await _newsroom.ReadAsync(query, link.Token);
            Assert.True(published["errors"] is null, $"{query}: {published["errors"]?.ToJsonString()}");
            Assert.True(previewed["errors"] is null, $"{query}: {previewed["errors"]?.ToJsonString()}");
            shown += JsonNode.DeepEquals(published, previewed) ? 0 : 1;
            if (!JsonNode.DeepEquals(WithoutIt(published), WithoutIt(previewed)))
            {
                wrong.Add($"{query}\n{published.ToJsonString()}\n{previewed.ToJsonString()}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(shown > Showing, $"Only {shown} answers show the preview.");
    }

    [Fact]
    public async Task Each_query_by_id_slug_or_path_shows_the_newest_revision()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Id);
        foreach (
            var query in (string[])
                [
                    """{ article(id: "X") { id headline } }""",
                    """{ article(slug: "SLUG") { id headline } }""",
                    """{ node(id: "X") { id ... on Article { headline } } }""",
                    """{ nodes(ids: ["OTHER", "X"]) { id ... on Article { headline } } }""",
                    """{ route(path: "/articles/SLUG") { ... on ContentRoute { content { ... on Article { id headline } } } } }""",
                    """{ article(id: "OTHER") { id body { references { ... on Article { id headline } } } } }""",
                    """{ article(id: "OTHER") { id related(first: 20) { id headline } } }""",
                    """{ take(id: "TAKE") { article { id headline } } }""",
                ]
        )
        {
            var answer = (await _newsroom.ReadAsync(Filled(query), link.Token)).ToJsonString();

            Assert.Contains(PreviewedNewsroom.Headline, answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_revoked_or_expired_token_is_answered_with_the_same_bytes_as_no_token()
    {
        var revoked = await _newsroom.LinkAsync(_newsroom.Id);
        Assert.Contains(
            PreviewedNewsroom.Headline,
            await (await _newsroom.SendAsync(Filled(Queries[0]), revoked.Token)).Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        await _newsroom.RevokeAsync(revoked.Id);
        var expired = await _newsroom.LinkAsync(_newsroom.Id);
        await _newsroom.ExpireAsync(expired.Id);
        List<string> wrong = [];
        foreach (var query in Queries.Select(Filled))
        {
            foreach (var token in (string[])[revoked.Token!, expired.Token!, "cmsp_unknown", "", "x"])
            {
                // The first answer is cached, so the order of the two must not matter.
                var first = await RawAsync(query, token);
                var second = await RawAsync(query, null);
                if (!first.AsSpan().SequenceEqual(second))
                {
                    wrong.Add($"{query} with {token}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_token_does_not_open_takes_images_terms_or_drafts_by_their_own_ids()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Id);
        var hidden = new object[]
        {
            _newsroom.UnapprovedTake,
            _newsroom.Image,
            _newsroom.Tag,
            _newsroom.Tool,
            _newsroom.Unpublished,
        };
        foreach (var id in hidden)
        {
            var query = $$"""{ node(id: "{{id}}") { id __typename } }""";
            var answer = await _newsroom.ReadAsync(query, link.Token);

            Assert.Null(answer["data"]?["node"]);
            Assert.Equal((await _newsroom.ReadAsync(query, token: null)).ToJsonString(), answer.ToJsonString());
        }

        var others = await _newsroom.ReadAsync(
            $$"""
            {
              take(id: "{{_newsroom.UnapprovedTake}}") { id }
              article(id: "{{_newsroom.Unpublished}}") { id }
              bySlug: article(slug: "never-published") { id }
              route(path: "/articles/never-published") { path }
              tag(slug: "secret-tag") { id }
              tool(slug: "unreleased") { id }
            }
            """,
            link.Token
        );
        Assert.All(others["data"]!.AsObject(), field => Assert.Null(field.Value));
    }

    [Fact]
    public async Task A_token_for_a_draft_opens_it_only_where_it_is_named()
    {
        var link = await _newsroom.LinkAsync(_newsroom.Unpublished);
        foreach (
            var query in (string[])
                [
                    """{ article(id: "DRAFT") { id headline edition takes { id } body { html } } }""",
                    """{ article(slug: "never-published") { id headline firstPublishedAt publishedAt updatedAt } }""",
                    """{ node(id: "DRAFT") { id ... on Article { headline related { id } } } }""",
                    """{ route(path: "/articles/never-published") { ... on ContentRoute { content { ... on Article { id headline } } } } }""",
                ]
        )
        {
            var asked = Filled(query).Replace("DRAFT", _newsroom.Unpublished.ToString(), StringComparison.Ordinal);
            var answer = await _newsroom.ReadAsync(asked, link.Token);

            Assert.True(answer["errors"] is null, answer.ToJsonString());
            Assert.Contains(_newsroom.Unpublished.ToString(), answer.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(
                _newsroom.Unpublished.ToString(),
                (await _newsroom.ReadAsync(asked, token: null)).ToJsonString(),
                StringComparison.Ordinal
            );
        }

        foreach (var query in Queries.Where(query => !query.Contains("never-published", StringComparison.Ordinal)))
        {
            Assert.Equal(
                (await _newsroom.ReadAsync(Filled(query), token: null)).ToJsonString(),
                (await _newsroom.ReadAsync(Filled(query), link.Token)).ToJsonString()
            );
        }
    }

    private async Task<byte[]> RawAsync(string query, string? token)
    {
        using var response = await _newsroom.SendAsync(query, token);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private string Filled(string query) =>
        query
            .Replace("\"X\"", $"\"{_newsroom.Id}\"", StringComparison.Ordinal)
            .Replace("/X\"", $"/{_newsroom.Id}\"", StringComparison.Ordinal)
            .Replace("OTHER", _newsroom.Other.ToString(), StringComparison.Ordinal)
            .Replace("TAKE", _newsroom.PublishedTake.ToString(), StringComparison.Ordinal)
            .Replace("SLUG", PreviewedNewsroom.Slug, StringComparison.Ordinal);

    // Returns the answer with only the id of each object that is the previewed article.
    private JsonNode? WithoutIt(JsonNode? node) =>
        node switch
        {
            JsonObject found when (string?)(found["id"] as JsonValue) == _newsroom.Id.ToString() => new JsonObject
            {
                ["id"] = _newsroom.Id.ToString(),
            },
            JsonObject found => new JsonObject(
                found.Select(field => KeyValuePair.Create(field.Key, WithoutIt(field.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(WithoutIt)]),
            null => null,
            _ => node.DeepClone(),
        };
}
