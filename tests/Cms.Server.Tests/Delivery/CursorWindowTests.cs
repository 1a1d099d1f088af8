using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Media;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Delivery;

/// <summary>The newsroom, with several items in every list, including the lists for staff and readers.</summary>
public sealed class ListedNewsroom : IAsyncLifetime
{
    private const int Count = 5;

    public MediaServer Server { get; } = new() { Settings = ["--Cms:Limits:SignedInPerSecond=0"] };

    public string Article { get; private set; } = "";

    public string Now { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        Now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var published = (await AskAsync($"{{ articles(first: {Count}) {{ nodes {{ id }} }} }}"))["articles"]!["nodes"]!
            .AsArray()
            .Select(node => (string)node!["id"]!);
        foreach (var id in published)
        {
            await AskAsync(
                $"mutation {{ addBookmark(input: {{ targetId: \"{id}\" }}) {{ errors {{ __typename }} }} }}"
            );
            await AskAsync(
                $"mutation {{ blockPerson(input: {{ person: \"{IssuerForge.Tenant}/{Guid.CreateVersion7()}\", reason: \"Left\" }}) {{ errors {{ __typename }} }} }}"
            );
        }

        foreach (var hour in Enumerable.Range(1, Count))
        {
            var draft = await AskAsync(
                $$"""mutation { createArticle(input: { headline: "Due at {{hour}}", summary: "In its hour.", body: { markdown: "Words." } }) { article { id } errors { __typename } } }"""
            );
            Article = (string)draft["createArticle"]!["article"]!["id"]!;
            await AskAsync(
                $$"""mutation { scheduleArticle(input: { id: "{{Article}}", at: "2099-01-01T0{{hour}}:00:00Z" }) { errors { __typename } } }"""
            );
        }

        foreach (var number in Enumerable.Range(2, Count))
        {
            await AskAsync(
                $$"""mutation { saveArticle(input: { id: "{{Article}}", headline: "Draft {{number}}", summary: "In its hour.", body: { markdown: "Words." } }) { errors { __typename } } }"""
            );
        }
    }

    public Task DisposeAsync() => Server.DisposeAsync();

    /// <summary>Sends a query as an administrator and returns its data.</summary>
    public async Task<JsonNode> AskAsync(string query)
    {
        var answer = await Server.AskAsync("Admin", query);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        Assert.DoesNotContain("\"errors\":[{", answer.ToJsonString(), StringComparison.Ordinal);
        return answer["data"]!;
    }
}

/// <summary>Two cursors limit every list as Relay's cursor connections specification says.</summary>
[Needs("server")]
public sealed class CursorWindowTests(ListedNewsroom newsroom) : IClassFixture<ListedNewsroom>
{
    private const int Most = 100;

    // $ is replaced by the arguments under test. The list's own arguments come before it.
    private static readonly string[] All =
    [
        "articles($)",
        "articles(order: [{ publishedAt: ASC }], $)",
        "articles(order: [{ updatedAt: DESC }], $)",
        "articleSnapshots(asOf: \"now\", $)",
        "articles(where: { tags: { some: { slug: { in: [\"benchmarks\", \"hardware\", \"identity\"] } } } }, $)",
        "tag(slug: \"benchmarks\") { articles($) }",
        "category(slug: \"infrastructure\") { articles($) }",
        "persona(slug: \"the-skeptic\") { articles($) }",
        "persona(slug: \"the-skeptic\") { takes($) }",
        "takes($)",
        "takes(where: { persona: { slug: { in: [\"the-skeptic\", \"the-builder\"] } } }, $)",
        "categories($)",
        "tags($)",
        "sources($)",
        "tools($)",
        "personas($)",
        "search(query: \"the\", $)",
        "viewer { bookmarks($) }",
        "desk { articles($) }",
        "desk { scheduledArticles($) }",
        "desk { article(id: \"article\") { revisions($) } }",
        "desk { media($) }",
        "desk { blockedPeople($) }",
        "desk { categories($) }",
        "desk { tags($) }",
        "desk { sources($) }",
        "desk { tools($) }",
    ];

