using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Bookmarks;
using Cms.Data;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Reading;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Delivery;

/// <summary>
/// A desk whose articles have takes and several revisions, and a reader who has bookmarked everything.
/// </summary>
public sealed class BusyNewsroom : IAsyncLifetime
{
    public NewsroomServer Server { get; } = new();

    public static Viewer Erin { get; } = Person(Role.Editor);

    public static Viewer Rae { get; } = Person(Role.Reader);

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        await using var db = await Get<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();
        var personas = await db.Personas.Where(p => p.IsActive).Select(p => p.Id).ToListAsync();
        foreach (var id in await db.Articles.OrderByDescending(a => a.Id).Take(12).Select(a => a.Id).ToListAsync())
        {
            var content = await db
                .Revisions.AsNoTracking()
                .Where(r => r.ArticleId == id)
                .OrderByDescending(r => r.Number)
                .Select(r => r.Content)
                .FirstAsync();
            for (var i = 0; i < 3; i++)
            {
                Done(
                    await Get<SaveArticle>()
                        .Handle(
                            new SaveArticleInput
                            {
                                Id = id,
                                Edit = _ =>
                                    content with
                                    {
                                        Headline = string.Create(
                                            CultureInfo.InvariantCulture,
                                            $"{content.Headline}, {i}"
                                        ),
                                    },
                            },
                            Erin.ToActor(),
                            default
                        )
                );
            }

            Done(
                await Get<DraftTake>()
                    .Handle(
                        new DraftTakeInput
                        {
                            Article = id,
                            Persona = personas[0],
                            Content = new TakeContent { Text = "I would ship it." },
                        },
                        Erin.ToActor(),
                        default
                    )
            );
        }

        var withdrawn = await db.Articles.OrderBy(a => a.Id).Select(a => a.Id).FirstAsync();
        string[] targets =
        [
            .. (
                await db.ArticleListings.Where(l => l.FacetId == FacetId.All).Select(l => l.ArticleId).ToListAsync()
            ).Select(id => id.ToString()),
            .. (await db.Tools.Select(t => t.Id).ToListAsync()).Select(id => id.ToString()),
            .. (await db.TakeListings.Select(l => l.TakeId).ToListAsync()).Select(id => id.ToString()),
        ];
        Done(
            await Get<MergeBookmarks>()
                .Handle(
                    new MergeBookmarksInput
                    {
                        Bookmarks =
                        [
                            .. targets.Select(id => new SavedTargetInput
                            {
                                TargetId = id,
                                SavedAt = DateTimeOffset.UnixEpoch.AddDays(
                                    id.GetHashCode(StringComparison.Ordinal) % 9_000
                                ),
                            }),
                        ],
                    },
                    Rae.ToActor(),
                    default
                )
        );
        Done(
            await Get<WithdrawArticle>()
                .Handle(
                    new WithdrawArticleInput
                    {
                        Id = withdrawn,
                        Reason = "It was wrong.",
                        AcknowledgeUse = true,
                    },
                    Erin.ToActor(),
                    default
                )
        );
    }

    public Task DisposeAsync() => Server.DisposeAsync();

    /// <summary>Executes a query. Returns its data and the SQL statements that were sent.</summary>
    public async Task<(JsonNode Answer, IReadOnlyList<string> Sent)> AskAsync(Viewer viewer, string query)
    {
        Server.Statements.Take();
        await using var scope = Server.Services.CreateAsyncScope();
        var result = await scope
            .ServiceProvider.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(new GraphQLRequest(query), scope.ServiceProvider, viewer);
        var json = new ArrayBufferWriter<byte>();
        ResultWriter.Write(json, result);
        Assert.True(result.Errors is null, System.Text.Encoding.UTF8.GetString(json.WrittenSpan));
        return (JsonNode.Parse(json.WrittenSpan)!["data"]!, Server.Statements.Take());
    }

    private T Get<T>()
        where T : notnull => Server.Services.GetRequiredService<T>();

    private static void Done<T>(Result<T> result) => Assert.False(result.IsRefused, string.Join("; ", result.Errors));

    private static Viewer Person(Role role) =>
        new()
        {
            Kind = ViewerKind.Person,
            Key = new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
            Name = role.ToString(),
            Role = role,
        };
}

