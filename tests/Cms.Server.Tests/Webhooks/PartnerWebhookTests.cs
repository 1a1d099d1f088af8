using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Webhooks;

/// <summary>Webhooks of partners send what the agreement includes, and nothing about anything else.</summary>
[Needs("server")]
public sealed class PartnerWebhookTests : WebhookSuite
{
    private const string Document = "query($id: ID!) { article(id: $id) { headline body { plainText } } }";

    [Fact]
    public async Task A_partner_gets_articles_of_its_agreement_and_is_told_to_remove_those_that_leave_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var (partner, tag) = await PartnerAsync(new { text = "SUMMARY" });
        var id = (string)
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

        await Newsroom.PublishedAsync(Newsroom.Story("Outside"));
        var article = await Newsroom.PublishedAsync(Newsroom.Story("Inside") with { Tags = [tag] });
        var received = await receiver.NextAsync();
        Assert.Equal(("article.upsert", article.Id.ToString()), (received.Type, received.Subject));
        Assert.Equal("Inside", (string?)received.Json["data"]!["article"]!["headline"]);

        // Numbers of changes would tell how much happens outside the agreement.
        Assert.Null(received.Seq);

        // The body is not in the agreement, and the answer says so.
        Assert.Null(received.Json["data"]!["article"]!["body"]);
        Assert.NotNull(received.Json["extensions"]!["entitlement"]);

        // The article leaves the agreement, so the partner gets its id and nothing else.
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Now secret"));
        await UpdateAsync(article.Id.ToString());
        var withdrawn = await receiver.NextAsync();
        Assert.Equal("article.withdraw", withdrawn.Type);
        Assert.Equal($$"""{"id":"{{article.Id}}"}""", withdrawn.Json["data"]!.ToJsonString());
        Assert.Equal(["data", "timestamp", "type"], withdrawn.Json.AsObject().Select(f => f.Key).Order());
        await DeliveryAsync(id, "DELIVERED");