    public static TheoryData<string> Lists => [.. All];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Both_cursors_limit_a_list_before_first_or_last_is_applied(string list)
    {
        var all = await ReadAllAsync(list);
        Assert.InRange(all.Count, 3, 1_000);
        var end = all.Count - 1;
        (int? After, int? Before)[] windows = [(null, 2), (0, null), (0, end), (1, end), (0, 1), (2, 0), (1, 1)];
        foreach (var (after, before) in windows)
        {
            foreach (var size in new[] { 1, 2, Most })
            {
                foreach (var name in new[] { "first", "last" })
                {
                    var arguments = $"{name}: {size}{At("after", after)}{At("before", before)}";

                    var read = await ReadAsync(list, arguments);

                    var within = all.Where((_, i) => !(i <= after) && !(i >= before)).ToList();
                    var expected = name == "first" ? within.Take(size) : within.TakeLast(size);
                    Assert.Equal((arguments, string.Join(' ', expected)), (arguments, string.Join(' ', read.Cursors)));
                    var more = within.Count > size;
                    Assert.Equal(
                        (arguments, name == "first" ? more : before is not null),
                        (arguments, read.HasNextPage)
                    );
                    Assert.Equal(
                        (arguments, name == "last" ? more : after is not null),
                        (arguments, read.HasPreviousPage)
                    );
                }
            }
        }

        string At(string name, int? place) => place is { } i ? $", {name}: \"{all[i]}\"" : "";
    }

    [Fact]
    public async Task Two_cursors_without_a_size_return_the_first_page_between_them()
    {
        var all = (await ReadAsync("articles($)", "first: 26")).Cursors;

        var read = await ReadAsync("articles($)", $"after: \"{all[0]}\", before: \"{all[25]}\"");

        Assert.Equal(all.Skip(1).Take(20), read.Cursors);
        Assert.True(read.HasNextPage);
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_rejected()
    {
        var other = (await ReadAsync("takes($)", "first: 1")).Cursors[0];
        foreach (var list in All.Where(list => !list.StartsWith("takes(", StringComparison.Ordinal)))
        {
            foreach (var arguments in new[] { $"first: 1, before: \"{other}\"", $"last: 1, after: \"{other}\"" })
            {
                var refused = await newsroom.Server.AskAsync("Admin", Query(list, arguments));

                Assert.Equal((list, "CURSOR_INVALID"), (list, (string?)refused["errors"]?[0]?["extensions"]?["code"]));
            }
        }
    }

    private async Task<List<string>> ReadAllAsync(string list)
    {
        var (all, isMore, _) = await ReadAsync(list, $"first: {Most}");
        while (isMore)
        {
            (var page, isMore, _) = await ReadAsync(list, $"first: {Most}, after: \"{all[^1]}\"");
            all.AddRange(page);
        }

        return all;
    }

    private async Task<(List<string> Cursors, bool HasNextPage, bool HasPreviousPage)> ReadAsync(
        string list,
        string arguments
    )
    {
        var node = await newsroom.AskAsync(Query(list, arguments));
        while (node["edges"] is null)
        {
            node = node.AsObject().Single().Value!;
        }

        return (
            [.. node["edges"]!.AsArray().Select(edge => (string)edge!["cursor"]!)],
            (bool)node["pageInfo"]!["hasNextPage"]!,
            (bool)node["pageInfo"]!["hasPreviousPage"]!
        );
    }

    private string Query(string list, string arguments) =>
        $"{{ {list.Replace("$)", $"{arguments}) {{ edges {{ cursor }} pageInfo {{ hasNextPage hasPreviousPage }} }}", StringComparison.Ordinal).Replace("\"article\"", $"\"{newsroom.Article}\"", StringComparison.Ordinal).Replace("\"now\"", $"\"{newsroom.Now}\"", StringComparison.Ordinal)} }}";
}
