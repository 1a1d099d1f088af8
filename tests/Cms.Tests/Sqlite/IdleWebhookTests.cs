using Cms.Data;
using Cms.Testing;
using Cms.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Sqlite;

public sealed class IdleWebhookTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task A_webhook_of_a_partner_that_is_up_to_date_is_checked_without_a_write()
    {
        var capture = new SqliteCapture();
        await using var services = await database.BuildAsync(capture.AddTo);
        PartnerSteps steps = new(services);
        var partner = await steps.PartnerAsync("Quiet Post");
        await steps.AgreeAsync(partner, new { });
        await steps.DoAsync("createWebhook", new { partner, url = "https://quiet.example/" });
        await steps.PublishedAsync("The only news");
        var plan = services.GetRequiredService<PlanDeliveries>();
        await plan.Handle(default);

        capture.Clear();
        await plan.Handle(default);

        Assert.All(
            capture.Statements,
            statement => Assert.StartsWith("SELECT", statement.Sql.TrimStart(), StringComparison.Ordinal)
        );
        await using var db = await services
            .GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        Assert.Single(await db.WebhookDeliveries.ToListAsync());
    }
}
