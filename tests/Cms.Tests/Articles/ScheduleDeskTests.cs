using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Media.Rights;
using Cms.Testing;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>How the desk shows schedules and embargoes.</summary>
public sealed class ScheduleDeskTests : IAsyncLifetime
{
    private const string Fields =
        "article { status version revisionCount updatedBy scheduledAt scheduledBy scheduledRevision { number headline } scheduleRefusal embargoUntil }";

    private readonly AnyTestDatabase _database = new();

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient GraphQLClient => field ??= new GraphQLClient(_database.Services);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_desk_shows_the_scheduled_revision_even_after_a_newer_save()
    {
        var id = (await Newsroom.DraftAsync(Newsroom.Story("As checked"))).Id.ToString();

        var scheduled = await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "scheduleArticle",
            new
            {
                id,
                at = "2026-04-24T09:00:00+02:00",
                expectedVersion = 1,
            },
            Fields
        );
        await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new { id, headline = "Newer" },
            "article { id }"
        );
        var seen = (
            await GraphQLClient.AskAsync(
                GraphQLClient.Erin,
                $"{{ desk {{ article(id: \"{id}\") {{ {Fields[10..^2]} }} }} }}"
            )
        )["data"]!["desk"]!["article"]!;
        var unscheduled = await GraphQLClient.DoAsync(GraphQLClient.Ada, "unscheduleArticle", new { id }, Fields);

        Assert.Equal(
            """{"status":"DRAFT","version":2,"revisionCount":1,"updatedBy":"Erin","scheduledAt":"2026-04-24T07:00:00.000Z","scheduledBy":"Erin","scheduledRevision":{"number":1,"headline":"As checked"},"scheduleRefusal":null,"embargoUntil":null}""",
            scheduled["article"]!.ToJsonString()
        );
        Assert.Equal(
            """{"status":"DRAFT","version":3,"revisionCount":2,"updatedBy":"Erin","scheduledAt":"2026-04-24T07:00:00.000Z","scheduledBy":"Erin","scheduledRevision":{"number":1,"headline":"As checked"},"scheduleRefusal":null,"embargoUntil":null}""",
            seen.ToJsonString()
        );
        Assert.Equal(
            """{"status":"DRAFT","version":4,"revisionCount":2,"updatedBy":"Ada","scheduledAt":null,"scheduledBy":null,"scheduledRevision":null,"scheduleRefusal":null,"embargoUntil":null}""",
            unscheduled["article"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Each_mutation_of_a_request_returns_the_schedule_and_embargo_after_its_changes()
    {
        var article = await Newsroom.DraftAsync();

        var answer = await GraphQLClient.AskAsync(
            GraphQLClient.Erin,
            """
            mutation($id: ID!) {
              one: setEmbargo(input: { id: $id, until: "2026-05-01T00:00:00Z" }) { article { ...Plans } }
              two: setEmbargo(input: { id: $id }) { article { ...Plans } }
              three: scheduleArticle(input: { id: $id, at: "2026-05-02T00:00:00Z" }) { article { ...Plans } }
              four: unscheduleArticle(input: { id: $id }) { article { ...Plans } }
            }
            fragment Plans on DeskArticle { embargoUntil scheduledAt }
            """,
            new { id = article.Id.ToString() }
        );

        Assert.Equal(
            """{"one":{"article":{"embargoUntil":"2026-05-01T00:00:00.000Z","scheduledAt":null}},"two":{"article":{"embargoUntil":null,"scheduledAt":null}},"three":{"article":{"embargoUntil":null,"scheduledAt":"2026-05-02T00:00:00.000Z"}},"four":{"article":{"embargoUntil":null,"scheduledAt":null}}}""",
            answer["data"]?.ToJsonString() ?? answer.ToJsonString()
        );
    }

    [Fact]
    public async Task Every_error_says_what_is_wrong_and_what_to_do()
    {
        List<string> lines = [];
        var image = await Newsroom.ImageAsync(
            rights: new ImageRights { CreditLine = "Rui Alves", ExpiresAt = _database.Clock.GetUtcNow().AddHours(2) }
        );
        var draft = (await Newsroom.DraftAsync()).Id;
        var bare = (await Newsroom.DraftAsync(new ArticleContent { Headline = "Only a headline" })).Id;
        var pictured = (await Newsroom.DraftAsync(Newsroom.Story() with { HeroImageId = image.Id })).Id;
        var published = (await Newsroom.PublishedAsync()).Id;
        var (past, soon, later) = ("2026-04-23T08:00:00Z", "2026-04-23T10:00:00Z", "2026-04-23T12:00:30Z");

        await RecordAsync("scheduleArticle", draft, new { at = past });
        await RecordAsync("scheduleArticle", bare, new { at = soon });
        await RecordAsync("scheduleArticle", pictured, new { at = later });
        await RecordAsync("scheduleArticle", draft, new { at = soon, expectedVersion = 7 });
        await RecordAsync("unscheduleArticle", draft, new { });
        await RecordAsync("setEmbargo", draft, new { until = past });
        await RecordAsync("setEmbargo", published, new { until = soon });
        await RecordAsync("setEmbargo", draft, new { until = later });
        await RecordAsync("publishArticle", draft, new { });
        await RecordAsync("scheduleArticle", draft, new { at = soon });
        await RecordAsync("scheduleArticle", pictured, new { at = soon });
        await RecordAsync("setEmbargo", pictured, new { until = later });
        await Newsroom.LicenseAsync(
            image.Id,
            new ImageRights { CreditLine = "Rui Alves", ExpiresAt = _database.Clock.GetUtcNow() }
        );
        _database.Clock.Advance(TimeSpan.FromHours(1));
        await _database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
        var desk = await GraphQLClient.AskAsync(
            GraphQLClient.Erin,
            $"{{ desk {{ article(id: \"{pictured}\") {{ scheduledAt scheduleRefusal }} }} }}"
        );
        lines.Add($"At the scheduled time: {desk["data"]!["desk"]!["article"]!["scheduleRefusal"]}");

        Snapshot.Match(string.Join('\n', lines));

        async Task RecordAsync(string mutation, ArticleId id, object more)
        {
            var input = System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
            input["id"] = id.ToString();
            var payload = await GraphQLClient.DoAsync(GraphQLClient.Erin, mutation, input, "article { id }");
            input.Remove("id");
            lines.Add($"{mutation} {input.ToJsonString()}");
            foreach (var error in payload["errors"]!.AsArray())
            {
                var path = string.Join('.', error!["path"]!.AsArray().Select(part => (string?)part));
                lines.Add($"  {error["__typename"]} at {path}: {error["message"]}");
            }
        }
    }

    [Fact]
    public async Task Scheduled_articles_are_listed_soonest_first_in_pages_without_gaps_or_overlap()
    {
        List<string> due = [];
        foreach (var (headline, day) in new[] { ("Third", 26), ("First", 24), ("Second", 25), ("Also second", 25) })
        {
            var id = (await Newsroom.DraftAsync(Newsroom.Story(headline))).Id.ToString();
            await ScheduleAsync(id, $"2026-04-{day}T09:00:00Z");
            due.Add(id);
        }

        await Newsroom.DraftAsync(Newsroom.Story("Not scheduled"));
        string[] expected = [due[1], due[2], due[3], due[0]];

        Assert.Equal(expected, await ListedAsync("first: 10"));
        Assert.Equal(expected[..3], await ListedAsync("first: 3"));
        Assert.Equal(expected[2..], await ListedAsync("last: 2"));
        for (var i = 1; i < expected.Length; i++)
        {
            var cursor = await CursorAsync(i);
            Assert.Equal(expected[i..], await ListedAsync($"first: 10, after: \"{cursor}\""));
            Assert.Equal(expected[..(i - 1)], await ListedAsync($"last: 10, before: \"{cursor}\""));
        }
    }

    [Fact]
    public async Task An_author_does_not_see_the_scheduled_articles_of_others()
    {
        var id = (await Newsroom.DraftAsync(Newsroom.Story("Somebody else's"))).Id.ToString();
        await ScheduleAsync(id, "2026-04-24T09:00:00Z");

        var author = await GraphQLClient.AskAsync(
            GraphQLClient.Arlo,
            "{ desk { scheduledArticles { totalCount nodes { id } } } }"
        );

        Assert.Equal("""{"totalCount":0,"nodes":[]}""", author["data"]!["desk"]!["scheduledArticles"]!.ToJsonString());
    }

    private Task<JsonNode> ScheduleAsync(string id, string at) =>
        GraphQLClient.DoAsync(GraphQLClient.Erin, "scheduleArticle", new { id, at }, "article { id }");

    private async Task<IReadOnlyList<string>> ListedAsync(string page) =>
        [
            .. (
                await GraphQLClient.AskAsync(
                    GraphQLClient.Erin,
                    $"{{ desk {{ scheduledArticles({page}) {{ nodes {{ id }} }} }} }}"
                )
            )["data"]!["desk"]!["scheduledArticles"]!["nodes"]!
                .AsArray()
                .Select(node => (string)node!["id"]!),
        ];

    private async Task<string> CursorAsync(int at) =>
        (string)
            (
                await GraphQLClient.AskAsync(
                    GraphQLClient.Erin,
                    $"{{ desk {{ scheduledArticles(first: {at}) {{ pageInfo {{ endCursor }} }} }} }}"
                )
            )["data"]!["desk"]!["scheduledArticles"]!["pageInfo"]!["endCursor"]!;
}