/// <summary>Queries of signed-in callers stay within their statement limits for any number of rows.</summary>
[Needs("server")]
public sealed class SignedInStatementTests(BusyNewsroom newsroom) : IClassFixture<BusyNewsroom>
{
    [Theory]
    [InlineData("the desk's list", 1, "articles(first: N) { nodes { id slug status version } }")]
    [InlineData("with a count", 2, "articles(first: N) { totalCount nodes { id } }")]
    [InlineData(
        "with the last saved content",
        2,
        "articles(first: N) { nodes { headline summary byline language wordCount sourceUrl seo { title } body { plainText } } }"
    )]
    [InlineData(
        "with all linked content",
        6,
        "articles(first: N) { nodes { headline category { name } source { name } tags { name } about { name } } }"
    )]
    [InlineData("with all takes", 4, "articles(first: N) { nodes { takes { text persona { name } } } }")]
    [InlineData(
        "with its revisions",
        2,
        "articles(first: N) { nodes { revisions { nodes { number headline drafter } } } }"
    )]
    [InlineData(
        "with two counted pages of its revisions",
        3,
        "articles(first: N) { nodes { revisions(first: 2) { totalCount edges { cursor node { id body { plainText } } } pageInfo { hasNextPage } } first: revisions(last: 1) { totalCount nodes { number } } } }"
    )]
    public async Task The_desk_stays_within_its_statement_limit_for_any_number_of_rows(
        string what,
        int most,
        string query
    )
    {
        var fewest = await StatementsOfAsync(BusyNewsroom.Erin, $"desk {{ {query} }}", 1);
        var many = await StatementsOfAsync(BusyNewsroom.Erin, $"desk {{ {query} }}", 20);

        Assert.True(many.Count <= most, $"{what}: {many.Count} statements:\n{string.Join("\n\n", many)}");
        Assert.True(fewest.Count <= most, $"{what}: {fewest.Count} statements for one row.");
    }

    [Theory]
    [InlineData("a page", 1, "viewer { bookmarks(first: N) { nodes { id savedAt note } } }")]
    [InlineData("a counted page", 2, "viewer { bookmarks(first: N) { totalCount nodes { id } } }")]
    [InlineData("one kind", 1, "viewer { bookmarks(first: N, where: { kind: TAKE }) { nodes { id } } }")]
    [InlineData(
        "a counted page of those that changed",
        2,
        "viewer { bookmarks(first: N, where: { changedSinceSaved: true }) { totalCount nodes { id } } }"
    )]
    [InlineData(
        "those that did not change, of one kind",
        1,
        "viewer { bookmarks(first: N, where: { changedSinceSaved: false, kind: ARTICLE }) { nodes { id } } }"
    )]
    [InlineData(
        "targets of every kind and whether they changed",
        7,
        "viewer { bookmarks(first: N) { nodes { changedSinceSaved target { __typename ... on Article { headline } ... on Tool { name } ... on Take { text article { headline } } ... on RemovedTarget { reason successor { headline } } } } } }"
    )]
    [InlineData(
        "whether articles, their takes and their tools are bookmarked",
        6,
        "articles(first: N) { nodes { isBookmarked takes { isBookmarked } about { isBookmarked } } }"
    )]
    [InlineData("all data about the caller", 1, "viewer { data }")]
    public async Task Bookmarks_stay_within_their_statement_limit_for_any_number_of_rows(
        string what,
        int most,
        string query
    )
    {
        var fewest = await StatementsOfAsync(BusyNewsroom.Rae, query, 1);
        var many = await StatementsOfAsync(BusyNewsroom.Rae, query, 100);

        Assert.True(many.Count <= most, $"{what}: {many.Count} statements:\n{string.Join("\n\n", many)}");
        Assert.True(fewest.Count <= most, $"{what}: {fewest.Count} statements for one row.");
    }

