using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.People;
using Cms.Testing;
using Cms.Webhooks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>What the contacts of partners can see and change: what belongs to their own partner, and nothing else.</summary>
public abstract class ContactTests(TestDatabase database) : PartnerSuite(database)
{
    private const string Unknown = "00000000000000000000000000000001";

    private const string Everything =
        "name state refusal agreement { number savedAt text } feedKeys { id ending revokedAt } webhooks { totalCount nodes { id url } }";

    private GraphQLClient Client => field ??= new GraphQLClient(Database.Services);

    [SkippableFact]
    public async Task A_contact_sees_the_partner_and_changes_its_keys_and_webhooks_under_its_own_name()
    {
        var (contact, id) = await ContactAsync("Own Post", "Nora");
        await SaveAsync(id, new { text = "SUMMARY" });

        var key = (await ChangeAsync(contact, "createFeedKey", new { partner = id }, "feedKey { id key ending }"))[
            "feedKey"
        ]!;
        Assert.StartsWith("cmsf_", (string?)key["key"], StringComparison.Ordinal);
        var url = "https://own.example/hook";
        var hook = (await ChangeAsync(contact, "createWebhook", new { partner = id, url }, "webhook { id secret }"))[
            "webhook"
        ]!;
        Assert.StartsWith("whsec_", (string?)hook["secret"], StringComparison.Ordinal);
        var webhook = (string)hook["id"]!;
        await ChangeAsync(contact, "saveWebhook", new { id = webhook, description = "The index" });
        await ChangeAsync(contact, "rotateWebhookSecret", new { id = webhook });
        await ChangeAsync(contact, "pingWebhook", new { id = webhook });
        await ChangeAsync(contact, "disableWebhook", new { id = webhook, reason = "Maintenance" });
        await ChangeAsync(contact, "enableWebhook", new { id = webhook });

        var portal = await PortalAsync(contact);
        Assert.Equal(
            ("Own Post", "ACTIVE", null),
            ((string?)portal!["name"], (string?)portal["state"], (string?)portal["refusal"])
        );
        Assert.Equal((1, "SUMMARY"), ((int?)portal["agreement"]!["number"], (string?)portal["agreement"]!["text"]));
        Assert.Equal((string?)key["ending"], (string?)portal["feedKeys"]![0]!["ending"]);
        Assert.Equal(webhook, (string?)portal["webhooks"]!["nodes"]![0]!["id"]);
        var log = (
            await AskAsync(
                contact,
                $$"""{ partnerPortal { webhook(id: "{{webhook}}") { deliveries { nodes { id type state attempts { status } } } } } }"""
            )
        )["partnerPortal"]!["webhook"]!["deliveries"]!["nodes"]!;
        Assert.Equal("webhook.ping", (string?)log[0]!["type"]);
        await ChangeAsync(contact, "redeliverWebhook", new { id = webhook, delivery = (string?)log[0]!["id"] });
        await ChangeAsync(contact, "deleteWebhook", new { id = webhook });
        await ChangeAsync(contact, "revokeFeedKey", new { id = (string?)key["id"] });

        await using var db = await OpenAsync();
        var entries = await db.AuditEntries.Where(e => e.ActorKey == contact.Key).OrderBy(e => e.Seq).ToListAsync();
        Assert.Equal(
            [
                "createFeedKey",
                "createWebhook",
                "saveWebhook",
                "rotateWebhookSecret",
                "pingWebhook",
                "disableWebhook",
                "enableWebhook",
                "redeliverWebhook",
                "deleteWebhook",
                "revokeFeedKey",
            ],
            entries.Select(entry => entry.Action)
        );
        Assert.All(entries, entry => Assert.Equal("Nora", entry.ActorName));
    }

