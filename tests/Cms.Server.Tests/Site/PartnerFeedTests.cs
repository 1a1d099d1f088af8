using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The feeds of partners, as their programs read them with a feed key.</summary>
[Needs("server")]
public sealed class PartnerFeedTests(NewsroomServer api) : PartnerSiteTests(api)
{
    [SkippableFact]
    [Needs("npm")]
    public async Task Independent_programs_read_what_the_agreement_includes_in_all_three_formats()
    {
        var tag = await TagAsync("Partnered");
        await PublishedAsync("For partners & “others” 🦔", tag);
        await PublishedAsync("Not for partners");
        var (key, _) = await PartnerAsync("Format Post", new { tags = new[] { tag }, hasTakes = true });

        var found = JsonNode
            .Parse((await NpmClients.RunAsync("feeds.mjs", [$"{Site.Client.BaseAddress}p/{key}/feed"])).Single())!
            .AsObject();

        Assert.Equal(5, found.Count);
        Assert.All(
            found,
            program =>
            {
                var item = Assert.Single(program.Value!["items"]!.AsArray())!;
                Assert.Equal("For partners & “others” 🦔", (string?)item["title"]);
                Assert.StartsWith("urn:uuid:", (string?)item["id"], StringComparison.Ordinal);
                Assert.StartsWith($"{Origin}/articles/", (string?)item["url"], StringComparison.Ordinal);
                Assert.Contains("They began on Monday.", (string?)item["html"], StringComparison.Ordinal);
                Assert.Contains("for The Panel: <a href=", (string?)item["html"], StringComparison.Ordinal);
            }
        );
    }

    [SkippableFact]
    [Needs("npm")]
    public async Task Ninjs_is_valid_and_contains_takes_pictures_corrections_and_what_each_copy_must_show()
    {
        var (key, _) = await PartnerAsync(
            "News Post",
            new
            {
                hasTakes = true,
                images = "CREDITED",
                attribution = "{newsroom}: {url}",
            }
        );
        var (cut, _) = await PartnerAsync("Short Post", new { text = "SUMMARY", images = "NONE" });

        // The validator fails if an article of the newsroom is not valid.
        var items = await NinjsAsync($"/p/{key}/feed.ninjs?limit=1000");
        var brief = await NinjsAsync($"/p/{cut}/feed.ninjs?limit=1000");

        Assert.Equal(items.Select(item => (string?)item!["uri"]), brief.Select(item => (string?)item!["uri"]));
        Assert.All(
            items,
            item =>
            {
                var url = (string)item!["altIds"]![0]!["value"]!;
                Assert.StartsWith($"{Origin}/articles/", url, StringComparison.Ordinal);
                Assert.Equal("full", (string?)item["representationType"]);
                Assert.EndsWith($"must show: The Panel: {url}", (string?)item["usageTerms"], StringComparison.Ordinal);
                Assert.Equal($"{Origin}/p/{key}/license.xml", (string?)item["rightsInfo"]!["linkedRights"]);
            }
        );
        Assert.All(
            brief,
            item =>
            {
                Assert.Equal("partial", (string?)item!["representationType"]);
                Assert.Null(item["bodies"]);
                Assert.Null(item["associations"]);
            }
        );
        var associated = items.SelectMany(item => item!["associations"]?.AsArray() ?? []).ToList();
        Assert.Contains(
            associated,
            part => (string?)part!["rel"] == "opinion" && (string?)part["genres"]![0]!["name"] == "Opinion"
        );
        Assert.Contains(associated, part => (string?)part!["type"] == "picture");
        Assert.Contains(
            items,
            item => ((string?)item!["edNote"])?.Contains("Corrected on", StringComparison.Ordinal) is true
        );

        async Task<JsonArray> NinjsAsync(string path) =>
            JsonNode
                .Parse((await NpmClients.RunAsync("ninjs.mjs", [$"{Site.Client.BaseAddress}{path[1..]}"])).Single())!
                .AsArray();
    }

