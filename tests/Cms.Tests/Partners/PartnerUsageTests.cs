using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Partners;
using Cms.Partners.Usage;
using Cms.People;
using Cms.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>What partners have used, how it is kept, and the versions of agreements that they have accepted.</summary>
public sealed class PartnerUsageTests(AnyTestDatabase database) : PartnerSuite(database), IClassFixture<AnyTestDatabase>
{
    [Fact]
    public async Task Whatever_is_counted_on_two_servers_adds_up_and_the_sums_of_days_are_those_of_the_articles()
    {
        await using var other = await Database.BuildAsync();
        var servers = new IServiceProvider[] { Database.Services, other };
        var articles = Enumerable.Range(0, 4).Select(_ => ArticleId.New()).ToList();
        var number = 0;
        var request =
            from server in Gen.Choose(0, 1)
            from channel in Gen.Elements(Enum.GetValues<UsageChannel>()[..6])
            from status in Gen.Elements(200, 200, 304, 500)
            from bytes in Gen.Choose(1, 5_000)
            from shown in Gen.SubListOf<ArticleId>(articles)
            from saves in Gen.Elements(false, false, true)
            select (server, channel, status, bytes, shown: shown.ToList(), saves);

        await Task.Run(() =>
            Prop.ForAll(
                    Arb.From(Gen.ListOf(request).Select(list => list.ToList())),
                    (Func<
                        List<(
                            int server,
                            UsageChannel channel,
                            int status,
                            int bytes,
                            List<ArticleId> shown,
                            bool saves
                        )>,
                        Task
                    >)(
                        async requests =>
                        {
                            var name = string.Create(CultureInfo.InvariantCulture, $"Sums {++number}");
                            var (_, id) = await NewPartnerAsync(name);
                            var partner = EntityId.Parse<PartnerId>(id)!.Value;
                            foreach (var sent in requests)
                            {
                                var turn = new PartnerTurn(sent.channel);
                                turn.TryBegin(partner);
                                turn.Deliver(sent.shown);
                                servers[sent.server]
                                    .GetRequiredService<UsageCounter>()
                                    .CountRequest(turn, sent.status, sent.status == 304 ? 0 : sent.bytes);
                                if (sent.saves)
                                {
                                    await servers[sent.server].GetRequiredService<SaveUsage>().Handle(default);
                                }
                            }

                            foreach (var server in servers)
                            {
                                await server.GetRequiredService<SaveUsage>().Handle(default);
                            }

                            await using var db = await Database.OpenAsync();
                            var days = await db.PartnerUsageDays.Where(u => u.PartnerId == partner).ToListAsync();
                            var rows = await db.PartnerUsage.Where(u => u.PartnerId == partner).ToListAsync();
                            Assert.Equal(
                                requests
                                    .Where(sent => sent.status < 500)
                                    .GroupBy(sent => sent.channel)
                                    .Select(group =>
                                        (
                                            group.Key,
                                            (long)group.Count(),
                                            (long)group.Count(sent => sent.status == 304),
                                            group.Where(sent => sent.status == 200).Sum(sent => (long)sent.bytes),
                                            group.Where(sent => sent.status == 200).Sum(sent => (long)sent.shown.Count)
                                        )
                                    )
                                    .OrderBy(sum => sum.Key),
                                days.Select(u => (u.Channel, u.Hits, u.NotModified, u.Bytes, u.Items))
                                    .OrderBy(sum => sum.Channel)
                            );
                            Assert.Equal(
                                days.Select(u => (u.Channel, u.Hits, u.NotModified, u.Bytes, u.Items))
                                    .OrderBy(sum => sum.Channel),
                                rows.GroupBy(u => u.Channel)
                                    .Select(group =>
                                        (
                                            group.Key,
                                            group.Sum(u => u.Hits),
                                            group.Sum(u => u.NotModified),
                                            group.Sum(u => u.Bytes),
                                            group.Sum(u => u.Items)
                                        )
                                    )
                                    .OrderBy(sum => sum.Key)
                            );
                        }
                    )
                )
                .Check(Config.QuickThrowOnFailure.WithMaxTest(15))
        );
    }

    [Fact]
    public async Task Articles_are_kept_for_30_days_and_sums_for_25_months()
    {
        var (_, id) = await NewPartnerAsync("Kept Post");
        var partner = EntityId.Parse<PartnerId>(id)!.Value;
        await UseAsync(partner);
        Database.Clock.Advance(TimeSpan.FromDays(30));
        await ForgetAsync();
        var kept = await CountAsync(partner);
        Database.Clock.Advance(TimeSpan.FromDays(1));
        await ForgetAsync();
        var summed = await CountAsync(partner);
        Database.Clock.Advance(TimeSpan.FromDays(25 * 31));
        await ForgetAsync();

        Assert.Equal((2, 1), kept);
        Assert.Equal((0, 1), summed);
        Assert.Equal((0, 0), await CountAsync(partner));
    }

