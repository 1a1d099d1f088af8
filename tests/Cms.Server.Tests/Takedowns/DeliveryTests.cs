using System.Net;
using Cms.Articles;
using Cms.Partners.Deliveries;
using Cms.Server.Partners;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Takedowns;

/// <summary>What partners receive is recorded before they receive it, and costs nothing the next time.</summary>
[Needs("server")]
public sealed class DeliveryTests : AccessSuite
{
    private const string Query = "{ articles(first: 3) { nodes { headline } } }";

    [Fact]
    public async Task A_steady_partner_and_readers_cost_no_statement()
    {
        var (key, _) = await ReceiverAsync("Steady");
        await ReadAsync(key);
        Server.Statements.Take();
        await ReadAsync(key);
        var again = Server.Statements.Take();
        await ReadAsync(null);
        var reader = Server.Statements.Take();

        Assert.Contains(again, statement => statement.Contains("FeedKeys", StringComparison.Ordinal));
        Assert.DoesNotContain(
            again.Concat(reader),
            statement => statement.Contains("PartnerDeliveries", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_server_that_stops_saves_when_partners_last_received_articles()
    {
        var (key, article) = await ReceiverAsync("Stopping");
        await ReadAsync(key);
        Clock.Advance(TimeSpan.FromSeconds(20));
        await ReadAsync(key);
        var running = await DeliveryAsync(article.Id);
        using var watch = ActivatorUtilities.CreateInstance<DeliveryWatch>(Server.Services);
        await watch.StopAsync(default);
        var stopped = await DeliveryAsync(article.Id);

        Assert.Equal(running.FirstAt, running.LastAt);
        Assert.Equal(running.FirstAt + TimeSpan.FromSeconds(20), stopped.LastAt);
    }

    [SkippableFact]
    public async Task An_answer_whose_delivery_cannot_be_recorded_is_not_sent()
    {
        Skip.If(ServerDatabase.UsesSqlServer, "The trigger is written for SQLite.");
        var (key, article) = await ReceiverAsync("Unrecorded");
        await using (var db = await OpenAsync())
        {
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER NoDeliveries BEFORE INSERT ON PartnerDeliveries BEGIN SELECT RAISE(ABORT, 'no'); END"
            );
        }

        using var refused = await AskAsync(Query, key);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        Assert.DoesNotContain("Unrecorded", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await using (var db = await OpenAsync())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER NoDeliveries");
        }

        await ReadAsync(key);
        Assert.Equal(article.LiveEditionId, (await DeliveryAsync(article.Id)).EditionId);
    }

    private async Task<(string Key, Article Article)> ReceiverAsync(string headline)
    {
        PartnerSteps steps = new(Server.Services);
        var article = await steps.PublishedAsync(headline);
        var partner = await steps.PartnerAsync($"{headline} Post");
        await steps.AgreeAsync(partner, new { hasTakes = true });
        return ((await steps.KeyAsync(partner)).Key, article);
    }

    private async Task ReadAsync(string? key)
    {
        using var answer = await AskAsync(Query, key);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<PartnerDelivery> DeliveryAsync(ArticleId article)
    {
        await using var db = await OpenAsync();
        return await db.PartnerDeliveries.SingleAsync(d => d.ArticleId == article);
    }
}
