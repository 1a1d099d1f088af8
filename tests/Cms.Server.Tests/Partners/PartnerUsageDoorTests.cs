using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Partners;

/// <summary>What partners use is counted and limited at every door, on a server that also shows the site.</summary>
[Needs("server")]
public sealed class PartnerUsageDoorTests : IAsyncLifetime
{
    private const string Counts = "channel hits notModified refused bytes items";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 4, 30, 23, 50, 0, TimeSpan.Zero));
    private readonly NewsroomServer _server;

    public PartnerUsageDoorTests() =>
        _server = new NewsroomServer
        {
            Settings = ["--Cms:Site:Enabled=true"],
            More = services => services.AddSingleton<TimeProvider>(_clock),
        };

    private PartnerSteps Steps => new(_server.Services);

    private Newsroom Newsroom => new(_server.Services);

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Each_channel_counts_exactly_what_programs_requested()
    {
        var tag = await Steps.TagAsync("Counted");
        for (var i = 0; i < 3; i++)
        {
            await Steps.PublishedAsync($"Counted {i}", tag);
        }

        var (key, id) = await PartnerAsync("Counted Post", new { tags = new[] { tag } });
        using var rss = await GetAsync($"/p/{key}/feed.rss?limit=2");
        using var again = await GetAsync($"/p/{key}/feed.rss?limit=2", etag: rss.Headers.ETag);
        using var head = await SendAsync(HttpMethod.Head, $"/p/{key}/feed.atom", null);
        using var json = await GetAsync("/p/feed.json", basic: key);
        using var ninjs = await GetAsync($"/p/{key}/feed.ninjs");
        using var changes = await GetAsync($"/p/{key}/changes?initial=true&limit=1");
        using var licence = await GetAsync($"/p/{key}/license.xml");
        using var unknown = await GetAsync("/p/cmsf_unknown/feed.rss");
        using var asked = await AskAsync(key, "{ articles(first: 2) { nodes { headline } } }");
        using var nothing = await AskAsync(key, "{ viewer { kind } }");

        var used = await UsedAsync(id);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.OK),
            (rss.StatusCode, again.StatusCode, head.StatusCode, licence.StatusCode)
        );
        Assert.Equal(
            new[]
            {
                Row("RSS", 2, 1, 0, await LengthAsync(rss), 2),
                Row("ATOM", 1, 0, 0, 0, 0),
                Row("JSON", 1, 0, 0, await LengthAsync(json), 3),
                Row("NINJS", 1, 0, 0, await LengthAsync(ninjs), 3),
                Row("CHANGES", 1, 0, 0, await LengthAsync(changes), 1),
                Row("GRAPHQL", 2, 0, 0, await LengthAsync(asked) + await LengthAsync(nothing), 2),
            },
            used.Select(row => row!.ToJsonString())
        );
    }

    [Fact]
    public async Task Too_many_requests_in_a_minute_are_refused_at_every_door_for_all_keys_of_the_partner()
    {
        var (key, id) = await PartnerAsync("Fast Post", new { requestsPerMinute = 2 });
        var (second, _) = await Steps.KeyAsync(id);
        var (free, _) = await PartnerAsync("Free Post", new { });

        using var first = await GetAsync($"/p/{key}/feed.rss?limit=1000");
        using var last = await AskAsync(second, "{ viewer { kind } }");
        using var refused = await GetAsync($"/p/{second}/feed.json");
        using var changes = await GetAsync($"/p/{key}/changes?initial=true");
        using var asked = await AskAsync(key, "{ viewer { kind } }");
        using var other = await GetAsync($"/p/{free}/feed.json?limit=1");
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await GetAsync($"/p/{key}/feed.rss?limit=1");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains("\"minute\";q=2;w=60", Header(first, "RateLimit-Policy"), StringComparison.Ordinal);
        Assert.Contains("\"minute\";r=1;t=60", Header(first, "RateLimit"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
        Assert.Contains("\"minute\";r=0;t=60", Header(last, "RateLimit"), StringComparison.Ordinal);
        foreach (var (answer, code) in new[] { (refused, "RATE_LIMITED"), (changes, "RATE_LIMITED") })
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal("60", Header(answer, "Retry-After"));
            Assert.Contains("\"minute\";r=0;t=60", Header(answer, "RateLimit"), StringComparison.Ordinal);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal(
                ("rate-limited", 429, code),
                ((string?)problem["type"], (int)problem["status"]!, (string?)problem["code"])
            );
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, asked.StatusCode);
        Assert.Equal("60", Header(asked, "Retry-After"));
        var error = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!["errors"]![0]!;
        Assert.Equal("RATE_LIMITED", (string?)error["extensions"]!["code"]);
        Assert.Equal(
            "Your agreement allows 2 requests in a minute. Wait until the next minute begins.",
            (string?)error["message"]
        );
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.Equal(
            ["RSS 2 0", "JSON 0 1", "CHANGES 0 1", "GRAPHQL 1 1"],
            (await UsedAsync(id)).Select(row => $"{row!["channel"]} {row["hits"]} {row["refused"]}")
        );
    }

    [Fact]
    public async Task The_quota_of_a_month_counts_content_only_and_begins_again_with_the_next_month()
    {
        var (key, id) = await PartnerAsync("Monthly Post", new { monthlyQuota = 2 });

        using var first = await GetAsync($"/p/{key}/feed.rss?limit=1");
        using var same = await GetAsync($"/p/{key}/feed.rss?limit=1", etag: first.Headers.ETag);
        using var last = await AskAsync(key, "{ agreement { requestsThisMonth monthlyQuota } }");
        using var refused = await GetAsync($"/p/{key}/feed.rss?limit=1");
        await UsedAsync(id);
        using var stored = await AskAsync(key, "{ viewer { kind } }");
        using var file = await GetAsync($"/p/{key}/usage.csv");
        _clock.Advance(TimeSpan.FromMinutes(10));
        using var next = await GetAsync($"/p/{key}/feed.rss?limit=1");

        Assert.Contains("\"month\";r=1;t=600", Header(first, "RateLimit"), StringComparison.Ordinal);
        Assert.Contains("\"month\";q=2;w=2592000", Header(first, "RateLimit-Policy"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(
            """{"data":{"agreement":{"requestsThisMonth":1,"monthlyQuota":2}}}""",
            await last.Content.ReadAsStringAsync()
        );
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("600", Header(refused, "Retry-After"));
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
        Assert.Equal(("quota-exceeded", "QUOTA_EXCEEDED"), ((string?)problem["type"], (string?)problem["code"]));
        Assert.Equal(HttpStatusCode.TooManyRequests, stored.StatusCode);
        Assert.Contains("QUOTA_EXCEEDED", await stored.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task What_was_counted_is_saved_when_the_server_stops_and_a_second_server_adds_to_it()
    {
        var (key, id) = await PartnerAsync("Stopped Post", new { monthlyQuota = 3 });
        using var first = await GetAsync($"/p/{key}/feed.rss?limit=1");
        await using (
            var second = await _server.StartAnotherAsync(
                ["--Cms:Site:Enabled=true"],
                services => services.AddSingleton<TimeProvider>(_clock)
            )
        )
        {
            using HttpClient client = new() { BaseAddress = new Uri(second.Urls.Single()) };
            using var other = await client.GetAsync($"/p/{key}/feed.rss?limit=1");
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            await second.StopAsync();
        }

        await using var db = await _server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var saved = await db.PartnerUsageDays.SingleAsync();
        var used = await UsedAsync(id);

        Assert.Equal((1, 1), (saved.Hits, saved.Items));
        Assert.Equal(2, (int)used.Single()!["hits"]!);
    }

    [Fact]
    public async Task The_file_is_strict_csv_for_the_partner_alone()
    {
        var (key, _) = await PartnerAsync("File Post", new { });
        using var feed = await GetAsync($"/p/{key}/feed.rss?limit=1");

        using var byKey = await GetAsync($"/p/{key}/usage.csv");
        using var byBasic = await GetAsync("/p/usage.csv?from=2030-04-01&to=2030-04-30", basic: key);
        using var wrong = await GetAsync($"/p/{key}/usage.csv?from=yesterday");
        using var tooLong = await GetAsync($"/p/{key}/usage.csv?from=2020-01-01&to=2030-01-01");
        using var unknown = await GetAsync("/p/cmsf_unknown/usage.csv");

        var text = await byKey.Content.ReadAsStringAsync();
        Assert.Equal("text/csv", byKey.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            $"day,channel,hits,not_modified,refused,bytes,items,delivered,failed\r\n2030-04-30,RSS,1,0,0,{await LengthAsync(feed)},1,0,0\r\n",
            text
        );
        Assert.Equal(text, await byBasic.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    [Fact]
    public async Task An_article_under_embargo_is_marked_in_every_file_of_a_partner_with_a_lead_and_in_no_other()
    {
        var tag = await Steps.TagAsync("Embargoed");
        var article = await Newsroom.DraftAsync(
            Newsroom.Story("Secret launch") with
            {
                Tags = [EntityId.Parse<TagId>(tag)!.Value],
            }
        );
        var until = _clock.GetUtcNow().AddHours(2);
        await Steps.DoAsync("releaseUnderEmbargo", new { id = article.Id.ToString(), until });
        var (early, _) = await PartnerAsync("Early Post", new { embargoLead = 60 });
        var (late, _) = await PartnerAsync("Late Post", new { });
        var before = await AllAsync(early);
        using var sync = await GetAsync($"/p/{early}/changes?initial=true&limit=500");
        var start = (string)JsonNode.Parse(await sync.Content.ReadAsStringAsync())!["nextSyncUrl"]!;
        using var kept = await GetAsync($"/p/{early}/feed.rss");
        _clock.Advance(TimeSpan.FromHours(1));

        var files = await AllAsync(early);
        var others = await AllAsync(late);
        using var fresh = await GetAsync($"/p/{early}/feed.rss", etag: kept.Headers.ETag);
        using var front = await GetAsync("/");
        using var open = await GetAsync("/feeds/all.rss");
        using var page = await GetAsync("/articles/secret-launch");
        using var begun = await GetAsync(new Uri(start).PathAndQuery);
        _clock.Advance(TimeSpan.FromHours(1));
        await _server.Services.GetRequiredService<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
        using var ended = await GetAsync(new Uri(start).PathAndQuery);

        Assert.All(before.Values, file => Assert.DoesNotContain("Secret launch", file, StringComparison.Ordinal));
        Assert.All(others.Values, file => Assert.DoesNotContain("Secret launch", file, StringComparison.Ordinal));
        Assert.DoesNotContain("Secret launch", await front.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Secret launch", await open.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
        const string title = "Under embargo until 1 May 2030, 01:50 UTC: Secret launch";
        Assert.All(
            new[] { "rss", "atom", "json" },
            format => Assert.Contains(title, files[format], StringComparison.Ordinal)
        );
        const string available = "<dcterms:available xmlns:dcterms=\"http://purl.org/dc/terms/\">2030-05-01T01:50:00Z<";
        Assert.Contains(available, files["rss"], StringComparison.Ordinal);
        Assert.Contains(available, files["atom"], StringComparison.Ordinal);
        Assert.Contains("\"_embargo\":{\"until\":\"2030-05-01T01:50:00Z\"}", files["json"], StringComparison.Ordinal);
        var item = JsonNode.Parse(files["ninjs"])!.AsArray().Single(one => (string?)one!["title"] == "Secret launch")!;
        Assert.Equal(
            ("withheld", "2030-05-01T01:50:00Z"),
            ((string?)item["pubStatus"], (string?)item["embargoedUntil"])
        );
        Assert.Equal(["upsert withheld"], await ChangesAsync(begun));
        Assert.Equal(["upsert usable"], await ChangesAsync(ended));
    }

    private static async Task<IEnumerable<string>> ChangesAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["changes"]!
            .AsArray()
            .Select(change => $"{change!["type"]} {change["item"]!["pubStatus"]}");

    private async Task<Dictionary<string, string>> AllAsync(string key)
    {
        Dictionary<string, string> files = [];
        foreach (var format in new[] { "rss", "atom", "json", "ninjs" })
        {
            using var answer = await GetAsync($"/p/{key}/feed.{format}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            files[format] = await answer.Content.ReadAsStringAsync();
        }

        return files;
    }

    private static string Row(string channel, int hits, int notModified, int refused, long bytes, int items) =>
        new JsonObject
        {
            ["channel"] = channel,
            ["hits"] = hits,
            ["notModified"] = notModified,
            ["refused"] = refused,
            ["bytes"] = bytes,
            ["items"] = items,
        }.ToJsonString();

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : []);

    private static async Task<long> LengthAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadAsByteArrayAsync()).Length;

    private async Task<(string Key, string Id)> PartnerAsync(string name, object terms)
    {
        var id = await Steps.PartnerAsync(name);
        await Steps.AgreeAsync(id, terms);
        return ((await Steps.KeyAsync(id)).Key, id);
    }

    private async Task<JsonArray> UsedAsync(string partner) =>
        (
            await new GraphQLClient(_server.Services).AskAsync(
                GraphQLClient.Ada,
                $"{{ desk {{ partner(id: \"{partner}\") {{ usage(first: 100) {{ nodes {{ {Counts} }} }} }} }} }}"
            )
        )["data"]!["desk"]!["partner"]!["usage"]!["nodes"]!.AsArray();

    private Task<HttpResponseMessage> GetAsync(string path, string? basic = null, EntityTagHeaderValue? etag = null) =>
        SendAsync(HttpMethod.Get, path, basic, etag);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? basic,
        EntityTagHeaderValue? etag = null
    )
    {
        using HttpRequestMessage request = new(method, path);
        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + basic))
            );
        }

        if (etag is not null)
        {
            request.Headers.IfNoneMatch.Add(etag);
        }

        return await _server.Client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> AskAsync(string key, string query)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await _server.Client.SendAsync(request);
    }
}