    [SkippableFact]
    public async Task A_contact_can_do_nothing_to_another_partner_and_guessed_ids_look_like_ids_that_do_not_exist()
    {
        var (contact, own) = await ContactAsync("Guessing Post", "Greta");
        var ownHook = await WebhookAsync(own, "https://own.example/");
        var (_, other) = await ContactAsync("Guessed Post", "Gil");
        await SaveAsync(other, new { });
        var hook = await WebhookAsync(other, "https://other.example/");
        var newsroom = await WebhookAsync(null, "https://newsroom.example/");
        var key = (string)
            (await DoAsync("createFeedKey", new { partner = other }, "feedKey { id }"))["feedKey"]!["id"]!;
        await DoAsync("pingWebhook", new { id = hook });
        var delivery = await DeliveryAsync(hook);
        var before = await StateAsync(other, hook, newsroom);

        Assert.Equal(
            ["PartnerNotFoundError at partner"],
            await RefusedAsync(contact, "createFeedKey", new { partner = other })
        );
        Assert.Equal(["FeedKeyNotFoundError at id"], await RefusedAsync(contact, "revokeFeedKey", new { id = key }));
        Assert.Equal(
            ["FeedKeyNotFoundError at id"],
            await RefusedAsync(contact, "revokeFeedKey", new { id = $"fky_{Unknown}" })
        );
        foreach (var partner in new[] { other, null, $"prt_{Unknown}" })
        {
            Assert.Equal(
                ["PartnerNotFoundError at partner"],
                await RefusedAsync(contact, "createWebhook", new { partner, url = "https://own.example/" })
            );
        }

        foreach (var id in new[] { hook, newsroom, $"whk_{Unknown}" })
        {
            foreach (
                var (mutation, input) in new (string, object)[]
                {
                    ("saveWebhook", new { id, url = "https://own.example/" }),
                    ("saveWebhook", new { id, url = "nonsense" }),
                    ("rotateWebhookSecret", new { id }),
                    ("enableWebhook", new { id }),
                    ("disableWebhook", new { id, reason = "Mine" }),
                    ("pingWebhook", new { id }),
                    ("redeliverWebhook", new { id, delivery }),
                    ("redeliverWebhook", new { id, sinceTime = "2020-01-01T00:00:00Z" }),
                    ("deleteWebhook", new { id }),
                }
            )
            {
                Assert.Equal(["WebhookNotFoundError at id"], await RefusedAsync(contact, mutation, input));
            }

            var seen = await AskAsync(contact, $$"""{ partnerPortal { webhook(id: "{{id}}") { url } } }""");
            Assert.Null(seen["partnerPortal"]!["webhook"]);
        }

        Assert.Equal(
            ["WebhookDeliveryNotFoundError at delivery"],
            await RefusedAsync(contact, "redeliverWebhook", new { id = ownHook, delivery })
        );
        Assert.Equal(before, await StateAsync(other, hook, newsroom));
        var portal = await PortalAsync(contact);
        Assert.Equal(1, (int?)portal!["webhooks"]!["totalCount"]);
        Assert.Empty(portal["feedKeys"]!.AsArray());
    }

    [SkippableFact]
    public async Task Only_contacts_are_let_in_and_they_are_not_let_into_the_desk()
    {
        foreach (var (name, viewer) in GraphQLClient.Viewers)
        {
            var answer = await Client.AskAsync(viewer, "{ partnerPortal { name } }");
            Assert.Equal(
                name == "anonymous" ? ErrorCodes.NotAuthenticated : ErrorCodes.NotAuthorized,
                GraphQLClient.Code(answer)
            );
        }

        var (contact, id) = await ContactAsync("Curious Post", "Cora");
        var hook = await WebhookAsync(id, "https://curious.example/");
        foreach (
            var query in new[]
            {
                "{ desk { partners { totalCount } } }",
                $$"""{ desk { partner(id: "{{id}}") { notes } } }""",
                $$"""{ desk { webhook(id: "{{hook}}") { url } } }""",
                "{ desk { articles { totalCount } } }",
                "{ desk { audit { totalCount } } }",
                $$"""{ partnerPortal { webhook(id: "{{hook}}") { partner { notes suspendedBecause } } } }""",
                $$"""{ partnerPortal { webhook(id: "{{hook}}") { progress { seq } } } }""",
                $$"""{ partnerPortal { webhook(id: "{{hook}}") { deliveries { nodes { seq } } } } }""",
                $$"""mutation { pingWebhook(input: { id: "{{hook}}" }) { webhook { partner { notes } } } }""",
                $$"""mutation { editPartner(input: { id: "{{id}}", name: "Mine" }) { errors { __typename } } }""",
                $$"""mutation { saveAgreement(input: { partner: "{{id}}" }) { errors { __typename } } }""",
                $$"""mutation { resumePartner(input: { id: "{{id}}" }) { errors { __typename } } }""",
            }
        )
        {
            Assert.Equal(ErrorCodes.NotAuthorized, GraphQLClient.Code(await Client.AskAsync(contact, query)));
        }

        var own = (await AskAsync(contact, "{ viewer { kind roles } }"))["viewer"]!;
        Assert.Equal("""{"kind":"PERSON","roles":["READER","CONTACT"]}""", own.ToJsonString());
    }

