using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Testing;
using Cms.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Webhooks;

/// <summary>
/// Some receivers hang, fail, redirect or send without end. All others get everything, in order for each article. To send
/// more than the default of 1,000 events, set <c>CMS_TEST_WEBHOOK_EVENTS</c>.
/// </summary>
[Needs("server")]
public sealed class HostileReceiverTests : WebhookSuite
{
    private const string Variable = "CMS_TEST_WEBHOOK_EVENTS";
    private const int Healthy = 12;
    private const int ArticleEvery = 3;

    private static int Events =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : 1000;

    [Fact]
    public async Task Healthy_receivers_get_every_article_in_order_while_others_hang_fail_redirect_or_send_without_end()
    {
        await using var good = await Receiver.StartAsync();
        await using var bad = await Receiver.StartAsync();
        var redirected = 0;
        using var stop = new CancellationTokenSource();
        bad.Answer = async (http, _) =>
        {
            switch (http.Request.Query["as"])
            {
                case "hang":
                    await Task.Delay(Timeout.Infinite, stop.Token)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    break;
                case "fail":
                    http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                    break;
                default:
                    Interlocked.Increment(ref redirected);
                    http.Response.Redirect("http://10.0.0.1/");
                    break;
            }
        };
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        List<string> healthy = [];
        for (var i = 0; i < Healthy; i++)
        {
            healthy.Add((await CreateAsync(FormattableString.Invariant($"{good.Url}?n={i}"))).Id);
        }

        var ordered = new ConcurrentDictionary<(string, string), long>();
        var disorder = new ConcurrentQueue<string>();
        good.Answer = (http, received) =>
        {
            var key = (http.Request.Query["n"].ToString(), received.Subject!);
            var last = ordered.GetOrAdd(key, 0);
            if (received.Seq <= last)
            {
                disorder.Enqueue($"{key}: {received.Seq} after {last}");
            }

            ordered[key] = received.Seq!.Value;
            return Task.CompletedTask;
        };
        foreach (var kind in new[] { "hang", "hang", "hang", "fail", "fail", "redirect" })
        {
            await CreateAsync($"{bad.Url}?as={kind}");
        }

        await CreateAsync(FormattableString.Invariant($"http://127.0.0.1:{port}/"));
        await using var endless = new EndlessReceiver();
        await CreateAsync(endless.Url);
        await HappenAsync();
        await DeliveredAsync(healthy);
        await stop.CancelAsync();

        await using var db = await OpenAsync();
        var newest = (
            await db.Changes.Where(c => c.Seq > db.Changes.Max(x => x.Seq) - Events).OrderBy(c => c.Seq).ToListAsync()
        )
            .GroupBy(c => new ArticleId(c.SubjectId.Value).ToString(), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(c => c.Seq), StringComparer.Ordinal);
        Assert.Empty(disorder);
        for (var i = 0; i < Healthy; i++)
        {
            var receiver = i.ToString(CultureInfo.InvariantCulture);
            Assert.All(
                newest,
                article => Assert.Equal(article.Value, ordered.GetValueOrDefault((receiver, article.Key)))
            );
        }

        // An accepted delivery is never sent again.
        Assert.Equal(good.Received.Count, good.Received.Select(r => r.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.True(redirected > 0 && endless.Replies > 0, $"{redirected} redirects, {endless.Replies} replies");
        Assert.InRange(endless.Sent, 1, endless.Replies * (EndlessReceiver.Length / 20));
        var status = await db.WebhookAttempts.Where(a => a.Status == 302).FirstAsync();
        Assert.Contains("follow no redirect", status.Error, StringComparison.Ordinal);
    }

    // Publishes articles, and updates each third one twice.
    private async Task HappenAsync()
    {
        for (var i = 0; i < Events; )
        {
            var article = await Newsroom.PublishedAsync(Newsroom.Story(FormattableString.Invariant($"Story {i++}")));
            for (var update = 0; update < 2 && i % ArticleEvery == 0 && i < Events; update++)
            {
                await Newsroom.SaveAsync(article.Id, Newsroom.Story(FormattableString.Invariant($"Update {i++}")));
                Newsroom.Value(
                    await Server
                        .Services.GetRequiredService<UpdateArticle>()
                        .Handle(new UpdateArticleInput { Id = article.Id }, Newsroom.Erin, default)
                );
            }
        }
    }

    private async Task DeliveredAsync(List<string> webhooks)
    {
        await using var db = await OpenAsync();
        var ids = webhooks.ConvertAll(id => Cms.GraphQL.EntityId.Parse<WebhookId>(id)!.Value);
        for (var i = 0; ; i++)
        {
            var end = await db.ChangeCounters.Select(c => c.Seq).SingleAsync();
            var behind = await db.WebhookProgress.CountAsync(p => ids.Contains(p.WebhookId) && p.Seq != end);
            var pending = await db.WebhookDeliveries.CountAsync(d =>
                ids.Contains(d.WebhookId) && d.State == DeliveryState.Pending
            );
            if (behind + pending == 0)
            {
                return;
            }

            Assert.True(i < 1200 + Events, $"{behind} webhooks are behind, and {pending} deliveries are pending.");
            await Task.Delay(100);
        }
    }
}