    [Fact]
    public async Task Rows_in_memory_are_limited_and_what_has_no_row_of_its_own_is_still_counted()
    {
        var (_, id) = await NewPartnerAsync("Big Post");
        var partner = EntityId.Parse<PartnerId>(id)!.Value;
        var buffer = new UsageBuffer(Database.Clock);
        for (var i = 0; i < 3; i++)
        {
            buffer.Add(
                partner,
                UsageChannel.Rss,
                new UsageCounts { Hits = 1 },
                [.. Enumerable.Range(0, 9_000).Select(_ => ArticleId.New())]
            );
        }

        var rows = buffer.Take(int.MaxValue);

        Assert.True(buffer.Filled.IsCompleted is false);
        Assert.InRange(rows.Count, UsageBuffer.MaxRows, UsageBuffer.MaxRows + 1);
        Assert.Equal(27_000, rows.Values.Sum(counts => counts.Items));
    }

    [Fact]
    public async Task Days_and_months_are_listed_newest_first_in_pages_for_admins_and_for_the_partner_itself()
    {
        var viewer = await PartnerAsync("Listed Post", new { });
        var other = await PartnerAsync("Unlisted Post", new { });
        var id = await IdOfAsync("Listed Post");
        var partner = EntityId.Parse<PartnerId>(id)!.Value;
        Database.Clock.Advance(
            new DateTimeOffset(Database.Clock.GetUtcNow().Year + 1, 1, 30, 12, 0, 0, TimeSpan.Zero)
                - Database.Clock.GetUtcNow()
        );
        var year = Database.Clock.GetUtcNow().Year;
        for (var day = 0; day < 4; day++)
        {
            await UseAsync(partner, UsageChannel.Rss, UsageChannel.Changes);
            Database.Clock.Advance(TimeSpan.FromDays(1));
        }

        var months = await AskAsync(GraphQLClient.Ada, Desk(id, "by: MONTH", "from channel hits items"));
        var first = await AskAsync(GraphQLClient.Ada, Desk(id, "first: 3", "from channel"));
        var cursor = (string)first["desk"]!["partner"]!["usage"]!["pageInfo"]!["endCursor"]!;
        var second = await AskAsync(GraphQLClient.Ada, Desk(id, $"first: 3, after: \"{cursor}\"", "from channel"));
        var only = await AskAsync(GraphQLClient.Ada, Desk(id, "channel: CHANGES", "channel"));
        var own = await AskAsync(viewer, "{ usage(first: 100) { totalCount } }");
        var others = await AskAsync(other, "{ usage(first: 100) { totalCount } }");
        var refused = await new GraphQLClient(Database.Services).AskAsync(
            GraphQLClient.Erin,
            Desk(id, "first: 1", "from")
        );
        var tooLong = await new GraphQLClient(Database.Services).AskAsync(
            GraphQLClient.Ada,
            Desk(id, "from: \"2020-01-01\", to: \"2026-01-01\"", "from")
        );

        Assert.Equal(
            $$"""[{"from":"{{year}}-02-01","channel":"RSS","hits":2,"items":2},{"from":"{{year}}-02-01","channel":"CHANGES","hits":2,"items":2},{"from":"{{year}}-01-01","channel":"RSS","hits":2,"items":2},{"from":"{{year}}-01-01","channel":"CHANGES","hits":2,"items":2}]""",
            Nodes(months)
        );
        Assert.Equal(
            $$"""[{"from":"{{year}}-02-02","channel":"RSS"},{"from":"{{year}}-02-02","channel":"CHANGES"},{"from":"{{year}}-02-01","channel":"RSS"}]""",
            Nodes(first)
        );
        Assert.StartsWith(
            $$"""[{"from":"{{year}}-02-01","channel":"CHANGES"}""",
            Nodes(second),
            StringComparison.Ordinal
        );
        Assert.Equal(4, only["desk"]!["partner"]!["usage"]!["nodes"]!.AsArray().Count);
        Assert.Equal(8, (int)own["usage"]!["totalCount"]!);
        Assert.Equal(0, (int)others["usage"]!["totalCount"]!);
        Assert.Equal("AUTH_NOT_AUTHORIZED", (string?)refused["errors"]![0]!["extensions"]!["code"]);
        Assert.Equal("BAD_USER_INPUT", (string?)tooLong["errors"]![0]!["extensions"]!["code"]);

        static string Desk(string id, string arguments, string fields) =>
            $"{{ desk {{ partner(id: \"{id}\") {{ usage({arguments}) {{ pageInfo {{ endCursor }} nodes {{ {fields} }} }} }} }} }}";

        static string Nodes(JsonNode answer) => answer["desk"]!["partner"]!["usage"]!["nodes"]!.ToJsonString();
    }