    [SkippableFact]
    public async Task A_contact_who_is_removed_or_whose_partner_is_suspended_loses_the_rights_at_once()
    {
        var (contact, id) = await ContactAsync("Fleeting Post", "Flora");
        await SaveAsync(id, new { });
        await DoAsync("createFeedKey", new { partner = id });
        await DoAsync("suspendPartner", new { id, reason = "Unpaid" });

        var suspended = await PortalAsync(contact);
        Assert.Equal("SUSPENDED", (string?)suspended!["state"]);
        Assert.Equal("The newsroom has suspended your access. Ask your contact there.", (string?)suspended["refusal"]);
        Assert.Equal(1, (int?)suspended["agreement"]!["number"]);
        Assert.Single(suspended["feedKeys"]!.AsArray());
        Assert.DoesNotContain("Unpaid", suspended.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.NotAuthorized, await CodeAsync(contact, id));
        await DoAsync("resumePartner", new { id });
        Assert.Null(await CodeAsync(contact, id));

        await DoAsync("editPartner", new { id, people = Array.Empty<object>() });
        Assert.Null(await PortalAsync(contact));
        Assert.Equal(ErrorCodes.NotAuthorized, await CodeAsync(contact, id));

        // The role alone is worth nothing, and neither is the place among the people without the role.
        await DoAsync(
            "editPartner",
            new { id, people = new[] { new { name = "Flora", key = contact.Key.ToString() } } }
        );
        Assert.Equal(ErrorCodes.NotAuthorized, await CodeAsync(contact with { IsContact = false }, id));
        Assert.NotNull(await PortalAsync(contact));
    }

    [SkippableFact]
    public async Task The_portal_says_in_words_why_the_programs_receive_nothing_and_shows_the_agreement()
    {
        var (contact, id) = await ContactAsync("Waiting Post", "Wanda");
        var none = await PortalAsync(contact);
        Assert.Equal("You have no agreement yet. Ask your contact in the newsroom.", (string?)none!["refusal"]);
        Assert.Null(none["agreement"]);

        await SaveAsync(id, new { beginsAt = "2199-01-01T00:00:00Z" });
        var early = await PortalAsync(contact);
        Assert.StartsWith("Your agreement begins at ", (string?)early!["refusal"], StringComparison.Ordinal);
        Assert.Equal(1, (int?)early["agreement"]!["number"]);

        await SaveAsync(id, new { beginsAt = "2020-01-01T00:00:00Z", endsAt = "2021-01-01T00:00:00Z" });
        var late = await PortalAsync(contact);
        Assert.StartsWith("Your agreement ended at ", (string?)late!["refusal"], StringComparison.Ordinal);
        Assert.Equal(2, (int?)late["agreement"]!["number"]);
    }

    [SkippableFact]
    public async Task A_contact_reads_what_the_programs_of_the_partner_read()
    {
        var (contact, id) = await ContactAsync("Reading Post", "Rosa");
        var tag = await TagAsync("Contact reading");
        await PublishedAsync("Inside the agreement of a contact", tag);
        await PublishedAsync("Outside the agreement of a contact");
        await SaveAsync(id, new { tags = new[] { tag }, text = "SUMMARY" });

        var answer = await RawAsync(contact, "{ agreement { partner } articles { nodes { headline body { html } } } }");

        Assert.Equal(
            """{"agreement":{"partner":"Reading Post"},"articles":{"nodes":[{"headline":"Inside the agreement of a contact","body":null}]}}""",
            answer["data"]!.ToJsonString()
        );
        Assert.NotNull(answer["extensions"]!["entitlement"]);
    }