    [Fact]
    public async Task The_page_of_bookmarks_used_for_counting_contains_every_kind_of_target()
    {
        var (answer, _) = await newsroom.AskAsync(
            BusyNewsroom.Rae,
            "{ viewer { bookmarks(first: 100) { nodes { target { __typename } } } } }"
        );

        Assert.Equal(
            ["Article", "RemovedTarget", "Take", "Tool"],
            answer["viewer"]!["bookmarks"]!["nodes"]!
                .AsArray()
                .Select(node => (string)node!["target"]!["__typename"]!)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Several_articles_have_the_same_pages_of_revisions_as_each_article_read_separately()
    {
        const string Fields = "totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { number headline }";
        foreach (var page in new[] { "first: 1", "first: 2", "first: 4", "first: 9", "last: 1", "last: 3", "last: 9" })
        {
            var (together, _) = await newsroom.AskAsync(
                BusyNewsroom.Erin,
                $"{{ desk {{ articles(first: 20) {{ nodes {{ id revisions({page}) {{ {Fields} }} }} }} }} }}"
            );
            foreach (var article in together["desk"]!["articles"]!["nodes"]!.AsArray())
            {
                var all = await AllAsync((string)article!["id"]!, page.StartsWith("last", StringComparison.Ordinal));
                var size = int.Parse(
                    page.AsSpan(page.IndexOf(' ', StringComparison.Ordinal)),
                    CultureInfo.InvariantCulture
                );
                var expected = page.StartsWith("last", StringComparison.Ordinal) ? all.TakeLast(size) : all.Take(size);

                var shown = article["revisions"]!;
                Assert.Equal(expected, shown["nodes"]!.AsArray().Select(node => (int)node!["number"]!));
                Assert.Equal(all.Count, (int)shown["totalCount"]!);
                Assert.Equal(
                    all.Count > size,
                    (bool)
                        shown["pageInfo"]![
                            page.StartsWith("last", StringComparison.Ordinal) ? "hasPreviousPage" : "hasNextPage"
                        ]!
                );
            }
        }
    }

    // Reads all revision numbers, one revision per page.
    private async Task<List<int>> AllAsync(string id, bool backward)
    {
        List<int> numbers = [];
        string? cursor = null;
        while (true)
        {
            var page = backward
                ? $"last: 1{(cursor is null ? "" : $", before: \"{cursor}\"")}"
                : $"first: 1{(cursor is null ? "" : $", after: \"{cursor}\"")}";
            var (answer, _) = await newsroom.AskAsync(
                BusyNewsroom.Erin,
                $"{{ desk {{ article(id: \"{id}\") {{ revisions({page}) {{ edges {{ cursor node {{ number }} }} pageInfo {{ hasNextPage hasPreviousPage }} }} }} }} }}"
            );
            var revisions = answer["desk"]!["article"]!["revisions"]!;
            var edge = Assert.Single(revisions["edges"]!.AsArray())!;
            numbers.Insert(backward ? 0 : numbers.Count, (int)edge["node"]!["number"]!);
            cursor = (string)edge["cursor"]!;
            if (!(bool)revisions["pageInfo"]![backward ? "hasPreviousPage" : "hasNextPage"]!)
            {
                return numbers;
            }
        }
    }

    private async Task<IReadOnlyList<string>> StatementsOfAsync(Viewer viewer, string query, int rows)
    {
        var (_, sent) = await newsroom.AskAsync(
            viewer,
            $"{{ {query.Replace("first: N", $"first: {rows}", StringComparison.Ordinal)} }}"
        );
        return sent;
    }
}
