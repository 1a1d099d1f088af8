using System.Text.Json.Nodes;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Partners;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Partners;

public abstract class PartnerTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task A_partner_keeps_what_an_admin_saved_and_omitted_fields_keep_their_values()
    {
        var application = NewApplication();
        var created = await DoAsync(
            "createPartner",
            new
            {
                name = " Northern\nPost ",
                contacts = new[] { new { name = "Nora", email = "nora@northern.example" } },
                applications = new[] { application },
                notes = "Met in May.",
            },
            "partner { id version }"
        );
        var id = (string)created["partner"]!["id"]!;

        await DoAsync("editPartner", new { id, name = "Northern Post Group" }, "partner { id }");

        var partner = await ReadAsync(id, "name notes state applications contacts { name email } agreement { number }");
        Assert.Equal("Northern Post Group", (string?)partner["name"]);
        Assert.Equal(("Met in May.", "ACTIVE"), ((string?)partner["notes"], (string?)partner["state"]));
        Assert.Equal(application, (string?)partner["applications"]![0]);
        Assert.Equal("nora@northern.example", (string?)partner["contacts"]![0]!["email"]);
        Assert.Null(partner["agreement"]);
    }

    [SkippableFact]
    public async Task Every_invalid_field_of_a_partner_is_refused_and_named()
    {
        var errors = await RefusedAsync(
            "createPartner",
            new
            {
                name = " ",
                notes = new string('n', 2001),
                contacts = new[]
                {
                    new { name = "Nora", email = "nora@northern.example" },
                    new { name = "Nils", email = "Nils <nils@northern.example>" },
                },
            }
        );

        Assert.Equal(
            ["PartnerNameRequired at name", "PartnerTextTooLong at notes", "ContactMalformed at contacts.1"],
            errors
        );
        Assert.Equal(
            ["ApplicationMalformed at applications.1"],
            await RefusedAsync(
                "createPartner",
                new { name = "Applied", applications = new[] { NewApplication(), "not/ids" } }
            )
        );
    }

    [SkippableFact]
    public async Task A_name_and_an_application_belong_to_one_partner()
    {
        var application = NewApplication();
        await CreatedAsync("Harbour Daily", application);
        var other = await CreatedAsync("Inland Daily");

        Assert.Equal(
            ["PartnerNameTaken at name"],
            await RefusedAsync("editPartner", new { id = other, name = "HARBOUR  daily!" })
        );
        Assert.Equal(
            ["ApplicationTaken at applications.0"],
            await RefusedAsync("editPartner", new { id = other, applications = new[] { application } })
        );
    }

    [SkippableFact]
    public async Task A_suspended_partner_is_resumed_with_its_agreement()
    {
        var id = await CreatedAsync("Suspended Post");
        await DoAsync("saveAgreement", new { partner = id, expectedNumber = 0 }, "partner { id }");

        Assert.Equal(
            ["SuspensionReasonRequired at reason"],
            await RefusedAsync("suspendPartner", new { id, reason = " " })
        );
        await DoAsync("suspendPartner", new { id, reason = "Unpaid" }, "partner { id }");
        var suspended = await ReadAsync(id, "state suspendedBecause version");
        await DoAsync("resumePartner", new { id, expectedVersion = (int)suspended["version"]! }, "partner { id }");
        var resumed = await ReadAsync(id, "state suspendedBecause agreement { number }");

        Assert.Equal(("SUSPENDED", "Unpaid"), ((string?)suspended["state"], (string?)suspended["suspendedBecause"]));
        Assert.Equal(("ACTIVE", null), ((string?)resumed["state"], (string?)resumed["suspendedBecause"]));
        Assert.Equal(1, (int?)resumed["agreement"]!["number"]);
        Assert.Equal(
            ["VersionConflict at expectedVersion"],
            await RefusedAsync(
                "suspendPartner",
                new
                {
                    id,
                    reason = "Again",
                    expectedVersion = 1,
                }
            )
        );
    }

    [SkippableFact]
    public async Task Each_saved_agreement_is_a_new_version_and_earlier_versions_stay_as_they_were()
    {
        var id = await CreatedAsync("Versioned Post");
        var tag = await TagAsync("Syndicated");

        await DoAsync(
            "saveAgreement",
            new
            {
                partner = id,
                tags = new[] { tag },
                text = "SUMMARY",
                summaryWords = 40,
                territories = new[] { "DE", "AT", "DE" },
            },
            "partner { id }"
        );
        await DoAsync(
            "saveAgreement",
            new
            {
                partner = id,
                expectedNumber = 1,
                text = "FULL",
                hasTakes = true,
                tags = (object?)null,
            },
            "partner { id }"
        );

        const string fields = "number text summaryWords territories hasTakes tags { name } attribution";
        var partner = await ReadAsync(id, $"agreement {{ {fields} }} agreements {{ {fields} }}");
        var (current, first) = (partner["agreement"]!, partner["agreements"]![1]!);
        Assert.Equal(partner["agreements"]![0]!.ToJsonString(), current.ToJsonString());
        Assert.Equal(
            (2, "FULL", true),
            ((int)current["number"]!, (string?)current["text"], (bool)current["hasTakes"]!)
        );
        Assert.Equal(40, (int)current["summaryWords"]!);
        Assert.Equal("""["DE","AT"]""", current["territories"]!.ToJsonString());
        Assert.Empty(current["tags"]!.AsArray());
        Assert.Equal((1, "SUMMARY"), ((int)first["number"]!, (string?)first["text"]));
        Assert.Equal("Syndicated", (string?)first["tags"]![0]!["name"]);
        Assert.Equal(
            ["AgreementChanged at expectedNumber"],
            await RefusedAsync("saveAgreement", new { partner = id, expectedNumber = 1 })
        );
    }

    [SkippableFact]
    public async Task Every_invalid_term_of_an_agreement_is_refused_and_named()
    {
        var id = await CreatedAsync("Refused Post");
        var now = Database.Clock.Now();
        var (tag, tool, category, persona) = (TagId.New(), ToolId.New(), CategoryId.New(), PersonaId.New());

        Assert.Equal(
            [
                "AgreementEndsBeforeItBegins at endsAt",
                "NumberOutOfRange at summaryWords",
                "LanguageMalformed at languages",
                "TerritoryUnknown at territories",
                "TerritoryUnknown at territories",
                "TagAlsoExcluded at excludedTags",
                "PlaceholderUnknown at attribution",
            ],
            await RefusedAsync(
                "saveAgreement",
                new
                {
                    partner = id,
                    beginsAt = now,
                    endsAt = now,
                    summaryWords = 501,
                    languages = new[] { "en", "english language" },
                    territories = new[] { "DE", "QX", "germany" },
                    tags = new[] { tag.ToString() },
                    excludedTags = new[] { tag.ToString() },
                    attribution = "{author} of {paper}",
                }
            )
        );
        Assert.Equal(
            [
                "CategoryNotFound at categories",
                "TagNotFound at tags",
                "ToolNotFound at tools",
                "PersonaNotFound at personas",
            ],
            await RefusedAsync(
                "saveAgreement",
                new
                {
                    partner = id,
                    categories = new[] { category.ToString() },
                    tags = new[] { tag.ToString() },
                    tools = new[] { tool.ToString() },
                    personas = new[] { persona.ToString() },
                }
            )
        );
        Assert.Null((await ReadAsync(id, "agreement { number }"))["agreement"]);
    }

    [SkippableFact]
    public async Task A_tag_in_an_agreement_is_in_use_and_a_merge_moves_the_use()
    {
        var id = await CreatedAsync("Tagged Post");
        var (tag, other) = (await TagAsync("Wires"), await TagAsync("Cables"));
        await DoAsync("saveAgreement", new { partner = id, excludedTags = new[] { tag } }, "partner { id }");

        var refused = await Client.DoAsync(GraphQLClient.Erin, "deleteTag", new { id = tag }, "tag { id }");
        await DoAsync("mergeTags", new { from = tag, into = other }, "tag { id }");

        Assert.Contains(
            "1 partner’s agreement, such as ‘Tagged Post’",
            (string?)refused["errors"]![0]!["message"],
            StringComparison.Ordinal
        );
        await using var db = await OpenAsync();
        var target = SubjectId.Of(EntityId.Parse<TagId>(other)!.Value);
        Assert.True(await db.References.AnyAsync(r => r.TargetId == target && r.Kind == UsageKind.Partner));
        var agreement = (await ReadAsync(id, "agreement { excludedTags { name } }"))["agreement"]!;
        Assert.Equal("Cables", (string?)agreement["excludedTags"]![0]!["name"]);
    }

    [SkippableFact]
    public async Task A_feed_key_is_shown_once_and_a_partner_has_at_most_two_that_work()
    {
        var id = await CreatedAsync("Keyed Post");
        var once = new { partner = id, clientMutationId = $"{id}-1" };
        var first = (await DoAsync("createFeedKey", once, "feedKey { id key ending }"))["feedKey"]!;
        var repeated = (await DoAsync("createFeedKey", once, "feedKey { id key ending }"))["feedKey"]!;
        await DoAsync("createFeedKey", new { partner = id }, "feedKey { id }");

        Assert.Equal(["TooManyFeedKeys at partner"], await RefusedAsync("createFeedKey", new { partner = id }));
        var key = (string)first["key"]!;
        Assert.EndsWith((string)first["ending"]!, key, StringComparison.Ordinal);
        Assert.Equal((first["id"]!.ToString(), null), (repeated["id"]!.ToString(), repeated["key"]));
        Assert.True(FeedKey.TryHash(key, out var hash));
        await using var db = await OpenAsync();
        Assert.Equal(1, await db.FeedKeys.CountAsync(k => k.Hash == hash));
        Assert.False(FeedKey.TryHash(key[..^1], out _));

        await DoAsync("revokeFeedKey", new { id = (string)first["id"]! }, "feedKey { id }");
        await DoAsync("revokeFeedKey", new { id = (string)first["id"]! }, "feedKey { id }");
        await DoAsync("createFeedKey", new { partner = id }, "feedKey { id }");
        var keys = (await ReadAsync(id, "feedKeys { key revokedAt revokedBy }"))["feedKeys"]!.AsArray();
        Assert.Equal([null, null, GraphQLClient.Ada.Name], keys.Select(k => (string?)k!["revokedBy"]));
        Assert.All(keys, k => Assert.Null(k!["key"]));
    }

    [SkippableFact]
    public async Task Two_keys_that_are_created_at_once_do_not_become_three()
    {
        var id = await CreatedAsync("Hurried Post");
        await DoAsync("createFeedKey", new { partner = id }, "feedKey { id }");

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Client.AskAsync(
                        GraphQLClient.Ada,
                        "mutation($input: CreateFeedKeyInput!) { createFeedKey(input: $input) { errors { __typename } } }",
                        new { input = new { partner = id } }
                    )
                )
        );

        Assert.Equal(2, (await ReadAsync(id, "feedKeys { id }"))["feedKeys"]!.AsArray().Count);
    }

    [SkippableFact]
    public async Task Only_admins_see_and_change_partners()
    {
        var id = await CreatedAsync("Private Post");
        foreach (var who in new[] { GraphQLClient.Erin, GraphQLClient.Arlo })
        {
            var read = await Client.AskAsync(who, "{ desk { partners { nodes { name } } } }");
            var changed = await Client.AskAsync(
                who,
                $"mutation {{ suspendPartner(input: {{ id: \"{id}\", reason: \"No\" }}) {{ errors {{ __typename }} }} }}"
            );

            Assert.Equal("AUTH_NOT_AUTHORIZED", (string?)read["errors"]![0]!["extensions"]!["code"]);
            Assert.Equal("AUTH_NOT_AUTHORIZED", (string?)changed["errors"]![0]!["extensions"]!["code"]);
        }
    }

    private GraphQLClient Client => field ??= new GraphQLClient(Database.Services);

    private static string NewApplication() => new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7()).ToString();

    private async Task<string> CreatedAsync(string name, params string[] applications) =>
        (string)(await DoAsync("createPartner", new { name, applications }, "partner { id }"))["partner"]!["id"]!;

    private async Task<JsonNode> ReadAsync(string id, string fields)
    {
        var answer = await Client.AskAsync(GraphQLClient.Ada, $"{{ desk {{ partner(id: \"{id}\") {{ {fields} }} }} }}");
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!["desk"]!["partner"]!;
    }

    private async Task<JsonNode> DoAsync(string mutation, object input, string fields)
    {
        var answer = await Client.DoAsync(GraphQLClient.Ada, mutation, input, fields);
        Assert.Equal("[]", answer["errors"]!.ToJsonString());
        return answer;
    }

    private async Task<string[]> RefusedAsync(string mutation, object input) =>
        [
            .. (await Client.DoAsync(GraphQLClient.Ada, mutation, input, "__typename"))["errors"]!
                .AsArray()
                .Select(error =>
                    $"{((string)error!["__typename"]!).Replace("Error", "", StringComparison.Ordinal)} at {string.Join('.', error["path"]!.AsArray().Select(part => part!.ToString()))}"
                ),
        ];

    private async Task<string> TagAsync(string name) =>
        (string)(await Client.DoAsync(GraphQLClient.Erin, "createTag", new { name }, "tag { id }"))["tag"]!["id"]!;
}

public sealed class PartnerTests_Sqlite(SqliteTestDatabase database)
    : PartnerTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class PartnerTests_SqlServer(SqlServerTestDatabase database)
    : PartnerTests(database),
        IClassFixture<SqlServerTestDatabase>;
