using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Changes;
using Cms.Media;
using Cms.Media.Library;
using Cms.Media.Rights;
using Cms.Server.Tests.Webhooks;
using Cms.Testing;
using Cms.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Cms.Server.Tests.Replicas;

/// <summary>
/// Kills each of two servers in turn with <c>kill -9</c> while schedules and rights of images come due, of which both send
/// webhooks. For more kills, and to wait for the real end of the claims that the last one leaves, set
/// <c>CMS_TEST_REPLICA_KILLS</c>.
/// </summary>
[Needs("process")]
public sealed class KilledReplicaTests(ITestOutputHelper output)
{
    private const string Variable = "CMS_TEST_REPLICA_KILLS";

    // For each kill, this many schedules and half as many rights of images come due, some at a time.
    private const int PerKill = 20;
    private const int AtOnce = 4;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1_250);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // A claim that a killed server leaves lasts a minute.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static int? Given =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : null;

    private static int Kills => Given ?? 2;

    [Fact]
    public async Task What_is_due_while_servers_are_killed_is_done_once_and_webhooks_lose_nothing()
    {
        await using var receiver = await Receiver.StartAsync();

        // Slow enough that a kill hits deliveries that are being sent.
        receiver.Answer = (_, _) => Task.Delay(TimeSpan.FromMilliseconds(200));
        await using var replicas = await ReplicaProcesses.CreateAsync("--Cms:Webhooks:AllowLoopback=true");
        var (articles, images) = await PlanAsync(replicas, receiver.Url);
        var total = articles.Count + images.Count;
        await replicas.StartAsync();
        List<int> left = [];
        for (var kill = 1; kill <= Kills; kill++)
        {
            await DoneAsync(replicas, total * kill / (Kills + 1));
            await Task.Delay(RandomNumberGenerator.GetInt32(20));
            await replicas.KillAsync(kill % 2);
            left.Add(total - await CountDoneAsync(replicas));
            var claims = await ClaimsAsync(replicas);

            // The last one that is killed does not come back.
            if (kill < Kills)
            {
                await replicas.StartAsync(kill % 2);
            }

            // Otherwise the webhook would wait for them, and the next kill would hit no delivery.
            if (Given is null || kill < Kills)
            {
                await EndLeasesAsync(replicas, claims);
            }
        }

        Assert.Contains(left, items => items > 0);
        await DoneAsync(replicas, total);
        await DeliveredAsync(replicas);
        await AssertOnceAsync(replicas, articles, images);
        var repeated = AssertDelivered(
            receiver,
            [.. articles.Select(id => id.ToString()), .. images.Select(id => id.ToString())]
        );
        output.WriteLine(
            $"{articles.Count} schedules, {images.Count} ends of rights, {total} deliveries, {Kills} kills with {string.Join(", ", left)} items left; {repeated} deliveries were repeated."
        );
    }

    // The clock of this server is an hour behind, so that everything can be planned, however slow the machine is.
    private static async Task<(List<ArticleId> Articles, List<MediaId> Images)> PlanAsync(
        ReplicaProcesses replicas,
        string receiver
    )
    {
        await using var app = replicas.Build(services =>
            services.AddSingleton<TimeProvider>(
                new FakeTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1))
            )
        );
        Newsroom newsroom = new(app.Services);
        var count = Kills * PerKill;
        List<ArticleId> articles = [];
        List<MediaId> images = [];
        for (var i = 0; i < count; i++)
        {
            articles.Add((await newsroom.DraftAsync(Newsroom.Story($"Scheduled {i}"))).Id);
            if (i % 2 == 0)
            {
                var image = await newsroom.ImageAsync();
                await newsroom.PublishedAsync(Newsroom.Story($"Shows image {i}") with { HeroImageId = image.Id });
                images.Add(image.Id);
            }
        }

        var begin = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3) + (count * TimeSpan.FromMilliseconds(30));
        for (var i = 0; i < count; i++)
        {
            var at = begin + (i / AtOnce * Between);
            Newsroom.Value(
                await app
                    .Services.GetRequiredService<ScheduleArticle>()
                    .Handle(new ScheduleArticleInput { Id = articles[i], At = at }, Newsroom.Erin, default)
            );
            if (i % 2 == 0)
            {
                await newsroom.LicenseAsync(
                    images[i / 2],
                    new ImageRights { CreditLine = "Drawing by the newsroom", ExpiresAt = at }
                );
            }
        }

        // The secret of the webhook needs a key, which a server creates when it starts.
        app.Services.GetDataProtector("Key").Protect("");
        await new PartnerSteps(app.Services).DoAsync("createWebhook", new { url = receiver, hasOtherContent = true });
        return (articles, images);
    }

    // The articles that show images are published before anything is scheduled.
    private static async Task<int> CountDoneAsync(ReplicaProcesses replicas)
    {
        await using var db = replicas.Database.Open();
        return await db.Articles.CountAsync(a => a.LiveEditionId != null)
            - (Kills * PerKill / 2)
            + await db.Library.CountAsync(a => a.ExpiredAt != null);
    }

    private static async Task DoneAsync(ReplicaProcesses replicas, int items)
    {
        using CancellationTokenSource late = new(Longest);
        while (await CountDoneAsync(replicas) < items)
        {
            await Task.Delay(Pause, late.Token);
        }
    }

    private static async Task<List<Guid>> ClaimsAsync(ReplicaProcesses replicas)
    {
        await using var db = replicas.Database.Open();
        return
        [
            .. (
                await db
                    .WebhookDeliveries.Where(d => d.LeasedUntil != null && d.Claim != null)
                    .Select(d => d.Claim)
                    .ToListAsync()
            ).OfType<Guid>(),
        ];
    }

    // As if the time of these leases had passed. The server that was not killed has recorded most of its own meanwhile.
    private static async Task EndLeasesAsync(ReplicaProcesses replicas, List<Guid> claims)
    {
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        using CancellationTokenSource late = new(Longest);
        while (true)
        {
            try
            {
                await using var db = replicas.Database.Open();
                await db
                    .WebhookDeliveries.Where(d => d.LeasedUntil != null && claims.Contains(d.Claim!.Value))
                    .ExecuteUpdateAsync(set =>
                        set.SetProperty(d => d.LeasedUntil, past).SetProperty(d => d.DueAt, past)
                    );
                return;
            }
            catch (DbException) when (!late.IsCancellationRequested)
            {
                // The servers write too. They try again, and so does this.
                await Task.Delay(Pause);
            }
        }
    }

    private static async Task DeliveredAsync(ReplicaProcesses replicas)
    {
        using CancellationTokenSource late = new(Longest);
        await using var db = replicas.Database.Open();
        var end = await db.ChangeCounters.Select(c => c.Seq).SingleAsync();
        while (
            !await db.WebhookProgress.AllAsync(p => p.Seq == end)
            || await db.WebhookDeliveries.AnyAsync(d => d.State == DeliveryState.Pending)
        )
        {
            await Task.Delay(Pause, late.Token);
        }
    }

    private static async Task AssertOnceAsync(ReplicaProcesses replicas, List<ArticleId> articles, List<MediaId> images)
    {
        await Invariants.AssertAsync(() => Task.FromResult(replicas.Database.Open()));
        await using var db = replicas.Database.Open();
        var scheduled = articles.ConvertAll(id => id.ToString());
        var ended = images.ConvertAll(id => id.ToString());
        var editions = await db.Editions.Select(e => e.ArticleId).ToListAsync();
        var planned = await db.Articles.Where(a => a.ScheduledAt != null).Select(a => a.Id).ToListAsync();
        var changes = await db.Changes.Select(c => new { c.Kind, c.SubjectId }).ToListAsync();
        var entries = await db.AuditEntries.Select(e => new { e.Action, e.Subject }).ToListAsync();
        Assert.Empty(planned);
        AssertSame(scheduled, editions.Where(articles.Contains).Select(id => id.ToString()));
        AssertSame(
            scheduled,
            changes
                .Where(c => c.Kind is ChangeKind.ArticlePublished)
                .Select(c => new ArticleId(c.SubjectId.Value))
                .Where(articles.Contains)
                .Select(id => id.ToString())
        );
        AssertSame(scheduled, entries.Where(e => e.Action == "publishDueArticle").Select(e => e.Subject));
        AssertSame(
            ended,
            changes.Where(c => c.Kind is ChangeKind.MediaExpired).Select(c => new MediaId(c.SubjectId.Value).ToString())
        );
        AssertSame(ended, entries.Where(e => e.Action == "expireMedia").Select(e => e.Subject));
    }

    // Each once, in any order.
    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> found) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));

    // Returns how many deliveries were repeated.
    private static int AssertDelivered(Receiver receiver, List<string> subjects)
    {
        var received = receiver.Received;
        AssertSame(subjects, received.Select(r => r.Subject!).Distinct());

        // A message that arrives again has the same id.
        Assert.Equal(subjects.Count, received.Select(r => r.Id).Distinct().Count());
        var repeated = received.Count - subjects.Count;

        // It arrives again only if a server was killed while it sent it: four at most for each kill.
        Assert.InRange(repeated, 0, Kills * ClaimDeliveries.MaxParallel);
        return repeated;
    }
}