    [SkippableFact]
    public async Task A_person_acts_for_one_partner_and_every_malformed_person_is_named()
    {
        var (contact, _) = await ContactAsync("First Post", "Fred");
        var (_, other) = await NewPartnerAsync("Second Post");

        Assert.Equal(
            ["PersonTakenError at people.1"],
            await RefusedAsync(
                GraphQLClient.Ada,
                "editPartner",
                new
                {
                    id = other,
                    people = new[]
                    {
                        new { name = "Nobody", key = $"{Guid.CreateVersion7()}/{Guid.CreateVersion7()}" },
                        new { name = "Fred", key = contact.Key.ToString()! },
                    },
                }
            )
        );
        Assert.Equal(
            ["PersonMalformedError at people.0", "PersonMalformedError at people.1"],
            await RefusedAsync(
                GraphQLClient.Ada,
                "editPartner",
                new
                {
                    id = other,
                    people = new[]
                    {
                        new { name = " ", key = $"{Guid.CreateVersion7()}/{Guid.CreateVersion7()}" },
                        new { name = "Mail", key = "fred@first.example" },
                    },
                }
            )
        );
    }

    [SkippableFact]
    public async Task A_contact_asks_for_deliveries_of_a_time_and_does_not_learn_what_is_outside_of_the_agreement()
    {
        var (contact, id) = await ContactAsync("Replaying Post", "Rita");
        var tag = await TagAsync("Replayed");
        await SaveAsync(id, new { tags = new[] { tag } });
        await PublishedAsync("Somewhere outside");
        var hook = await WebhookAsync(id, "https://replaying.example/");
        var since = "2020-01-01T00:00:00Z";

        // Nothing is said about what happens outside of the agreement.
        Assert.Equal(
            ["NothingToRedeliverError at sinceTime"],
            await RefusedAsync(contact, "redeliverWebhook", new { id = hook, sinceTime = since })
        );
        await PublishedAsync("Inside", tag);
        await Database.Get<PlanDeliveries>().Handle(default);

        foreach (
            var input in new object[]
            {
                new { id = hook, since = 0 },
                new
                {
                    id = hook,
                    from = 1,
                    to = 1,
                },
            }
        )
        {
            Assert.Equal(["RedeliveryUnclearError at "], await RefusedAsync(contact, "redeliverWebhook", input));
        }

        Assert.Equal(
            ["RedeliveryUnclearError at "],
            await RefusedAsync(contact, "redeliverWebhook", new { id = hook, untilTime = since })
        );
        Assert.Equal(
            ["NothingToRedeliverError at sinceTime"],
            await RefusedAsync(contact, "redeliverWebhook", new { id = hook, sinceTime = "2199-01-01T00:00:00Z" })
        );
        await ChangeAsync(contact, "redeliverWebhook", new { id = hook, sinceTime = since });
        await using (var db = await OpenAsync())
        {
            var key = EntityId.Parse<WebhookId>(hook)!.Value;
            Assert.Equal(0, (await db.WebhookProgress.SingleAsync(p => p.WebhookId == key)).Seq);
        }

        await ChangeAsync(
            contact,
            "redeliverWebhook",
            new
            {
                id = hook,
                sinceTime = since,
                untilTime = "2198-01-01T00:00:00Z",
            }
        );
        var seen = await AskAsync(
            contact,
            $$"""{ partnerPortal { webhook(id: "{{hook}}") { deliveries { totalCount nodes { type } } } } }"""
        );
        Assert.Equal(
            """{"totalCount":2,"nodes":[{"type":"article.upsert"},{"type":"article.upsert"}]}""",
            seen["partnerPortal"]!["webhook"]!["deliveries"]!.ToJsonString()
        );
    }