    [Fact]
    public async Task A_partner_accepts_the_version_in_force_once_and_the_desk_shows_who_and_when()
    {
        var viewer = await PartnerAsync("Accepting Post", new { });
        var id = await IdOfAsync("Accepting Post");
        viewer = viewer with { Name = "Accepting app" };
        var wrong = await AcceptAsync(viewer, 2);
        var accepted = await AcceptAsync(viewer, 1);
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await AcceptAsync(viewer, 1);
        await SaveAsync(
            id,
            new
            {
                embargoLead = 5,
                requestsPerMinute = 60,
                monthlyQuota = 1000,
            }
        );
        var own = await AskAsync(
            viewer,
            "{ agreement { number embargoLead requestsPerMinute monthlyQuota requestsThisMonth acceptance { number } } }"
        );
        var desk = await AskAsync(
            GraphQLClient.Ada,
            $"{{ desk {{ partner(id: \"{id}\") {{ agreements {{ number acceptance {{ acceptedBy }} }} older: agreements(first: 1, before: 2) {{ number }} }} auditLog: audit(first: 1) {{ nodes {{ action before after }} }} }} }}"
        );

        Assert.Equal("AgreementNotInForceError", (string?)wrong["errors"]![0]!["__typename"]);
        Assert.Equal(accepted["acceptance"]!.ToJsonString(), again["acceptance"]!.ToJsonString());
        Assert.Equal("Accepting app", (string?)accepted["acceptance"]!["acceptedBy"]);
        Assert.Equal(
            """{"number":2,"embargoLead":5,"requestsPerMinute":60,"monthlyQuota":1000,"requestsThisMonth":0,"acceptance":null}""",
            own["agreement"]!.ToJsonString()
        );
        Assert.Equal(
            """{"agreements":[{"number":2,"acceptance":null},{"number":1,"acceptance":{"acceptedBy":"Accepting app"}}],"older":[{"number":1}]}""",
            desk["desk"]!["partner"]!.ToJsonString()
        );
        var change = desk["desk"]!["auditLog"]!["nodes"]![0]!.ToJsonString();
        Assert.Contains("embargoLead", change, StringComparison.Ordinal);
        Assert.Contains("monthlyQuota", change, StringComparison.Ordinal);

        async Task<JsonNode> AcceptAsync(Viewer by, int number) =>
            await new GraphQLClient(Database.Services).DoAsync(
                by,
                "acceptAgreement",
                new { number },
                "acceptance { number acceptedAt acceptedBy }"
            );
    }

    [Fact]
    public async Task Limits_that_make_no_sense_are_refused()
    {
        var (_, id) = await NewPartnerAsync("Odd Post");

        var refused = await new GraphQLClient(Database.Services).DoAsync(
            GraphQLClient.Ada,
            "saveAgreement",
            new
            {
                partner = id,
                embargoLead = -1,
                requestsPerMinute = 0,
                monthlyQuota = 0,
            },
            "partner { id }"
        );

        Assert.Equal(
            [
                "NumberOutOfRangeError at embargoLead",
                "NumberOutOfRangeError at monthlyQuota",
                "NumberOutOfRangeError at requestsPerMinute",
            ],
            GraphQLClient.Refusals(refused).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Revoked_keys_are_listed_in_pages_and_working_keys_apart()
    {
        var (_, id) = await NewPartnerAsync("Key Post");
        List<string> keys = [];
        for (var i = 0; i < 4; i++)
        {
            keys.Add(
                (string)(await DoAsync("createFeedKey", new { partner = id }, "feedKey { id }"))["feedKey"]!["id"]!
            );
            if (i > 0)
            {
                await DoAsync("revokeFeedKey", new { id = keys[i] });
            }
        }

        var desk = await AskAsync(
            GraphQLClient.Ada,
            $"{{ desk {{ partner(id: \"{id}\") {{ working: feedKeys(isRevoked: false) {{ id }} revoked: feedKeys(isRevoked: true, first: 2) {{ id }} older: feedKeys(isRevoked: true, before: \"{keys[2]}\") {{ id }} }} }} }}"
        );

        Assert.Equal(
            $$"""{"working":[{"id":"{{keys[0]}}"}],"revoked":[{"id":"{{keys[3]}}"},{"id":"{{keys[2]}}"}],"older":[{"id":"{{keys[1]}}"}]}""",
            desk["desk"]!["partner"]!.ToJsonString()
        );
    }

    private async Task<string> IdOfAsync(string name) =>
        (string)
            (await AskAsync(GraphQLClient.Ada, "{ desk { partners(first: 100) { nodes { id name } } } }"))["desk"]![
                "partners"
            ]!["nodes"]!
                .AsArray()
                .Single(partner => (string?)partner!["name"] == name)!["id"]!;

    private async Task UseAsync(PartnerId partner, params UsageChannel[] channels)
    {
        foreach (var channel in channels is [] ? [UsageChannel.Rss] : channels)
        {
            var turn = new PartnerTurn(channel);
            turn.TryBegin(partner);
            turn.Deliver([ArticleId.New()]);
            Database.Get<UsageCounter>().CountRequest(turn, 200, 10);
        }

        await Database.Get<SaveUsage>().Handle(default);
    }

    private Task ForgetAsync() => Database.Get<ForgetUsage>().Handle(default);

    private async Task<(int Rows, int Days)> CountAsync(PartnerId partner)
    {
        await using var db = await Database.OpenAsync();
        return (
            await db.PartnerUsage.CountAsync(u => u.PartnerId == partner),
            await db.PartnerUsageDays.CountAsync(u => u.PartnerId == partner)
        );
    }
}
