using System.Globalization;
using Cms.Changes;
using Cms.Testing;
using Cms.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Webhooks;

/// <summary>Attempts that fail are repeated for days, on a clock that the tests move.</summary>
[Needs("server")]
public sealed class WebhookRetryTests : WebhookSuite
{
    private static readonly double[] Delays = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 4, 23, 9, 0, 0, TimeSpan.Zero));

    private protected override TimeProvider? Clock => _clock;

    [Fact]
    public async Task Ten_attempts_follow_the_schedule_with_the_same_id_and_a_new_time_and_body()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Status(500);
        var (id, _) = await CreateAsync(receiver.Url, "query($id: ID!) { article(id: $id) { headline } }");
        await Newsroom.PublishedAsync(Newsroom.Story("One"));
        Wake();
        var received = await receiver.NextAsync();
        var times = new List<string> { received.Headers["webhook-timestamp"] };
        for (var attempt = 1; attempt <= Delays.Length; attempt++)
        {
            var wait = await WaitAsync(attempt);
            Assert.InRange(wait.TotalSeconds, Delays[attempt - 1] * 0.8, Delays[attempt - 1] * 1.2);
            Advance(wait);
            var again = await receiver.NextAsync();
            Assert.Equal(received.Id, again.Id);
            times.Add(again.Headers["webhook-timestamp"]);
        }

        var delivery = await DeliveryAsync(id, "FAILED");
        Assert.Equal(10, (int)delivery["attemptCount"]!);
        Assert.Equal(10, times.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("The receiver replied with the status 500.", (string?)delivery["attempts"]![0]!["error"]);

        // The webhook is disabled at the next failure after five days without a success.
        _clock.Advance(TimeSpan.FromDays(2.5));
        await DoAsync("pingWebhook", new { id });
        await receiver.NextAsync();
        await UntilAsync(async () => (string?)(await ReadAsync(id, "state"))["state"] == "DISABLED");
    }

    [Fact]
    public async Task A_receiver_that_asks_to_wait_is_asked_again_after_that_time_but_not_after_more_than_a_day()
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = "600";
        receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = asked;
            return Task.CompletedTask;
        };
        var (id, _) = await CreateAsync(receiver.Url);
        await DoAsync("pingWebhook", new { id });
        await receiver.NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(600), await WaitAsync(1));

        asked = _clock.GetUtcNow().AddYears(1).ToString("R", CultureInfo.InvariantCulture);
        Advance(TimeSpan.FromSeconds(600));
        await receiver.NextAsync();
        Assert.Equal(TimeSpan.FromHours(24), await WaitAsync(2));
    }

    [Fact]
    public async Task A_newer_change_of_an_article_replaces_an_older_one_that_waits()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Status(500);
        var (id, _) = await CreateAsync(receiver.Url);
        var article = await Newsroom.PublishedAsync();
        Wake();
        var first = await receiver.NextAsync();
        await WaitAsync(1);
        receiver.Answer = Status(204);
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Changed"));
        await Client.DoAsync(GraphQLClient.Erin, "updateArticle", new { id = article.Id.ToString() }, "article { id }");
        Wake();

        var second = await receiver.NextAsync();
        Assert.Equal("article.updated", second.Type);
        await DeliveryAsync(id, "DELIVERED");
        await using var db = await OpenAsync();
        var states = await db.WebhookDeliveries.ToDictionaryAsync(d => d.Id.ToString(), d => d.State);
        Assert.Equal(DeliveryState.Superseded, states[first.Id]);
        Advance(TimeSpan.FromDays(1));
        await DoAsync("pingWebhook", new { id });
        Assert.Equal("webhook.ping", (await receiver.NextAsync()).Type);
    }

    [Fact]
    public async Task A_webhook_that_meets_a_different_log_continues_from_its_end_and_says_so()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await CreateAsync(receiver.Url);
        await using (var db = await OpenAsync())
        {
            await db.WebhookProgress.ExecuteUpdateAsync(set =>
                set.SetProperty(p => p.Epoch, Guid.CreateVersion7()).SetProperty(p => p.Seq, 0)
            );
        }

        await Server.Services.GetRequiredService<PlanDeliveries>().Handle(default);
        var article = await Newsroom.PublishedAsync();
        Wake();
        Assert.Equal(article.Id.ToString(), (await receiver.NextAsync()).Subject);
        Assert.NotNull((string?)(await ReadAsync(id, "progress { restoredAt }"))["progress"]!["restoredAt"]);
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task A_delivery_whose_server_was_killed_is_sent_again_after_its_lease_and_old_ones_are_deleted()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await CreateAsync(receiver.Url);
        await DoAsync("disableWebhook", new { id, reason = "Prepare" });
        await Newsroom.PublishedAsync();
        await using var db = await OpenAsync();

        // As if a server had claimed the delivery and then been killed.
        await DoAsync("enableWebhook", new { id });
        await receiver.NextAsync();
        await DeliveryAsync(id, "DELIVERED");
        await db.WebhookDeliveries.ExecuteUpdateAsync(set =>
            set.SetProperty(d => d.State, DeliveryState.Pending)
                .SetProperty(d => d.DueAt, _clock.GetUtcNow().AddSeconds(60))
                .SetProperty(d => d.LeasedUntil, _clock.GetUtcNow().AddSeconds(60))
                .SetProperty(d => d.Claim, Guid.CreateVersion7())
        );
        Assert.Empty(await Claimed(id));
        Advance(TimeSpan.FromSeconds(61));
        await receiver.NextAsync();
        await DeliveryAsync(id, "DELIVERED");

        _clock.Advance(TimeSpan.FromDays(31));
        await Server.Services.GetRequiredService<ForgetDeliveries>().Handle(default);
        Assert.Equal((0, 0), (await db.WebhookDeliveries.CountAsync(), await db.WebhookAttempts.CountAsync()));
        Assert.True(await db.Changes.AnyAsync(c => c.Kind == ChangeKind.ArticlePublished));
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> Claimed(string id) =>
        await Server
            .Services.GetRequiredService<ClaimDeliveries>()
            .Handle(Cms.GraphQL.EntityId.Parse<WebhookId>(id)!.Value, default);

    private static Func<HttpContext, ReceivedWebhook, Task> Status(int status) =>
        (http, _) =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        };

    // Returns the time until the next attempt, when this number of attempts is recorded.
    private async Task<TimeSpan> WaitAsync(int attempts)
    {
        DateTimeOffset? due = null;
        await UntilAsync(async () =>
        {
            await using var db = await OpenAsync();
            due = await db
                .WebhookDeliveries.Where(d => d.AttemptCount == attempts && d.LeasedUntil == null)
                .MaxAsync(d => d.DueAt);
            return due is not null;
        });
        return due!.Value - _clock.GetUtcNow();
    }

    private void Advance(TimeSpan time)
    {
        _clock.Advance(time);
        Wake();
    }

    // The feed, whose timer would tick for each second of the days, is not started.
    private void Wake() => Server.Services.GetRequiredService<WebhookSignal>().Give();

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; !await isSo(); i++)
        {
            Assert.True(i < 600, "It did not happen.");
            await Task.Delay(20);
        }
    }
}