        // Once it is removed, further changes are none of the partner's business.
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Still secret"));
        await UpdateAsync(article.Id.ToString());
        await DoAsync("pingWebhook", new { id });
        Assert.Equal("webhook.ping", (await receiver.NextAsync()).Type);
        await UntilPlannedAsync();
        Assert.Equal(3, receiver.Received.Count);
    }

    [Fact]
    public async Task A_partner_is_told_what_an_edit_of_its_agreement_adds_and_removes_and_nothing_that_it_has_already()
    {
        await using var receiver = await Receiver.StartAsync();
        var (partner, tag) = await PartnerAsync(new { });
        PartnerSteps steps = new(Server.Services);
        var other = await steps.TagAsync("Local");
        var both = await steps.PublishedAsync("In both", tag.ToString(), other);
        var first = await steps.PublishedAsync("In the first version", tag.ToString());
        var second = await steps.PublishedAsync("In the second version", other);
        var outside = await steps.PublishedAsync("In neither");
        var id = (string)(await DoAsync("createWebhook", new { partner, url = receiver.Url }))["id"]!;

        // No article changes, but the agreement does.
        await steps.AgreeAsync(partner, new { tags = new[] { other } });
        var received = new[] { await receiver.NextAsync(), await receiver.NextAsync() }
            .Select(message => (message.Type, message.Subject))
            .ToHashSet();
        Assert.Equal(
            new HashSet<(string, string)>
            {
                ("article.withdraw", first.Id.ToString()),
                ("article.upsert", second.Id.ToString()),
            },
            received!
        );
        await UntilPlannedAsync();
        Assert.DoesNotContain(receiver.Received, message => message.Subject == outside.Id.ToString());

        // Other texts are a change of every article.
        await steps.AgreeAsync(partner, new { tags = new[] { other }, text = "SUMMARY" });
        var updated = new[] { await receiver.NextAsync(), await receiver.NextAsync() };
        Assert.All(updated, message => Assert.Equal("article.upsert", message.Type));
        Assert.Equal(
            new[] { both.Id.ToString(), second.Id.ToString() }.Order(),
            updated.Select(message => message.Subject!).Order()
        );

        // The numbers are those of the partner, and can be delivered again.
        await UntilPlannedAsync();
        var last = await LastSeqAsync(id);
        await DoAsync(
            "redeliverWebhook",
            new
            {
                id,
                from = last,
                to = last,
            }
        );
        var again = new[] { await receiver.NextAsync(), await receiver.NextAsync() };
        Assert.Equal(
            updated.Select(message => message.Subject).Order(),
            again.Select(message => message.Subject).Order()
        );
        await DoAsync("redeliverWebhook", new { id, since = last - 1 });
        await receiver.NextAsync();
        await receiver.NextAsync();
        Assert.Equal(
            ["SequenceOutOfRange at since"],
            await RefusedAsync("redeliverWebhook", new { id, since = last + 1 })
        );
    }

    [Fact]
    public async Task A_webhook_that_is_added_before_the_agreement_gets_everything_that_the_agreement_includes()
    {
        await using var receiver = await Receiver.StartAsync();
        PartnerSteps steps = new(Server.Services);
        var partner = await steps.PartnerAsync("Northern Post");
        await DoAsync("createWebhook", new { partner, url = receiver.Url });
        var tag = await steps.TagAsync("Old and new");
        var article = await steps.PublishedAsync("Before the agreement", tag);
        await steps.AgreeAsync(partner, new { tags = new[] { tag } });
        var received = await receiver.NextAsync();
        Assert.Equal(("article.upsert", article.Id.ToString()), (received.Type, received.Subject));
    }

    [Fact]
    public async Task A_withdrawn_article_is_removed_even_if_its_delivery_was_deleted_long_ago_and_after_a_suspension()
    {
        await using var receiver = await Receiver.StartAsync();
        var (partner, tag) = await PartnerAsync(new { });
        var id = (string)(await DoAsync("createWebhook", new { partner, url = receiver.Url }))["id"]!;
        var article = await Newsroom.PublishedAsync(Newsroom.Story("Inside") with { Tags = [tag] });
        Assert.Equal("article.upsert", (await receiver.NextAsync()).Type);
        await DeliveryAsync(id, "DELIVERED");
        await using (var db = await OpenAsync())
        {
            await db.WebhookDeliveries.ExecuteUpdateAsync(set =>
                set.SetProperty(d => d.FinishedAt, TimeProvider.System.GetUtcNow().AddDays(-100))
            );
        }

        await Server.Services.GetRequiredService<ForgetDeliveries>().Handle(default);
        await AdminAsync("suspendPartner", new { id = partner, reason = "Unpaid" });
        await Client.DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new { id = article.Id.ToString(), reason = "It was wrong." },
            "article { id }"
        );
        await Server.Services.GetRequiredService<PlanDeliveries>().Handle(default);
        Assert.Single(receiver.Received);

        await AdminAsync("resumePartner", new { id = partner });
        Server.Services.GetRequiredService<WebhookSignal>().Give();
        var received = await receiver.NextAsync();
        Assert.Equal(("article.withdraw", article.Id.ToString()), (received.Type, received.Subject));
    }

    [Fact]
    public async Task A_webhook_of_a_partner_is_listed_under_the_partner_and_cannot_ask_for_other_content()
    {
        var (partner, _) = await PartnerAsync(new { });
        Assert.Equal(
            ["OtherContentOfPartner at hasOtherContent"],
            await RefusedAsync(
                "createWebhook",
                new
                {
                    partner,
                    url = "https://example.com/",
                    hasOtherContent = true,
                }
            )
        );
        Assert.Equal(
            ["PartnerNotFound at partner"],
            await RefusedAsync(
                "createWebhook",
                new { partner = "prt_00000000000000000000000000000001", url = "https://example.com/" }
            )
        );
        await DoAsync(
            "createWebhook",
            new
            {
                partner,
                url = "https://example.com/",
                document = "{ agreement { partner } }",
            }
        );
        await CreateAsync("https://example.org/");

        var desk = (
            await Client.AskAsync(
                GraphQLClient.Ada,
                $$"""{ desk { webhooks { nodes { url partner { id } } } of: webhooks(partner: "{{partner}}") { nodes { url partner { id } } } } }"""
            )
        )["data"]!["desk"]!;
        Assert.Equal(
            ("https://example.org/", "https://example.com/", partner),
            (
                (string?)desk["webhooks"]!["nodes"]!.AsArray().Single()!["url"],
                (string?)desk["of"]!["nodes"]!.AsArray().Single()!["url"],
                (string?)desk["of"]!["nodes"]![0]!["partner"]!["id"]
            )
        );
        var editor = await Client.AskAsync(GraphQLClient.Erin, "{ desk { webhooks { nodes { url } } } }");
        Assert.Equal(ErrorCodes.NotAuthorized, GraphQLClient.Code(editor));
    }

    private async Task<(string Id, TagId Tag)> PartnerAsync(object agreement)
    {
        PartnerSteps steps = new(Server.Services);
        var tag = await steps.TagAsync("Syndicated");
        var id = await steps.PartnerAsync("Northern Post");
        await steps.AgreeAsync(id, agreement);
        await steps.AgreeAsync(id, new { tags = new[] { tag } });
        return (id, EntityId.Parse<TagId>(tag)!.Value);
    }

    private Task<System.Text.Json.Nodes.JsonNode> AdminAsync(string mutation, object input) =>
        new PartnerSteps(Server.Services).DoAsync(mutation, input);

    private Task<System.Text.Json.Nodes.JsonNode> UpdateAsync(string id) =>
        Client.DoAsync(GraphQLClient.Erin, "updateArticle", new { id }, "article { id }");

    private async Task<int> LastSeqAsync(string id)
    {
        var answer = await Client.AskAsync(
            GraphQLClient.Ada,
            $$"""{ desk { webhook(id: "{{id}}") { progress { seq } } } }"""
        );
        return (int)answer["data"]!["desk"]!["webhook"]!["progress"]!["seq"]!;
    }

    // Waits until the logs of the partners are up to date and nothing is pending.
    private async Task UntilPlannedAsync()
    {
        await Server.Services.GetRequiredService<PlanDeliveries>().Handle(default);
        await using var db = await OpenAsync();
        for (var i = 0; i < 400; i++)
        {
            if (!await db.WebhookDeliveries.AnyAsync(d => d.State == DeliveryState.Pending))
            {
                return;
            }

            await Task.Delay(25);
        }

        Assert.Fail("Deliveries are still pending.");
    }
}
