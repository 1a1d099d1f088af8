using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.People;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Takedowns;

/// <summary>A receipt proves who received a withdrawn article and who confirmed that it is deleted.</summary>
[Needs("server")]
public sealed class ReceiptTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    private const string Keys = "/.well-known/cms-receipts/jwks.json";

    private readonly GraphQLClient _client = new(server.Services);

    [SkippableFact]
    [Needs("npm")]
    public async Task A_receipt_is_verified_by_another_library_and_a_changed_byte_is_not()
    {
        using var empty = await server.Client.GetAsync(Keys);
        var (article, id) = await KilledAsync("Receipt story");
        var receipt = await ReceiptAsync(id);
        var jws = (string)receipt["jws"]!;
        using var keys = await server.Client.GetAsync(Keys);

        var valid = await VerifyAsync(jws);
        var said = JsonNode.Parse(valid[1])!;
        var parts = jws.Split('.');
        var payload = Base64Url.DecodeFromChars(parts[1]);
        Assert.Equal((string?)receipt["json"], System.Text.Encoding.UTF8.GetString(payload));
        payload[^3] ^= 1;
        var changed = await VerifyAsync($"{parts[0]}.{Base64Url.EncodeToString(payload)}.{parts[2]}");

        Assert.Equal("""{"keys":[]}""", await empty.Content.ReadAsStringAsync());
        Assert.True(keys.Headers.CacheControl!.Public);
        Assert.DoesNotContain("\"d\"", await keys.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("valid", valid[0]);
        Assert.Equal(["invalid"], changed);
        Assert.Equal(
            (id, article.Id.ToString(), "KILL"),
            ((string?)said["takedown"], (string?)said["article"], (string?)said["kind"])
        );
        var partners = said["partners"]!.AsArray();
        Assert.Equal(["Receipt Post one", "Receipt Post two"], partners.Select(partner => (string)partner!["name"]!));
        Assert.Equal("GRAPHQL", (string?)partners[0]!["acknowledged"]!["channel"]);
        Assert.Null(partners[1]!["acknowledged"]);
        Assert.Equal(1, (int)partners[1]!["editions"]![0]!["number"]!);
    }

    [Fact]
    public async Task The_same_key_signs_every_receipt_and_only_editors_read_them()
    {
        var (_, id) = await KilledAsync("Second receipt");
        var first = await ReceiptAsync(id);
        var second = await ReceiptAsync(id);
        var author = await _client.AskAsync(
            GraphQLClient.Arlo,
            $$"""{ desk { takedown(id: "{{id}}") { receipt { jws } } } }"""
        );
        using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Keys));

        Assert.Equal(((string)first["jws"]!).Split('.')[0], ((string)second["jws"]!).Split('.')[0]);
        Assert.NotNull(author["errors"]);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    private async Task<IReadOnlyList<string>> VerifyAsync(string jws) =>
        await NpmClients.RunAsync("receipt.mjs", [$"{server.Client.BaseAddress}{Keys[1..]}", jws]);

    private async Task<JsonNode> ReceiptAsync(string id) =>
        (
            await _client.AskAsync(
                GraphQLClient.Erin,
                $$"""{ desk { takedown(id: "{{id}}") { receipt { json jws } } } }"""
            )
        )["data"]!["desk"]!["takedown"]!["receipt"]!;

    // An article that two partners received, and of which one has confirmed the takedown.
    private async Task<(Article Article, string Id)> KilledAsync(string headline)
    {
        PartnerSteps steps = new(server.Services);
        var tag = await steps.TagAsync(headline);
        var article = await steps.PublishedAsync(headline, tag);
        List<Viewer> readers = [];
        foreach (var name in new[] { $"{headline.Split(' ')[0]} Post one", $"{headline.Split(' ')[0]} Post two" })
        {
            Viewer viewer = new()
            {
                Kind = ViewerKind.Partner,
                Key = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
                MaySyndicate = true,
            };
            var partner = await steps.PartnerAsync(name, viewer.Key.ToString()!);
            await steps.AgreeAsync(partner, new { tags = new[] { tag } });
            await _client.AskAsync(viewer, "{ articles { nodes { headline } } }");
            readers.Add(viewer);
        }

        var id = await steps.TakedownAsync(article);
        await _client.DoAsync(readers[0], "acknowledgeTakedown", new { id }, "takedown { id }");
        return (article, id);
    }
}
