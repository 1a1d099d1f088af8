using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

public sealed class ScheduledWithdrawalTests : IAsyncLifetime
{
    private const string Fields =
        "article { status version withdrawAt plannedWithdrawal { reason kind successorId acknowledgeBy scheduledBy } }";

    private readonly AnyTestDatabase _database = new();

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    private DateTimeOffset Now => _database.Clock.GetUtcNow();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_published_article_is_withdrawn_when_its_withdrawal_is_due()
    {
        var article = await Newsroom.PublishedAsync();
        var successor = await Newsroom.PublishedAsync();
        var planned = await PlanAsync(
            article.Id,
            Now.AddDays(2),
            successor: successor.Id.ToString(),
            kind: "LEGAL",
            acknowledgeBy: Now.AddDays(3)
        );

        _database.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        var early = await WithdrawDueAsync();
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        var due = await WithdrawDueAsync();
        var again = await WithdrawDueAsync();

        Assert.Equal("Erin", (string?)planned["article"]!["plannedWithdrawal"]!["scheduledBy"]);
        Assert.Equal((0, Now), (early.Withdrawn.Count, early.Next));
        Assert.Equal([article.Id], due.Withdrawn);
        Assert.Empty(again.Withdrawn);
        Assert.Equal(
            $$$"""{"__typename":"GoneRoute","reason":"The licence ends.","kind":"LEGAL","successor":{"slug":"{{{successor.Slug}}}"}}""",
            (await RouteAsync(article.Slug))!.ToJsonString()
        );
        await using var db = await _database.OpenAsync();
        var withdrawn = await db.Articles.SingleAsync(a => a.Id == article.Id);
        Assert.Equal((null, null), (withdrawn.WithdrawAt, withdrawn.PlannedWithdrawal));
        Assert.Equal("Erin", withdrawn.UpdatedBy);
        var tombstone = await db.Editions.SingleAsync(e => e.ArticleId == article.Id && e.Number == 2);
        Assert.Equal((WithdrawalKind.Legal, Now.AddDays(1)), (tombstone.WithdrawalKind, tombstone.AcknowledgeBy));
    }

    [Fact]
    public async Task Without_its_schedule_an_article_that_is_not_published_has_no_plan()
    {
        var article = await Newsroom.DraftAsync();
        await DoAsync("scheduleArticle", new { id = article.Id.ToString(), at = Now.AddDays(1) });
        await PlanAsync(article.Id, Now.AddDays(2));
        await DoAsync("unscheduleArticle", new { id = article.Id.ToString() });
        await Newsroom.PublishAsync(article.Id);
        _database.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Empty((await WithdrawDueAsync()).Withdrawn);
    }

    [Fact]
    public async Task Corrections_and_updates_keep_the_plan_and_a_withdrawal_by_hand_ends_it()
    {
        var article = await Newsroom.PublishedAsync();
        await PlanAsync(article.Id, Now.AddDays(2));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("A newer headline"));

        var corrected = await DoAsync(
            "correctArticle",
            new
            {
                id = article.Id.ToString(),
                note = "The year.",
                severity = "MINOR",
            }
        );
        var withdrawn = await DoAsync("withdrawArticle", new { id = article.Id.ToString(), reason = "It was a hoax." });

