using System.Text.Json.Nodes;
using Cms.Bookmarks;
using Cms.GraphQL;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Bookmarks;

/// <summary>No request from another person, whatever the role, reveals a reader's bookmarks.</summary>
public sealed class BookmarkPrivacyTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private readonly GraphQLClient _client = new(database.Services);
    private readonly Newsroom _newsroom = new(database.Services);
    private readonly Viewer _rae = GraphQLClient.Person("Rae", Role.Reader);

    public static TheoryData<string> Others => ["reader", "author", "editor", "admin"];

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_bookmark_requested_as_a_node_gives_the_same_answer_as_a_missing_bookmark(string other)
    {
        var own = (string)(await AddAsync(_rae, await ToolAsync()))["id"]!;
        var none = BookmarkId.New().ToString();

        foreach (var viewer in new[] { GraphQLClient.Viewers[other], _rae, Viewer.Anonymous })
        {
            foreach (
                var (query, answer) in new[]
                {
                    ("node(id: \"ID\") { __typename id }", ErrorCodes.IdMalformed),
                    ("nodes(ids: [\"ID\"]) { __typename id }", """{"data":{"nodes":[null]}}"""),
                }
            )
            {
                var (there, missing) = (await NodeAsync(viewer, query, own), await NodeAsync(viewer, query, none));

                Assert.Equal(missing, there);
                Assert.Contains(answer, there, StringComparison.Ordinal);
            }
        }

        async Task<string> NodeAsync(Viewer viewer, string query, string id) =>
            (
                await _client.AskAsync(viewer, $"{{ {query.Replace("ID", id, StringComparison.Ordinal)} }}")
            ).ToJsonString();
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task No_other_viewer_sees_a_readers_bookmarks_notes_or_number_of_bookmarks(string other)
    {
        var (tool, article) = (await ToolAsync(), (await _newsroom.PublishedAsync()).Id.Format());
        await AddAsync(_rae, tool, "Nobody reads this.");
        await AddAsync(_rae, article, "Nor this.");
        var asked = $$"""
            { viewer { data bookmarks { totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes { id note target { __typename } } } }
              tool: node(id: "{{tool}}") { ... on Tool { isBookmarked } } article(id: "{{article}}") { isBookmarked } }
            """;
        var newcomer = GraphQLClient.Person("Nell", GraphQLClient.Viewers[other].Role);

        var seen = (await _client.AskAsync(newcomer, asked))["data"]!;

        Assert.Equal(
            $$$"""{"viewer":{"data":{"reader":"{{{newcomer.Key}}}","bookmarks":[]},"bookmarks":{"totalCount":0,"pageInfo":{"hasNextPage":false,"endCursor":null},"edges":[],"nodes":[]}},"tool":{"isBookmarked":false},"article":{"isBookmarked":false}}""",
            seen.ToJsonString()
        );
    }

    [Fact]
    public async Task A_cursor_from_another_readers_list_reveals_none_of_that_readers_bookmarks()
    {
        var bea = GraphQLClient.Person("Bea", Role.Reader);
        var tools = await ManyAsync(5);
        foreach (var tool in tools)
        {
            database.Clock.Advance(TimeSpan.FromSeconds(1));
            await AddAsync(_rae, tool);
        }

        await AddAsync(bea, tools[0]);
        var cursors = (await PageAsync(_rae, "first: 5"))["edges"]!.AsArray().Select(edge => (string)edge!["cursor"]!);

        foreach (var cursor in cursors)
        {
            var after = await PageAsync(bea, $"first: 5, after: \"{cursor}\"");
            var before = await PageAsync(bea, $"last: 5, before: \"{cursor}\"");

            Assert.All(
                after["nodes"]!.AsArray().Concat(before["nodes"]!.AsArray()),
                node => Assert.Equal(tools[0], (string?)node!["target"]!["id"])
            );
            Assert.Equal((1, 1), ((int)after["totalCount"]!, (int)before["totalCount"]!));
        }
    }

    [Fact]
    public async Task Two_concurrent_readers_each_see_only_their_own_bookmarks()
    {
        var bea = GraphQLClient.Person("Bea", Role.Reader);
        var (one, both, other) = (await ToolAsync(), await ToolAsync(), await ToolAsync());
        await AddAsync(_rae, one, "Rae's.");
        await AddAsync(_rae, both, "Rae's too.");
        await AddAsync(bea, both, "Bea's.");
        await AddAsync(bea, other);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => Task.Run(() => ShelfAsync(i % 2 == 0 ? _rae : bea)))
        );
        await _client.DoAsync(bea, "removeBookmark", new { targetId = both }, "removedBookmark { wasBookmarked }");
        await _client.DoAsync(bea, "noteBookmark", new { targetId = one, note = "Taken." }, "bookmark { note }");
        await _client.DoAsync(bea, "deleteMyData", new { confirm = true }, "deletedData { bookmarks }");

        var raes = $"{both} Rae's too.; {one} Rae's.";
        Assert.All(answers.Where((_, i) => i % 2 == 0), shelf => Assert.Equal(raes, shelf));
        Assert.All(answers.Where((_, i) => i % 2 == 1), shelf => Assert.Equal($"{other} ; {both} Bea's.", shelf));
        Assert.Equal(raes, await ShelfAsync(_rae));
        Assert.Equal("", await ShelfAsync(bea));
    }

    [Theory]
    [InlineData("bookmarks { totalCount }")]
    [InlineData("data")]
    public async Task A_partner_and_a_person_without_a_role_cannot_read_bookmarks_or_data(string field)
    {
        foreach (var who in new[] { "partner", "roleless" })
        {
            var answer = await _client.AskAsync(GraphQLClient.Viewers[who], $"{{ viewer {{ {field} }} }}");

            Assert.Equal(ErrorCodes.NotAuthorized, GraphQLClient.Code(answer));
            Assert.Null(answer["data"]);
        }
    }

    // Advances the clock before each bookmark, so the list has a known order.
    private async Task<JsonNode> AddAsync(Viewer reader, string target, string? note = null)
    {
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        var added = await _client.DoAsync(reader, "addBookmark", new { targetId = target, note }, "bookmark { id }");
        Assert.Empty(GraphQLClient.Refusals(added));
        return added["bookmark"]!;
    }

    private async Task<string> ToolAsync() =>
        (await _newsroom.PublicToolAsync($"Tool {Guid.CreateVersion7():n}")).Id.Format();

    private async Task<List<string>> ManyAsync(int count)
    {
        List<string> ids = [];
        for (var i = 0; i < count; i++)
        {
            ids.Add(await ToolAsync());
        }

        return ids;
    }

    private async Task<JsonNode> PageAsync(Viewer reader, string page) =>
        (
            await _client.AskAsync(
                reader,
                $"{{ viewer {{ bookmarks({page}) {{ totalCount edges {{ cursor }} nodes {{ target {{ ... on Tool {{ id }} }} }} }} }} }}"
            )
        )["data"]!["viewer"]!["bookmarks"]!;

    private async Task<string> ShelfAsync(Viewer reader)
    {
        var answer = await _client.AskAsync(
            reader,
            "{ viewer { bookmarks { nodes { note target { ... on Tool { id isBookmarked } } } } } }"
        );
        var nodes = answer["data"]!["viewer"]!["bookmarks"]!["nodes"]!.AsArray();
        Assert.All(nodes, node => Assert.True((bool)node!["target"]!["isBookmarked"]!));
        return string.Join("; ", nodes.Select(node => $"{node!["target"]!["id"]} {node["note"]}"));
    }
}