    [Fact]
    public async Task The_licence_of_a_partner_says_what_the_agreement_allows_and_its_feeds_lead_to_it()
    {
        var (key, _) = await PartnerAsync("Licensed Post", new { allowsAiSummaries = true });

        using var byPath = await GetAsync($"/p/{key}/license.xml");
        using var byBasic = await GetAsync("/p/license.xml", key);
        using var refused = await GetAsync("/p/cmsf_unknown/license.xml");

        var text = await byPath.Content.ReadAsStringAsync();
        Assert.Equal("application/rsl+xml", byPath.Content.Headers.ContentType!.MediaType);
        Assert.True(byPath.Headers.CacheControl!.Private);
        Assert.Contains("<content url=\"\">", text, StringComparison.Ordinal);
        Assert.Contains("<permits type=\"usage\">search ai-input ai-index</permits>", text, StringComparison.Ordinal);
        Assert.Contains("<prohibits type=\"usage\">ai-train</prohibits>", text, StringComparison.Ordinal);
        Assert.Equal(text, await byBasic.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        foreach (var format in new[] { "rss", "atom", "json" })
        {
            using var feed = await GetAsync($"/p/{key}/feed.{format}?limit=1");
            Assert.False(feed.Headers.Contains("Link"));
            var content = await feed.Content.ReadAsStringAsync();
            Assert.Contains($"\"{Origin}/p/{key}/license.xml\"", content, StringComparison.Ordinal);
            Assert.True(
                format is "json"
                    || content.Contains("must not be trained on it. AI systems may", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task Without_the_full_text_an_entry_has_the_cut_summary()
    {
        var tag = await TagAsync("Summarised");
        await PublishedAsync("Only a summary", tag);
        var (key, _) = await PartnerAsync(
            "Summary Post",
            new
            {
                tags = new[] { tag },
                text = "SUMMARY",
                summaryWords = 3,
                attribution = "{headline} <b> {author}",
            }
        );

        var item = (await JsonAsync($"/p/{key}/feed.json"))["items"]![0]!;

        Assert.Equal("What two people…", (string?)item["summary"]);
        Assert.Equal(
            "<p>What two people…</p><p><small>Only a summary &lt;b&gt; The Panel</small></p>",
            (string?)item["content_html"]
        );
    }

    [Fact]
    public async Task The_key_is_read_from_the_address_or_from_http_basic_and_never_logged()
    {
        await PublishedAsync("By each way");
        var (key, _) = await PartnerAsync("Basic Post", new { hasTakes = true });

        using var byPath = await GetAsync($"/p/{key}/feed.atom?limit=1");
        using var byBasic = await GetAsync("/p/feed.atom?limit=1", key);
        Site.Road.State = RoadState.Closed;
        using var closed = await GetAsync($"/p/{key}/feed.atom");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable),
            (byPath.StatusCode, byBasic.StatusCode, closed.StatusCode)
        );
        var text = await byBasic.Content.ReadAsStringAsync();
        Assert.Equal(
            (await byPath.Content.ReadAsStringAsync()).Replace($"/p/{key}/", "/p/", StringComparison.Ordinal),
            text
        );
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Site.Log.Entries, entry => entry.ToString()!.Contains(key, StringComparison.Ordinal));
        Assert.NotNull(closed.Headers.RetryAfter);
    }

    [Fact]
    public async Task Whether_a_feed_has_changed_is_known_without_making_it()
    {
        var tag = await TagAsync("Followed");
        await PublishedAsync("Followed by a partner", tag);
        var (key, id) = await PartnerAsync("Asking Post", new { tags = new[] { tag } });
        var path = $"/p/{key}/feed.rss?limit=7";
        using var first = await GetAsync(path);
        Site.Road.Take();

        using var same = await GetAsync(path, etag: first.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (same.StatusCode, same.Headers.ETag));
        Assert.Single(Site.Road.Take());
        Assert.Equal((true, true), (same.Headers.CacheControl!.Private, same.Headers.CacheControl.NoCache));

        // A change that the partner does not see does not send the feed again.
        await PublishedAsync("Not followed");
        using var still = await GetAsync(path, etag: first.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (still.StatusCode, still.Headers.ETag));

        // The tag of one feed says nothing of another one.
        using var other = await GetAsync($"/p/{key}/feed.rss?limit=8", etag: first.Headers.ETag);
        using var format = await GetAsync($"/p/{key}/feed.json?limit=7", etag: first.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (other.StatusCode, format.StatusCode));

        var last = first.Headers.ETag;
        foreach (
            var change in new Func<Task>[]
            {
                () => DoAsync("editPartner", new { id, name = "Renamed Post" }, "partner { id }"),
                () => DoAsync("saveAgreement", new { partner = id, attribution = "By {newsroom}" }, "partner { id }"),
                () => PublishedAsync("Followed too", tag),
            }
        )
        {
            await change();
            using var next = await GetAsync(path, etag: last);
            Assert.Equal(HttpStatusCode.OK, next.StatusCode);
            Assert.NotEqual(last, next.Headers.ETag);
            last = next.Headers.ETag;
        }

        await DoAsync("suspendPartner", new { id, reason = "Unpaid" }, "partner { id }");
        using var suspended = await GetAsync(path, etag: last);
        Assert.Equal(HttpStatusCode.Forbidden, suspended.StatusCode);
    }

    [Fact]
    public async Task A_feed_that_has_not_changed_is_not_sent_again_and_is_never_shared()
    {
        var (key, _) = await PartnerAsync("Known Post", new { hasTakes = true });
        using var first = await GetAsync($"/p/{key}/feed.rss");
        using var same = await GetAsync($"/p/{key}/feed.rss", etag: first.Headers.ETag);
        await PublishedAsync("A change for the feed");
        using var changed = await GetAsync($"/p/{key}/feed.rss", etag: first.Headers.ETag);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.OK),
            (first.StatusCode, same.StatusCode, changed.StatusCode)
        );
        Assert.All(
            [first, same, changed],
            answer =>
                Assert.Equal((true, true), (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.NoCache))
        );
        Assert.Null(first.Content.Headers.LastModified);
    }

