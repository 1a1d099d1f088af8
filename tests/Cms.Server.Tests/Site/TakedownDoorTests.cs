using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Data;
using Cms.GraphQL;
using Cms.Partners.Deliveries;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>Partners confirm takedowns with their feed keys, without GraphQL.</summary>
[Needs("server")]
public sealed class TakedownDoorTests(NewsroomServer api) : PartnerSiteTests(api)
{
    [Theory]
    [InlineData("feed.rss", DeliveryChannel.Feed)]
    [InlineData("feed.atom", DeliveryChannel.Feed)]
    [InlineData("feed.json", DeliveryChannel.Feed)]
    [InlineData("feed.ninjs", DeliveryChannel.Feed)]
    [InlineData("changes?initial=true", DeliveryChannel.Changes)]
    public async Task What_a_partner_reads_at_an_address_is_recorded_before_it_is_sent(
        string file,
        DeliveryChannel channel
    )
    {
        var tag = await TagAsync($"Read at {file}");
        var article = await PublishedAsync($"Read at {file}", tag);
        var (key, _) = await PartnerAsync($"Reader of {file}", new { tags = new[] { tag } });

        using var answer = await GetAsync($"/p/{key}/{file}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"Read at {file}", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var delivery = Assert.Single(await DeliveriesAsync(article.Id));
        Assert.Equal((channel, article.LiveEditionId!.Value), (delivery.Channel, delivery.EditionId));
    }

    [Fact]
    public async Task A_partner_is_told_what_to_confirm_and_confirms_it_with_a_request()
    {
        var tag = await TagAsync("Confirmed by HTTP");
        var article = await PublishedAsync("Confirmed by HTTP", tag);
        var (key, _) = await PartnerAsync("HTTP Post", new { tags = new[] { tag } });
        var sync = await JsonAsync($"/p/{key}/changes?initial=true");
        await KillAsync(article);

        var changes = await JsonAsync(((string)sync["nextSyncUrl"]!)[Origin.Length..]);
        var listed = (await JsonAsync($"/p/{key}/takedowns"))["takedowns"]!.AsArray();
        var id = (string)Assert.Single(listed)!["id"]!;
        var (first, body) = await PostAsync($"/p/{key}/acknowledge", Json(new JsonObject { ["id"] = id }));
        var (again, same) = await PostAsync("/p/acknowledge", Form(id), basic: key);
        var empty = await JsonAsync($"/p/{key}/takedowns");

        Assert.Equal(id, (string?)changes["changes"]![0]!["takedown"]);
        Assert.Equal(
            (article.Id.ToString(), "kill", "A court decided."),
            ((string?)listed[0]!["article"], (string?)listed[0]!["kind"], (string?)listed[0]!["reason"])
        );
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first, again));
        Assert.Equal((id, article.Id.ToString()), ((string?)body["id"], (string?)body["article"]));
        Assert.NotNull(body["acknowledgedAt"]);
        Assert.Equal(body.ToJsonString(), same.ToJsonString());
        Assert.Empty(empty["takedowns"]!.AsArray());
        var desk = await Client.AskAsync(
            GraphQLClient.Erin,
            $$"""{ desk { takedown(id: "{{id}}") { partners { nodes { acknowledgedVia acknowledgedBy } } } } }"""
        );
        var confirmed = desk["data"]!["desk"]!["takedown"]!["partners"]!["nodes"]![0]!;
        Assert.Equal("HTTP", (string?)confirmed["acknowledgedVia"]);
        Assert.Equal($"Feed key …{key[^4..]}", (string?)confirmed["acknowledgedBy"]);
    }

    [Fact]
    public async Task Every_refusal_is_a_problem_document_that_says_what_to_do()
    {
        var tag = await TagAsync("Refused by HTTP");
        var article = await PublishedAsync("Refused by HTTP", tag);
        var (holder, _) = await PartnerAsync("Holder of it", new { tags = new[] { tag } });
        var (stranger, strangerId) = await PartnerAsync("Stranger to it", new { tags = new[] { tag } });
        using var read = await GetAsync($"/p/{holder}/feed.json");
        await KillAsync(article);
        var id = (string)(await JsonAsync($"/p/{holder}/takedowns"))["takedowns"]![0]!["id"]!;

        var strange = await RefusedAsync($"/p/{stranger}/acknowledge", Form(id), HttpStatusCode.NotFound);
        var unknown = await RefusedAsync(
            $"/p/{holder}/acknowledge",
            Form(EditionId.New().ToString()),
            HttpStatusCode.NotFound
        );
        Assert.Equal(unknown, strange);
        Assert.Empty((await JsonAsync($"/p/{stranger}/takedowns"))["takedowns"]!.AsArray());
        await RefusedAsync($"/p/{holder}/acknowledge", Form("nonsense"), HttpStatusCode.BadRequest);
        await RefusedAsync($"/p/{holder}/acknowledge", Form(""), HttpStatusCode.BadRequest);
        await RefusedAsync(
            $"/p/{holder}/acknowledge",
            new StringContent("[", Encoding.UTF8, "application/json"),
            HttpStatusCode.BadRequest
        );
        await RefusedAsync("/p/cmsf_unknown/acknowledge", Form(id), HttpStatusCode.Unauthorized);
        await RefusedAsync("/p/acknowledge", Form(id), HttpStatusCode.Unauthorized);
        using var get = await GetAsync($"/p/{holder}/acknowledge");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        await DoAsync("suspendPartner", new { id = strangerId, reason = "Unpaid" }, "partner { id }");
        await RefusedAsync($"/p/{stranger}/acknowledge", Form(id), HttpStatusCode.Forbidden);
    }

    private static FormUrlEncodedContent Form(string id) => new([KeyValuePair.Create("id", id)]);

    private static StringContent Json(JsonNode json) => new(json.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(
        string path,
        HttpContent content,
        string? basic = null
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = content };
        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + basic))
            );
        }

        using var answer = await Site.Client.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    // Returns the detail.
    private async Task<string?> RefusedAsync(string path, HttpContent content, HttpStatusCode status)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = content };
        using var answer = await Site.Client.SendAsync(request);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(
            (status, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType)
        );
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.EndsWith(".", (string?)problem["detail"], StringComparison.Ordinal);
        return (string?)problem["detail"];
    }

    private async Task<List<PartnerDelivery>> DeliveriesAsync(ArticleId article)
    {
        await using var db = await Api
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        return await db.PartnerDeliveries.Where(d => d.ArticleId == article).ToListAsync();
    }
}
