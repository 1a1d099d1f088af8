using Cms.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cms.Server.Tests.Webhooks;

/// <summary>Webhooks of the newsroom, from the mutation to the receiver.</summary>
[Needs("server")]
public sealed class WebhookTests : WebhookSuite
{
    [SkippableFact]
    [Needs("npm")]
    public async Task A_publication_is_sent_at_once_and_the_package_of_the_standard_verifies_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, secret) = await CreateAsync(receiver.Url);
        var article = await Newsroom.PublishedAsync(Newsroom.Story("Lanterns"));

        var received = await receiver.NextAsync();
        Assert.Equal(("article.published", article.Id.ToString()), (received.Type, received.Subject));
        Assert.Equal("published", (string?)received.Json["data"]!["kind"]);
        Assert.Equal("application/json; charset=utf-8", received.Headers["Content-Type"]);
        Assert.Equal("valid", await VerifyAsync(secret, received));

        var delivery = await DeliveryAsync(id, "DELIVERED");
        Assert.Equal(received.Id, (string?)delivery["id"]);
        Assert.Equal((received.Seq, 200), ((long?)delivery["seq"], (int?)delivery["attempts"]![0]!["status"]));

        // After a rotation, both secrets sign.
        var rotated = (string)(await DoAsync("rotateWebhookSecret", new { id }))["secret"]!;
        await DoAsync("pingWebhook", new { id });
        received = await receiver.NextAsync();
        Assert.Equal("webhook.ping", received.Type);
        Assert.Equal(
            ("valid", "valid", "invalid"),
            (
                await VerifyAsync(secret, received),
                await VerifyAsync(rotated, received),
                await VerifyAsync(secret, received with { Body = received.Body + " " })
            )
        );
        Assert.Null((string?)(await ReadAsync(id, "secret"))["secret"]);
        await using var db = await OpenAsync();
        Assert.DoesNotContain(
            secret,
            System.Text.Encoding.ASCII.GetString(db.Webhooks.Single().SealedFormerSecret!),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_answer_of_a_document_is_sent_and_a_withdrawn_article_is_null()
    {
        await using var receiver = await Receiver.StartAsync();
        await CreateAsync(
            receiver.Url,
            "query($id: ID!, $seq: Int = 0) { article(id: $id) { headline } articles(first: $seq) { totalCount } }"
        );

        var article = await Newsroom.PublishedAsync(Newsroom.Story("Lanterns"));
        var published = await receiver.NextAsync();
        await Client.DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new { id = article.Id.ToString(), reason = "It was wrong." },
            "article { id }"
        );
        var withdrawn = await receiver.NextAsync();

        Assert.Equal("Lanterns", (string?)published.Json["data"]!["article"]!["headline"]);
        Assert.Null(published.Json["errors"]);
        Assert.Equal(article.Id.ToString(), published.Subject);
        Assert.Equal(("article.withdrawn", article.Id.ToString()), (withdrawn.Type, withdrawn.Subject));
        Assert.Null(withdrawn.Json["data"]!["article"]);
        Assert.True(withdrawn.Seq > published.Seq);
    }

    [Fact]
    public async Task Other_public_content_is_sent_only_to_webhooks_that_ask_for_it()
    {
        await using var all = await Receiver.StartAsync();
        await using var articles = await Receiver.StartAsync();
        await DoAsync("createWebhook", new { url = all.Url, hasOtherContent = true });
        await CreateAsync(articles.Url);

        var tool = await Newsroom.PublicToolAsync("Fresh tool");
        await Client.DoAsync(
            GraphQLClient.Erin,
            "editTool",
            new { id = tool.Id.ToString(), summary = "A new summary." },
            "tool { id }"
        );
        await Newsroom.PublishedAsync(Newsroom.Story("Last"));

        List<ReceivedWebhook> got = [await all.NextAsync(), await all.NextAsync(), await all.NextAsync()];
        Assert.Contains(got, r => (r.Type, r.Subject) == ("tool.changed", tool.Id.ToString()));
        Assert.Equal(
            ["article.published", "article.published"],
            [(await articles.NextAsync()).Type, (await articles.NextAsync()).Type]
        );
    }

    [Fact]
    public async Task Everything_since_a_number_a_range_and_one_delivery_are_sent_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await CreateAsync(receiver.Url);
        var (one, two) = (await Newsroom.PublishedAsync(), await Newsroom.PublishedAsync(Newsroom.Story("Two")));
        List<ReceivedWebhook> sent = [await receiver.NextAsync(), await receiver.NextAsync()];
        var (first, second) = (
            sent.Single(r => r.Subject == one.Id.ToString()),
            sent.Single(r => r.Subject == two.Id.ToString())
        );
        await DeliveryAsync(id, "DELIVERED");

        await DoAsync("redeliverWebhook", new { id, delivery = second.Id });
        Assert.Equal((second.Id, second.Seq), await IdAndSeqAsync(receiver));

        await DoAsync(
            "redeliverWebhook",
            new
            {
                id,
                from = first.Seq,
                to = first.Seq,
            }
        );
        var again = await receiver.NextAsync();
        Assert.Equal(first.Seq, again.Seq);
        Assert.NotEqual(first.Id, again.Id);

        await DoAsync("redeliverWebhook", new { id, since = first.Seq - 1 });
        Assert.Equal(
            [first.Seq, second.Seq],
            new[] { (await receiver.NextAsync()).Seq, (await receiver.NextAsync()).Seq }.Order()
        );
        Assert.Equal(["RedeliveryUnclear at "], await RefusedAsync("redeliverWebhook", new { id }));
        Assert.Equal(
            ["SequenceOutOfRange at since"],
            await RefusedAsync("redeliverWebhook", new { id, since = 1_000_000 })
        );
        Assert.Equal(
            ["SequenceOutOfRange at to"],
            await RefusedAsync(
                "redeliverWebhook",
                new
                {
                    id,
                    from = 2,
                    to = 1,
                }
            )
        );
        Assert.Equal(
            ["WebhookDeliveryNotFound at delivery"],
            await RefusedAsync("redeliverWebhook", new { id, delivery = "whd_00000000000000000000000000000001" })
        );
    }

    [Fact]
    public async Task A_disabled_webhook_sends_nothing_and_continues_where_it_stopped()
    {
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await CreateAsync(receiver.Url);
        Assert.Equal(
            ["WebhookReasonRequired at reason"],
            await RefusedAsync("disableWebhook", new { id, reason = " " })
        );
        await DoAsync("disableWebhook", new { id, reason = "Maintenance" });
        var article = await Newsroom.PublishedAsync();
        Assert.Equal(["WebhookIsDisabled at id"], await RefusedAsync("pingWebhook", new { id }));
        Assert.Empty(receiver.Received);

        var enabled = await DoAsync("enableWebhook", new { id });
        Assert.Equal(("ENABLED", null), ((string?)enabled["state"], (string?)enabled["disabledBecause"]));
        Assert.Equal(article.Id.ToString(), (await receiver.NextAsync()).Subject);

        await DoAsync("deleteWebhook", new { id });
        Assert.Equal(["WebhookNotFound at id"], await RefusedAsync("pingWebhook", new { id }));
    }

    [Fact]
    public async Task A_receiver_that_is_gone_disables_the_webhook()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status410Gone;
            return http.Response.WriteAsync("No more, please.");
        };
        var (id, _) = await CreateAsync(receiver.Url);
        await DoAsync("pingWebhook", new { id });

        var delivery = await DeliveryAsync(id, "FAILED");
        var webhook = await ReadAsync(id, "state disabledBecause updatedBy");
        Assert.Equal("No more, please.", (string?)delivery["attempts"]![0]!["reply"]);
        Assert.Equal("DISABLED", (string?)webhook["state"]);
        Assert.Contains("410", (string?)webhook["disabledBecause"], StringComparison.Ordinal);
        var audited = await Client.AskAsync(
            GraphQLClient.Ada,
            "{ desk { audit(where: { action: \"disableWebhook\" }) { nodes { via subject } } } }"
        );
        Assert.Equal(id, (string?)audited["data"]!["desk"]!["audit"]!["nodes"]![0]!["subject"]);
    }

    [Fact]
    public async Task Every_field_that_cannot_be_used_is_refused_and_named()
    {
        Assert.Equal(
            ["WebhookUrlMalformed at url", "WebhookTextTooLong at description", "WebhookDocumentInvalid at document"],
            await RefusedAsync(
                "createWebhook",
                new
                {
                    url = "ftp://example.com/",
                    description = new string('d', 201),
                    document = "query { article(id: $id) { nothing } }",
                }
            )
        );
        string[] documents =
        [
            "mutation { deleteMyData(input: { confirm: true }) { errors { __typename } } }",
            "query A { __typename } query B { __typename }",
            "query($id: ID!) { desk { article(id: $id) { id } } }",
            "query($id: ID!, $other: ID!) { article(id: $id) { id } node(id: $other) { id } }",
            "{",
        ];
        foreach (var document in documents)
        {
            Assert.Equal(
                ["WebhookDocumentInvalid at document"],
                await RefusedAsync("createWebhook", new { url = "https://example.com/", document })
            );
        }

        var (id, _) = await CreateAsync("https://example.com/hook");
        Assert.Equal(
            ["VersionConflict at expectedVersion"],
            await RefusedAsync(
                "saveWebhook",
                new
                {
                    id,
                    description = "New",
                    expectedVersion = 9,
                }
            )
        );
        var saved = await DoAsync(
            "saveWebhook",
            new
            {
                id,
                description = " For\nus ",
                document = "query($id: ID!) { article(id: $id) { id } }",
            },
            "url description document"
        );
        Assert.Equal(("https://example.com/hook", "For us"), ((string?)saved["url"], (string?)saved["description"]));
        for (var i = 1; i < 20; i++)
        {
            await CreateAsync("https://example.com/hook");
        }

        Assert.Equal(
            ["TooManyWebhooks at partner"],
            await RefusedAsync("createWebhook", new { url = "https://example.com/" })
        );
        var page = await Client.AskAsync(
            GraphQLClient.Ada,
            "{ desk { webhooks(first: 3) { totalCount nodes { id progress { seq } deliveries(first: 2) { totalCount nodes { id } } } } } }"
        );
        Assert.True(page["errors"] is null, page.ToJsonString());
        Assert.Equal(20, (int)page["data"]!["desk"]!["webhooks"]!["totalCount"]!);
    }

    private static async Task<(string, long?)> IdAndSeqAsync(Receiver receiver)
    {
        var received = await receiver.NextAsync();
        return (received.Id, received.Seq);
    }

    private static async Task<string> VerifyAsync(string secret, ReceivedWebhook received) =>
        (
            await NpmClients.RunAsync(
                "webhooks.mjs",
                [
                    secret,
                    received.Headers["webhook-id"],
                    received.Headers["webhook-timestamp"],
                    received.Headers["webhook-signature"],
                    received.Body,
                ]
            )
        ).Single();
}