    [Fact]
    public async Task An_Atom_feed_names_the_withdrawn_articles_that_the_agreement_included_and_no_others()
    {
        var tag = await TagAsync("Withdrawn for partners");
        var included = await PublishedAsync("Included and withdrawn", tag);
        var excluded = await PublishedAsync("Excluded and withdrawn");
        var (key, _) = await PartnerAsync("Tomb Post", new { tags = new[] { tag } });
        using var before = await GetAsync($"/p/{key}/feed.atom");
        foreach (var article in new[] { included, excluded })
        {
            await DoAsync("withdrawArticle", new { id = article.Id.ToString(), reason = "A & B" }, "article { id }");
        }

        using var after = await GetAsync($"/p/{key}/feed.atom", etag: before.Headers.ETag);

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        var text = await after.Content.ReadAsStringAsync();
        Assert.Contains($"<at:deleted-entry ref=\"urn:uuid:{included.Id.Value}\"", text, StringComparison.Ordinal);
        Assert.Contains("<at:comment>A &amp; B</at:comment>", text, StringComparison.Ordinal);
        Assert.DoesNotContain(excluded.Id.Value.ToString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_refusal_says_what_to_do()
    {
        var (key, id) = await PartnerAsync("Refused Post", new { hasTakes = true });
        var revoked = await KeyAsync(id);
        await DoAsync("revokeFeedKey", new { id = revoked.Id }, "feedKey { id }");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"/p/{revoked.Key}/feed.rss"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/p/cmsf_unknown/feed.rss"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/p/feed.rss"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"/p/{key}/feed.xml"));
        using var unknown = await GetAsync($"/p/{key}/feed.rss/more");
        Assert.Equal((HttpStatusCode.NotFound, true), (unknown.StatusCode, unknown.Headers.CacheControl!.NoStore));
        Assert.DoesNotContain(key, await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"/p/{key}/feed.rss?limit=0"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"/p/{key}/feed.rss?limit=1001"));
        using var challenge = await GetAsync("/p/feed.rss", "wrong");
        Assert.Equal("Basic", challenge.Headers.WwwAuthenticate.Single().Scheme);

        await DoAsync("suspendPartner", new { id, reason = "Unpaid" }, "partner { id }");
        using var suspended = await GetAsync($"/p/{key}/feed.rss");

        Assert.Equal(HttpStatusCode.Forbidden, suspended.StatusCode);
        Assert.Equal(
            "The newsroom has suspended your access. Ask your contact there.\n",
            await suspended.Content.ReadAsStringAsync()
        );
    }

    [Fact]
    public async Task A_feed_key_is_a_token_of_the_api_until_it_is_revoked()
    {
        var (key, id) = await PartnerAsync("Token Post", new { text = "SUMMARY" });
        var viewer = await AskAsync(key);
        var keys = (await DoAsync("editPartner", new { id, notes = "Seen" }, "partner { feedKeys { id lastUsedOn } }"))[
            "partner"
        ]!["feedKeys"]![0]!;
        await DoAsync("revokeFeedKey", new { id = (string)keys["id"]! }, "feedKey { id }");

        Assert.Equal("PARTNER", (string?)viewer["data"]!["viewer"]!["kind"]);
        Assert.Equal("Token Post", (string?)viewer["data"]!["agreement"]!["partner"]);
        Assert.Equal((string?)keys["id"], (string?)viewer["data"]!["viewer"]!["subject"]);
        Assert.NotNull(keys["lastUsedOn"]);
        Assert.Equal(ErrorCodes.NotAuthenticated, GraphQLClient.Code(await AskAsync(key)));
    }

    private async Task<JsonNode> AskAsync(string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(
                """{"query":"{ viewer { kind subject } agreement { partner } }"}""",
                Encoding.UTF8,
                "application/json"
            ),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        };
        using var answer = await Api.Client.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var answer = await GetAsync(path);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