    [SkippableFact]
    public async Task A_contact_confirms_a_takedown_under_its_own_name()
    {
        var (contact, id) = await ContactAsync("Signing Post", "Cora");
        var tag = await TagAsync("Confirmed");
        await SaveAsync(id, new { tags = new[] { tag } });
        var article = await PublishedAsync("Confirmed by a person", tag);
        await AskAsync(contact, $$"""{ article(id: "{{article.Id}}") { headline } }""");
        var takedown = await TakedownAsync(article);

        await ChangeAsync(contact, "acknowledgeTakedown", new { id = takedown });

        var desk = await AskAsync(
            GraphQLClient.Erin,
            $$"""{ desk { takedown(id: "{{takedown}}") { partners { nodes { name acknowledgedVia acknowledgedBy } } } } }"""
        );
        Assert.Equal(
            """[{"name":"Signing Post","acknowledgedVia":"PORTAL","acknowledgedBy":"Cora"}]""",
            desk["desk"]!["takedown"]!["partners"]!["nodes"]!.ToJsonString()
        );
        await using var db = await OpenAsync();
        Assert.Equal("acknowledgeTakedown", (await db.AuditEntries.SingleAsync(e => e.ActorKey == contact.Key)).Action);
    }

    // The server sets the partner when an operation begins, so the viewer comes without it, as after the sign-in.
    private async Task<(Viewer Contact, string Partner)> ContactAsync(string partner, string name)
    {
        var viewer = GraphQLClient.Person(name, Role.Reader) with { IsContact = true };
        var (_, id) = await NewPartnerAsync(partner);
        await DoAsync("editPartner", new { id, people = new[] { new { name, key = viewer.Key.ToString() } } });
        return (viewer, id);
    }

    private async Task<JsonNode?> PortalAsync(Viewer viewer) =>
        (await AskAsync(viewer, $$"""{ partnerPortal { {{Everything}} } }"""))["partnerPortal"];

    private async Task<string> WebhookAsync(string? partner, string url) =>
        (string)(await DoAsync("createWebhook", new { partner, url }, "webhook { id }"))["webhook"]!["id"]!;

    private async Task<string> DeliveryAsync(string webhook) =>
        (string)
            (
                await AskAsync(
                    GraphQLClient.Ada,
                    $$"""{ desk { webhook(id: "{{webhook}}") { deliveries { nodes { id } } } } }"""
                )
            )["desk"]!["webhook"]!["deliveries"]!["nodes"]![0]!["id"]!;

    private async Task<string> StateAsync(string partner, params string[] webhooks)
    {
        const string fields = "version url state secretEnding deliveries { nodes { id state } }";
        var hooks = string.Join(' ', webhooks.Select((id, i) => $$"""w{{i}}: webhook(id: "{{id}}") { {{fields}} }"""));
        return (
            await AskAsync(
                GraphQLClient.Ada,
                $$"""{ desk { partner(id: "{{partner}}") { version feedKeys { id revokedAt } } {{hooks}} } }"""
            )
        ).ToJsonString();
    }

    private async Task<JsonNode> ChangeAsync(Viewer viewer, string mutation, object input, string shows = "__typename")
    {
        var payload = await Client.DoAsync(viewer, mutation, input, shows);
        Assert.True(payload["errors"]!.AsArray().Count == 0, payload.ToJsonString());
        return payload;
    }

    private async Task<IEnumerable<string>> RefusedAsync(Viewer viewer, string mutation, object input) =>
        GraphQLClient.Refusals(await Client.DoAsync(viewer, mutation, input, "__typename"));

    // Returns the code of the refusal of a new key; null if it was not refused.
    private async Task<string?> CodeAsync(Viewer viewer, string partner)
    {
        var answer = await Client.AskAsync(
            viewer,
            $$"""mutation { createFeedKey(input: { partner: "{{partner}}" }) { feedKey { id } errors { __typename } } }"""
        );
        return GraphQLClient.Code(answer);
    }
}

public sealed class ContactTests_Sqlite(SqliteTestDatabase database)
    : ContactTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class ContactTests_SqlServer(SqlServerTestDatabase database)
    : ContactTests(database),
        IClassFixture<SqlServerTestDatabase>;
