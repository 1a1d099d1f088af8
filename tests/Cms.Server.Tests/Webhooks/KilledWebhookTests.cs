using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Cms.Webhooks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Server.Tests.Webhooks;

/// <summary>
/// Kills the server with <c>kill -9</c> while it sends webhooks. For more kills, set <c>CMS_TEST_WEBHOOK_KILLS</c>.
/// </summary>
[Needs("process")]
public sealed class KilledWebhookTests : IAsyncLifetime
{
    private const string Variable = "CMS_TEST_WEBHOOK_KILLS";
    private const int ArticlesPerKill = 12;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly IssuerForge _issuer = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-killed-webhooks-");
    private ServerDatabase _database = null!;

    private static int Kills =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : 2;

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _database = await ServerDatabase.CreateAsync(_folder.FullName);
        await using var app = CmsHost.Build([.. _database.Arguments]);
        await _database.PrepareAsync(app.Services);
    }

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_killed_server_loses_no_delivery_and_repeats_only_what_it_had_not_recorded()
    {
        await using var receiver = await Receiver.StartAsync();

        // Slow enough that a kill hits deliveries that are being sent.
        receiver.Answer = (_, _) => Task.Delay(TimeSpan.FromMilliseconds(30));
        List<string> articles = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await StartAsync();
            if (kill == 0)
            {
                await MutateAsync(server, "createWebhook", $$"""{ url: "{{receiver.Url}}" }""", "webhook { id }");
            }

            for (var i = 0; i < ArticlesPerKill; i++)
            {
                articles.Add(await PublishAsync(server, articles.Count));
            }

            await server.KillAsync();
            await EndLeasesAsync();
        }

        using var last = await StartAsync();
        await DeliveredAsync();
        var received = receiver.Received;
        Assert.Equal(articles.Order(), received.Select(r => r.Subject!).Distinct().Order());

        // The same message arrives again only if the server was killed while it was sent: four at most for each kill.
        Assert.InRange(received.Count, articles.Count, articles.Count + (Kills * ClaimDeliveries.MaxParallel));
        Assert.Equal(articles.Count, received.Select(r => r.Id).Distinct().Count());
        await last.KillAsync();
    }

    private static async Task<string> PublishAsync(ServingProcess server, int number)
    {
        var created = await MutateAsync(
            server,
            "createArticle",
            $$"""{ headline: "Lantern {{number}}", summary: "What happened.", body: { markdown: "On Monday." } }""",
            "article { id }"
        );
        var id = (string)created["article"]!["id"]!;
        await MutateAsync(server, "publishArticle", $$"""{ id: "{{id}}" }""", "article { id }");
        return id;
    }

    private static async Task<JsonNode> MutateAsync(ServingProcess server, string mutation, string input, string shows)
    {
        var answer = await server.AskAsync(
            $$"""mutation { {{mutation}}(input: {{input}}) { {{shows}} errors { __typename } } }"""
        );
        var payload = answer["data"]?[mutation];
        Assert.True(payload?["errors"] is JsonArray { Count: 0 }, answer.ToJsonString());
        return payload;
    }

    // As if the time of the leases had passed.
    private async Task EndLeasesAsync()
    {
        await using var db = _database.Open();
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await db
            .WebhookDeliveries.Where(d => d.LeasedUntil != null)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.LeasedUntil, past).SetProperty(d => d.DueAt, past));
    }

    private async Task DeliveredAsync()
    {
        await using var db = _database.Open();
        var end = await db.ChangeCounters.Select(c => c.Seq).SingleAsync();
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(50))
        {
            if (
                await db.WebhookProgress.AllAsync(p => p.Seq == end)
                && !await db.WebhookDeliveries.AnyAsync(d => d.State == DeliveryState.Pending)
            )
            {
                return;
            }

            Assert.True(waited < Longest, "Deliveries are still pending.");
            await Task.Delay(50);
        }
    }

    private Task<ServingProcess> StartAsync() =>
        ServingProcess.StartPublishedAsync(
            new Dictionary<string, string>(_database.Environment, StringComparer.Ordinal)
            {
                ["DOTNET_ENVIRONMENT"] = "Testing",
                ["Cms__Webhooks__AllowLoopback"] = "true",
            },
            Forged.Person(_issuer, "Admin").Sign(),
            [.. _issuer.Settings, "--Cms:Limits:SignedInPerSecond=0"]
        );
}
