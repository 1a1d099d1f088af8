using System.Text.Json.Nodes;
using Cms.Articles.Publishing;
using Cms.Foundation;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>A newsroom in Berlin plans in its own time.</summary>
public sealed class LocalTimeTests : IAsyncLifetime
{
    private const string Fields =
        "article { scheduledAt scheduledAtLocal embargoUntil embargoUntilLocal withdrawAt withdrawAtLocal }";

    private readonly AnyTestDatabase _database = new();
    private ServiceProvider _berlin = null!;

    private GraphQLClient Client => field ??= new GraphQLClient(_berlin);

    private Newsroom Newsroom => field ??= new Newsroom(_berlin);

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _berlin = await _database.BuildAsync(services => services.AddSingleton(new NewsroomTime("Europe/Berlin")));
    }

    public async Task DisposeAsync()
    {
        await _berlin.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("2026-05-01T09:00", "2026-05-01T07:00:00.000Z", "2026-05-01T09:00:00")]
    [InlineData("2027-03-28T02:30:00", "2027-03-28T01:30:00.000Z", "2027-03-28T03:30:00")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T00:30:00.000Z", "2026-10-25T02:30:00")]
    public async Task An_article_is_scheduled_in_the_newsrooms_time(string atLocal, string instant, string shown)
    {
        var id = (await Newsroom.DraftAsync()).Id.ToString();

        var scheduled = await Client.DoAsync(GraphQLClient.Erin, "scheduleArticle", new { id, atLocal }, Fields);

        Assert.Equal((instant, shown), Shown(scheduled, "scheduledAt"));
    }

    [Theory]
    [InlineData("2027-03-28T02:30:00", "2027-03-28T01:30:00Z")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T00:30:00Z")]
    public async Task A_schedule_at_a_change_of_the_clock_is_published_once_at_its_instant(
        string atLocal,
        string instant
    )
    {
        var id = (await Newsroom.DraftAsync()).Id.ToString();
        await Client.DoAsync(GraphQLClient.Erin, "scheduleArticle", new { id, atLocal }, Fields);
        var due = DateTimeOffset.Parse(instant, null);

        _database.Clock.SetUtcNow(due.AddSeconds(-1));
        var before = await PublishDueAsync();
        _database.Clock.SetUtcNow(due);
        var at = await PublishDueAsync();
        _database.Clock.SetUtcNow(due.AddHours(1));
        var after = await PublishDueAsync();

        Assert.Equal((0, 1, 0), (before.Published.Count, at.Published.Count, after.Published.Count));
        Assert.Equal(due, before.Next);
    }

    [Fact]
    public async Task Embargoes_and_withdrawals_are_planned_in_the_newsrooms_time_too()
    {
        var id = (await Newsroom.DraftAsync()).Id.ToString();
        var published = (await Newsroom.PublishedAsync()).Id.ToString();

        var embargo = await Client.DoAsync(
            GraphQLClient.Erin,
            "setEmbargo",
            new { id, untilLocal = "2026-07-01T06:00:00" },
            Fields
        );
        var lifted = await Client.DoAsync(GraphQLClient.Erin, "setEmbargo", new { id }, Fields);
        var withdrawal = await Client.DoAsync(
            GraphQLClient.Erin,
            "scheduleWithdrawal",
            new
            {
                id = published,
                atLocal = "2026-12-01T00:00:00",
                reason = "The licence ends.",
            },
            Fields
        );

        Assert.Equal(("2026-07-01T04:00:00.000Z", "2026-07-01T06:00:00"), Shown(embargo, "embargoUntil"));
        Assert.Equal((null, null), Shown(lifted, "embargoUntil"));
        Assert.Equal(("2026-11-30T23:00:00.000Z", "2026-12-01T00:00:00"), Shown(withdrawal, "withdrawAt"));
    }

    [Fact]
    public async Task A_time_that_is_missing_or_stated_twice_is_rejected()
    {
        var id = (await Newsroom.DraftAsync()).Id.ToString();
        var (at, atLocal) = ("2026-07-01T06:00:00Z", "2026-07-01T06:00:00");
        var both = new
        {
            id,
            at,
            atLocal,
        };

        Assert.Equal(["TimeRequiredError at at"], await RefusalsAsync("scheduleArticle", new { id }));
        Assert.Equal(["TimeRequiredError at at"], await RefusalsAsync("scheduleArticle", both));
        Assert.Equal(
            ["TimeRequiredError at until"],
            await RefusalsAsync(
                "setEmbargo",
                new
                {
                    id,
                    until = at,
                    untilLocal = atLocal,
                }
            )
        );
    }

    [Fact]
    public async Task Errors_show_times_in_the_newsrooms_time()
    {
        var id = (await Newsroom.DraftAsync()).Id.ToString();
        await Client.DoAsync(GraphQLClient.Erin, "setEmbargo", new { id, untilLocal = "2026-07-01T06:00:00" }, Fields);

        var refused = await Client.DoAsync(GraphQLClient.Erin, "publishArticle", new { id }, Fields);

        Assert.StartsWith(
            "The article is under embargo until 1 July 2026, 06:00 Europe/Berlin.",
            (string?)refused["errors"]![0]!["message"],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("2026-07-01T06:00:00Z")]
    [InlineData("2026-07-01T06:00:00+02:00")]
    [InlineData("2026-02-30T06:00:00")]
    [InlineData("tomorrow")]
    public async Task A_local_time_with_an_offset_or_no_such_day_is_rejected(string atLocal)
    {
        var id = (await Newsroom.DraftAsync()).Id.ToString();

        var answer = await Client.AskAsync(
            GraphQLClient.Erin,
            "mutation($at: LocalDateTime, $id: ID!) { scheduleArticle(input: { id: $id, atLocal: $at }) { article { id } } }",
            new { id, at = atLocal }
        );

        Assert.Equal("BAD_USER_INPUT", GraphQLClient.Code(answer));
    }

    [Fact]
    public async Task The_desk_names_the_newsrooms_zone()
    {
        var answer = await Client.AskAsync(GraphQLClient.Arlo, "{ desk { timeZone } }");

        Assert.Equal("Europe/Berlin", (string?)answer["data"]!["desk"]!["timeZone"]);
    }

    private static (string?, string?) Shown(JsonNode payload, string field) =>
        ((string?)payload["article"]![field], (string?)payload["article"]![field + "Local"]);

    private async Task<IEnumerable<string>> RefusalsAsync(string mutation, object input) =>
        GraphQLClient.Refusals(await Client.DoAsync(GraphQLClient.Erin, mutation, input, Fields));

    private Task<DueArticles> PublishDueAsync() =>
        _berlin.GetRequiredService<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
}
