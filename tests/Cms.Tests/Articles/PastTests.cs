using Cms.Testing;
using Cms.Tests.Support;
using GraphQL;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Snapshots return what readers saw at a given time.</summary>
public abstract class PastTests(TestDatabase database) : DatabaseSuite(database)
{
    private const string Front =
        "articles: articleSnapshots(first: 50, asOf: $at, order: [{ publishedAt: ASC }]) { totalCount nodes { slug headline edition takes { text writtenAs { lens } } corrections { note } } }";

    [SkippableFact]
    public async Task A_snapshot_returns_what_readers_saw_at_that_time()
    {
        List<(string At, string Then)> seen = [];
        var persona = await Newsroom.PersonaAsync();
        await RecordAsync();
        var first = await Newsroom.PublishedAsync(slug: "first");
        await RecordAsync();
        await Newsroom.SaveAsync(first.Id, Newsroom.Story("A compiler in two weeks"));
        Newsroom.Value(await CorrectAsync(first.Id, "It took two weeks."));
        await RecordAsync();
        await Newsroom.ApprovedTakeAsync(first.Id, persona.Id);
        await Newsroom.PublishAsync(first.Id);
        await Newsroom.PublishedAsync(Newsroom.Story("Another"), "second");
        await RecordAsync();
        await Newsroom.SaveAsync(first.Id, Newsroom.Story("A compiler in three weeks"));
        Newsroom.Value(await CorrectAsync(first.Id, "It took three weeks."));
        await RecordAsync();

        foreach (var (at, then) in seen)
        {
            Assert.Equal(then, await AskAsync($"query($at: DateTime!) {{ {Front} }}", at));
        }

        async Task RecordAsync()
        {
            seen.Add(
                (
                    Database.Clock.GetUtcNow().ToString("O"),
                    await AskAsync(
                        "{ "
                            + Front.Replace(
                                "articleSnapshots(first: 50, asOf: $at, ",
                                "articles(first: 50, ",
                                StringComparison.Ordinal
                            )
                            + " }"
                    )
                )
            );
            Database.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [SkippableFact]
    public async Task A_snapshot_of_an_article_is_found_by_slug_and_by_id()
    {
        var before = Database.Clock.GetUtcNow();
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var article = await Newsroom.PublishedAsync(slug: "story");
        var then = Database.Clock.GetUtcNow();
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Later"));
        await Newsroom.PublishAsync(article.Id);

        var query =
            $$"""query($at: DateTime!) { slug: articleSnapshot(slug: "story", asOf: $at) { headline } id: articleSnapshot(id: "{{article.Id}}", asOf: $at) { headline edition } }""";

        Assert.Equal("""{"slug":null,"id":null}""", await AskAsync(query, before.ToString("O")));
        Assert.Equal(
            """{"slug":{"headline":"A compiler in a week"},"id":{"headline":"A compiler in a week","edition":1}}""",
            await AskAsync(query, then.ToString("O"))
        );
        Assert.Equal(
            """{"slug":{"headline":"Later"},"id":{"headline":"Later","edition":2}}""",
            await AskAsync(query, Database.Clock.GetUtcNow().ToString("O"))
        );
    }

    [SkippableFact]
    public async Task A_withdrawn_article_disappears_from_earlier_snapshots_too()
    {
        var article = await Newsroom.PublishedAsync(slug: "mistake");
        var then = Database.Clock.GetUtcNow().ToString("O");
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        Newsroom.Value(await WithdrawAsync(article.Id));

        Assert.Equal(
            """{"article":null}""",
            await AskAsync(
                """query($at: DateTime!) { article: articleSnapshot(slug: "mistake", asOf: $at) { headline } }""",
                then
            )
        );
        Assert.DoesNotContain(
            "mistake",
            await AskAsync(
                "query($at: DateTime!) { articleSnapshots(asOf: $at, first: 100) { nodes { slug } } }",
                then
            ),
            StringComparison.Ordinal
        );
    }

    private async Task<string> AskAsync(string query, string? at = null) =>
        (
            await DeliveryOperations.ExecuteAsync(
                Database.Services,
                query,
                at is null ? Inputs.Empty : new(new Dictionary<string, object?> { ["at"] = at })
            )
        ).ToJsonString();
}

public sealed class PastTests_Sqlite(SqliteTestDatabase database)
    : PastTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class PastTests_SqlServer(SqlServerTestDatabase database)
    : PastTests(database),
        IClassFixture<SqlServerTestDatabase>;
