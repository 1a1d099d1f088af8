using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cms.Server.Tests.Webhooks;

/// <summary>A webhook that accepts the message to remove an article confirms the takedown for its partner.</summary>
[Needs("server")]
public sealed class TakedownWebhookTests : WebhookSuite
{
    private const string Document = "query($id: ID!) { article(id: $id) { headline } }";

    private static readonly Viewer Application = new()
    {
        Kind = ViewerKind.Partner,
        Key = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
        MaySyndicate = true,
    };

    [Fact]
    public async Task A_receiver_of_bodies_that_accepts_the_removal_has_confirmed_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var (partner, tag) = await PartnerAsync();
        var hook = (string)
            (
                await DoAsync(
                    "createWebhook",
                    new
                    {
                        partner,
                        url = receiver.Url,
                        document = Document,
                    }
                )
            )["id"]!;
        var article = await Newsroom.PublishedAsync(Newsroom.Story("Sent by webhook") with { Tags = [tag] });
        Assert.Equal("Sent by webhook", (string?)(await receiver.NextAsync()).Json["data"]!["article"]!["headline"]);

        var before = await PartnersAsync(await TakedownAsync(article));
        Assert.Equal("article.withdraw", (await receiver.NextAsync()).Type);
        await DeliveryAsync(hook, "DELIVERED");

        var (_, shown) = await PartnersAsync(before.Id);
        Assert.Equal(
            ("WEBHOOK", "WEBHOOK", $"Webhook {hook}"),
            ((string?)shown["channel"], (string?)shown["acknowledgedVia"], (string?)shown["acknowledgedBy"])
        );
    }

    [Fact]
    public async Task A_webhook_without_content_tells_a_partner_that_read_the_article_in_another_way()
    {
        await using var receiver = await Receiver.StartAsync();
        var (partner, tag) = await PartnerAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story("Read by GraphQL") with { Tags = [tag] });
        var other = await Newsroom.PublishedAsync(Newsroom.Story("Read by nobody") with { Tags = [tag] });
        await Client.AskAsync(Application, $$"""{ article(id: "{{article.Id}}") { headline } }""");
        receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        await DoAsync("createWebhook", new { partner, url = receiver.Url });

        await TakedownAsync(other);
        var id = await TakedownAsync(article);

        // The agreement includes both articles, so both are sent.
        var received = await receiver.NextAsync();
        while (received.Subject != article.Id.ToString())
        {
            Assert.Equal(("article.withdraw", other.Id.ToString()), (received.Type, received.Subject));
            received = await receiver.NextAsync();
        }

        // Nobody confirms anything by refusing the message.
        Assert.Equal(("article.withdraw", article.Id.ToString()), (received.Type, received.Subject));
        Assert.Null((await PartnersAsync(id)).Partner["acknowledgedAt"]);
    }

    [Fact]
    public async Task A_message_that_only_names_the_article_is_no_delivery()
    {
        await using var receiver = await Receiver.StartAsync();
        var (partner, tag) = await PartnerAsync();
        await DoAsync("createWebhook", new { partner, url = receiver.Url });
        var article = await Newsroom.PublishedAsync(Newsroom.Story("Only named") with { Tags = [tag] });
        Assert.Equal("article.upsert", (await receiver.NextAsync()).Type);
        var id = await TakedownAsync(article);

        var desk = await Client.AskAsync(
            GraphQLClient.Erin,
            $$"""{ desk { takedown(id: "{{id}}") { partnerCount } } }"""
        );
        Assert.Equal(0, (int)desk["data"]!["desk"]!["takedown"]!["partnerCount"]!);
    }

    private async Task<(string Id, TagId Tag)> PartnerAsync()
    {
        PartnerSteps steps = new(Server.Services);
        var tag = await steps.TagAsync("Syndicated");
        var id = await steps.PartnerAsync("Northern Post", Application.Key.ToString()!);
        await steps.AgreeAsync(id, new { tags = new[] { tag } });
        return (id, EntityId.Parse<TagId>(tag)!.Value);
    }

    private Task<string> TakedownAsync(Article article) => new PartnerSteps(Server.Services).TakedownAsync(article);

    private async Task<(string Id, JsonNode Partner)> PartnersAsync(string id)
    {
        var desk = await Client.AskAsync(
            GraphQLClient.Erin,
            $$"""{ desk { takedown(id: "{{id}}") { partners { nodes { channel acknowledgedAt acknowledgedVia acknowledgedBy } } } } }"""
        );
        return (id, desk["data"]!["desk"]!["takedown"]!["partners"]!["nodes"]!.AsArray().Single()!);
    }
}
