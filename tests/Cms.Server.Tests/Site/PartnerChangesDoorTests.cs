using System.Net;
using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Taxonomy;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The changes of a partner at <c>/p/{key}/changes</c>, as a program without GraphQL follows them.</summary>
[Needs("server")]
public sealed class PartnerChangesDoorTests(NewsroomServer api) : PartnerSiteTests(api)
{
    [SkippableFact]
    [Needs("npm")]
    public async Task A_program_that_follows_the_addresses_has_what_the_partner_may_show_and_valid_ninjs()
    {
        var (inside, outside) = (await TagAsync("Door inside"), await TagAsync("Door outside"));
        var kept = await PublishedAsync("Kept at the door", inside);
        var killed = await PublishedAsync("Killed later", inside);
        var moved = await PublishedAsync("Moved later", inside);
        var (key, id) = await PartnerAsync("Door Post", new { tags = new[] { inside }, images = "CREDITED" });

        var first = await PageAsync($"/p/{key}/changes?initial=true&limit=2");
        var second = await PageAsync(PathOf(first["nextPageUrl"]));
        await Newsroom.SaveAsync(kept.Id, Newsroom.Story("Kept and corrected") with { Tags = [IdOf(inside)] });
        await DoAsync(
            "correctArticle",
            new { id = kept.Id.ToString(), note = "It was the other door." },
            "article { id }"
        );
        await DoAsync(
            "withdrawArticle",
            new
            {
                id = killed.Id.ToString(),
                reason = "A court decided.",
                kind = "KILL",
            },
            "article { id }"
        );
        await DoAsync("saveAgreement", new { partner = id, excludedTags = new[] { outside } }, "partner { id }");
        await Newsroom.SaveAsync(moved.Id, Newsroom.Story("Moved away") with { Tags = [IdOf(outside)] });
        await DoAsync("updateArticle", new { id = moved.Id.ToString() }, "article { id }");
        var sync = PathOf(second["nextSyncUrl"]).Replace("limit=2", "limit=3", StringComparison.Ordinal);
        var changed = await PageAsync(sync);
        var valid = JsonNode.Parse(
            (await NpmClients.RunAsync("ninjs.mjs", [$"{Site.Client.BaseAddress}{sync[1..]}"])).Single()
        )!;

        Assert.Equal(2, first["changes"]!.AsArray().Count);
        Assert.Null(first["nextSyncUrl"]);
        Assert.Null(second["nextPageUrl"]);
        Assert.All(
            first["changes"]!.AsArray().Concat(second["changes"]!.AsArray()),
            change => Assert.Equal("upsert", (string?)change!["type"])
        );
        var byId = changed["changes"]!.AsArray().ToDictionary(change => (string)change!["id"]!, change => change!);
        Assert.Equal(3, byId.Count);
        var correction = byId[kept.Id.ToString()];
        Assert.Equal(
            ("correction", "It was the other door.", "Kept and corrected", "usable"),
            (
                (string?)correction["type"],
                (string?)correction["note"],
                (string?)correction["item"]!["title"],
                (string?)correction["item"]!["pubStatus"]
            )
        );
        var kill = byId[killed.Id.ToString()];
        Assert.Equal(
            ("withdraw", "kill", "A court decided.", "canceled"),
            ((string?)kill["type"], (string?)kill["reason"], (string?)kill["note"], (string?)kill["item"]!["pubStatus"])
        );
        var left = byId[moved.Id.ToString()];
        Assert.Equal(
            ("withdraw", "outOfScope", "withheld"),
            ((string?)left["type"], (string?)left["reason"], (string?)left["item"]!["pubStatus"])
        );
        Assert.DoesNotContain("Moved away", changed.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(3, valid.AsArray().Count);
        var end = await PageAsync(PathOf(changed["nextSyncUrl"]));
        Assert.Empty(end["changes"]!.AsArray());
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        var (key, _) = await PartnerAsync("Idle Post", new { hasTakes = true });
        var start = await PageAsync($"/p/{key}/changes?initial=true&limit=500");
        var sync = PathOf(start["nextSyncUrl"]);

        using var first = await GetAsync(sync);
        using var same = await GetAsync(sync, etag: first.Headers.ETag);
        await PublishedAsync("News for the idle");
        using var changed = await GetAsync(sync, etag: first.Headers.ETag);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.OK),
            (first.StatusCode, same.StatusCode, changed.StatusCode)
        );
        Assert.True(first.Headers.CacheControl!.Private);
        Assert.Contains("News for the idle", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_refusal_says_what_to_do()
    {
        var (key, _) = await PartnerAsync("Lost Post", new { hasTakes = true });

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"/p/{key}/changes"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"/p/{key}/changes?initial=yes"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"/p/{key}/changes?initial=true&after=x"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"/p/{key}/changes?initial=true&limit=501"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/p/cmsf_unknown/changes?initial=true"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/p/changes?initial=true"));
        foreach (var after in new[] { "nonsense", new string('x', 5_000) })
        {
            using var resync = await GetAsync($"/p/{key}/changes?after={after}");
            var problem = JsonNode.Parse(await resync.Content.ReadAsStringAsync())!;
            Assert.Equal(HttpStatusCode.Gone, resync.StatusCode);
            Assert.Equal("application/problem+json", resync.Content.Headers.ContentType!.MediaType);
            Assert.Equal("resync-required", (string?)problem["type"]);
            Assert.Contains("initial=true", (string?)problem["detail"], StringComparison.Ordinal);
        }
    }

    private static TagId IdOf(string id) => EntityId.Parse<TagId>(id)!.Value;

    private static string PathOf(JsonNode? url)
    {
        var address = (string?)url;
        Assert.NotNull(address);
        Assert.StartsWith(Origin + "/p/", address, StringComparison.Ordinal);
        return address[Origin.Length..];
    }

    private async Task<JsonNode> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