        Assert.NotNull(corrected["article"]!["withdrawAt"]);
        Assert.Null(withdrawn["article"]!["withdrawAt"]);
    }

    [Fact]
    public async Task A_scheduled_article_can_be_planned_to_appear_and_disappear_again()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await DoAsync("scheduleArticle", new { id = id.ToString(), at = Now.AddHours(1) });
        var early = await PlanAsync(id, Now.AddMinutes(30));
        await PlanAsync(id, Now.AddHours(2));
        var late = await DoAsync("scheduleArticle", new { id = id.ToString(), at = Now.AddHours(3) });

        _database.Clock.Advance(TimeSpan.FromHours(1));
        var published = await PublishDueAsync();
        _database.Clock.Advance(TimeSpan.FromHours(1));
        var withdrawn = await WithdrawDueAsync();

        Assert.Equal(["WithdrawalTooEarlyError at at"], GraphQLClient.Refusals(early));
        Assert.Equal(["WithdrawalScheduledError at at"], GraphQLClient.Refusals(late));
        Assert.Equal([id], published.Published);
        Assert.Equal([id], withdrawn.Withdrawn);
    }

    [Fact]
    public async Task If_the_server_was_off_at_both_times_the_article_is_published_and_then_withdrawn()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await DoAsync("scheduleArticle", new { id = id.ToString(), at = Now.AddHours(1) });
        await PlanAsync(id, Now.AddHours(2));
        _database.Clock.Advance(TimeSpan.FromHours(5));

        var tooSoon = await WithdrawDueAsync();
        var published = await PublishDueAsync();
        var withdrawn = await WithdrawDueAsync();

        Assert.Empty(tooSoon.Withdrawn);
        Assert.Equal([id], published.Published);
        Assert.Equal([id], withdrawn.Withdrawn);
    }

    [Fact]
    public async Task The_plan_of_an_article_that_is_not_published_in_time_is_dropped()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await DoAsync("scheduleArticle", new { id = id.ToString(), at = Now.AddHours(1) });
        await PlanAsync(id, Now.AddHours(2));
        await DoAsync("unscheduleArticle", new { id = id.ToString() });
        _database.Clock.Advance(TimeSpan.FromHours(2));

        var due = await WithdrawDueAsync();
        var read = await ReadAsync(id);

        Assert.Empty(due.Withdrawn);
        Assert.Null(due.Next);
        Assert.Equal(("DRAFT", null), ((string?)read["status"], (string?)read["withdrawAt"]));
    }

    [Fact]
    public async Task A_successor_that_has_been_withdrawn_does_not_prevent_the_withdrawal()
    {
        var article = await Newsroom.PublishedAsync();
        var successor = await Newsroom.PublishedAsync();
        await PlanAsync(article.Id, Now.AddHours(1), successor: successor.Id.ToString());
        await DoAsync("withdrawArticle", new { id = successor.Id.ToString(), reason = "Wrong." });
        _database.Clock.Advance(TimeSpan.FromHours(1));

        var due = await WithdrawDueAsync();

        Assert.Equal([article.Id], due.Withdrawn);
        Assert.Null((await RouteAsync(article.Slug))!["successor"]);
    }

    [Fact]
    public async Task An_article_is_withdrawn_even_if_the_server_was_off_until_partners_should_have_confirmed_it()
    {
        var article = await Newsroom.PublishedAsync();
        await PlanAsync(article.Id, Now.AddHours(1), kind: "LEGAL", acknowledgeBy: Now.AddHours(1).AddSeconds(1));
        _database.Clock.Advance(TimeSpan.FromHours(5));

        var due = await WithdrawDueAsync();

        Assert.Equal([article.Id], due.Withdrawn);
        Assert.Empty(due.Failed);
    }

    [Fact]
    public async Task Plans_that_cannot_be_carried_out_are_rejected()
    {
        var article = await Newsroom.PublishedAsync();
        var draft = await Newsroom.DraftAsync();
        var (id, at) = (article.Id.ToString(), Now.AddDays(1));

        var refusals = new[]
        {
            await DoAsync(
                "scheduleWithdrawal",
                new
                {
                    id = draft.Id.ToString(),
                    at,
                    reason = "x",
                }
            ),
            await DoAsync(
                "scheduleWithdrawal",
                new
                {
                    id,
                    at = Now,
                    reason = "x",
                }
            ),
            await DoAsync("scheduleWithdrawal", new { id, reason = "x" }),
            await DoAsync(
                "scheduleWithdrawal",
                new
                {
                    id,
                    at,
                    reason = " ",
                }
            ),
            await DoAsync(
                "scheduleWithdrawal",
                new
                {
                    id,
                    at,
                    reason = new string('x', 2_001),
                }
            ),
            await DoAsync(
                "scheduleWithdrawal",
                new
                {
                    id,
                    at,
                    reason = "x",
                    successor = id,
                }
            ),
            await DoAsync(
                "scheduleWithdrawal",
                new
                {
                    id,
                    at,
                    reason = "x",
                    successor = draft.Id.ToString(),
                }
            ),
            await DoAsync(
                "scheduleWithdrawal",
                new
                {
                    id,
                    at,
                    reason = "x",
                    acknowledgeBy = at,
                }
            ),
            await DoAsync(
                "scheduleWithdrawal",
                new
                {
                    id,
                    at,
                    reason = "x",
                    expectedVersion = 99,
                }
            ),
            await DoAsync(
                "withdrawArticle",
                new
                {
                    id,
                    reason = "x",
                    acknowledgeBy = Now,
                }
            ),
            await DoAsync("unscheduleWithdrawal", new { id }),
        };

        Assert.Equal(
            [
                "ArticleNotPublishedError at id",
                "TimeNotAheadError at at",
                "TimeRequiredError at at",
                "ReasonRequiredError at reason",
                "TextTooLongError at reason",
                "SuccessorNotFoundError at successor",
                "SuccessorNotFoundError at successor",
                "AcknowledgementTooEarlyError at acknowledgeBy",
                "VersionConflictError at expectedVersion",
                "AcknowledgementTooEarlyError at acknowledgeBy",
                "WithdrawalNotScheduledError at id",
            ],
            refusals.SelectMany(GraphQLClient.Refusals)
        );
    }

    [Fact]
    public async Task A_plan_is_cancelled_by_hand_and_by_the_trash()
    {
        var article = await Newsroom.PublishedAsync();
        await PlanAsync(article.Id, Now.AddDays(1));
        var draft = await Newsroom.DraftAsync();
        await DoAsync("scheduleArticle", new { id = draft.Id.ToString(), at = Now.AddHours(1) });
        await PlanAsync(draft.Id, Now.AddDays(1));

        var cancelled = await DoAsync("unscheduleWithdrawal", new { id = article.Id.ToString() });
        var trashed = await DoAsync("trashArticle", new { id = draft.Id.ToString() });

        Assert.Equal((null, null), (cancelled["article"]!["withdrawAt"], trashed["article"]!["withdrawAt"]));
    }

    [Fact]
    public async Task Partners_that_follow_changes_learn_the_kind_and_by_when_to_confirm()
    {
        var article = await Newsroom.PublishedAsync();
        await DoAsync(
            "withdrawArticle",
            new
            {
                id = article.Id.ToString(),
                reason = "A court order.",
                kind = "KILL",
                acknowledgeBy = Now.AddHours(2),
            }
        );

        var change = (
            await Client.AskAsync(
                Viewer.Anonymous,
                "{ changes(first: 100) { nodes { __typename ... on ArticleRemoved { reason kind acknowledgeBy } } } }"
            )
        );

        Assert.Contains("\"kind\":\"KILL\"", change.ToJsonString(), StringComparison.Ordinal);
    }

    private Task<JsonNode> PlanAsync(
        ArticleId id,
        DateTimeOffset at,
        string? successor = null,
        string kind = "NORMAL",
        DateTimeOffset? acknowledgeBy = null
    ) =>
        DoAsync(
            "scheduleWithdrawal",
            new
            {
                id = id.ToString(),
                at,
                reason = "The licence ends.",
                successor,
                kind,
                acknowledgeBy,
            }
        );

    private Task<JsonNode> DoAsync(string mutation, object input) =>
        Client.DoAsync(GraphQLClient.Erin, mutation, input, Fields);

    private async Task<JsonNode> ReadAsync(ArticleId id) =>
        (
            await Client.AskAsync(
                GraphQLClient.Erin,
                $"{{ desk {{ {Fields.Replace("article", $"article(id: \"{id}\")", StringComparison.Ordinal)} }} }}"
            )
        )["data"]!["desk"]!["article"]!;

    private async Task<JsonNode?> RouteAsync(string slug) =>
        (
            await Client.AskAsync(
                Viewer.Anonymous,
                $"{{ route(path: \"/articles/{slug}\") {{ __typename ... on GoneRoute {{ reason kind successor {{ slug }} }} }} }}"
            )
        )["data"]!["route"];

    private Task<DueArticles> PublishDueAsync() =>
        _database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);

    private Task<DueWithdrawals> WithdrawDueAsync() =>
        _database.Get<WithdrawDueArticles>().Handle(new WithdrawDueArticlesInput(), default);
}
