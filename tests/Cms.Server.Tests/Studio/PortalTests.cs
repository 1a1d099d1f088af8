using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Server.Tests.Access;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>What contacts do in the portal for partners, with a browser without scripts.</summary>
[Needs("server")]
public sealed partial class PortalTests : StudioSuite
{
    private const string Portal = "/partner";
    private const string Keys = "/partner/keys";
    private const string Webhooks = "/partner/webhooks";
    private const string Deliveries = "/partner/deliveries";
    private const string Takedowns = "/partner/takedowns";
    private const string Usage = "/partner/usage";

    protected override IReadOnlyList<string> Settings => ["--Cms:Site:Enabled=true"];

    private PartnerSteps Steps => new(Server.Services);

    [Fact]
    public async Task Only_contacts_come_in_and_everybody_else_is_shown_a_way_out()
    {
        foreach (
            var (role, says) in new[]
            {
                ("Editor", "Open the Studio"),
                ("Admin", "/studio/partners"),
                ("Reader", "ask your contact in the newsroom for an invitation"),
            }
        )
        {
            Issuer.Person["roles"] = new[] { role };
            using var other = await BrowserAsync();
            using var refused = await other.GetAsync(Portal);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            var text = await TextAsync(refused);
            Assert.Contains("This page is for partners", text, StringComparison.Ordinal);
            Assert.Contains(says, text, StringComparison.Ordinal);
        }

        using var anonymous = NewBrowser(null);
        using var asked = await anonymous.GetAsync(Keys);
        Assert.Equal("/signin?returnUrl=%2Fpartner%2Fkeys", asked.Headers.Location?.ToString());

        using var contact = await ContactAsync();
        using var studio = await contact.GetAsync("/studio/articles");
        Assert.Equal(HttpStatusCode.Forbidden, studio.StatusCode);
        Assert.Contains("Open the partner portal", await TextAsync(studio), StringComparison.Ordinal);

        // Staff who also have the role of a contact are staff.
        Issuer.Person["roles"] = new[] { "Partner.Contact", "Editor" };
        using var both = await BrowserAsync();
        using var closed = await both.GetAsync(Portal);
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
    }

    [Fact]
    public async Task The_role_of_a_contact_is_read_from_a_token_and_not_from_that_of_an_application()
    {
        await PartnerAsync("Token Post");
        using var own = await AskAsync("{ partnerPortal { name } viewer { roles } }", Token("Partner.Contact"));
        Assert.Equal(
            """{"partnerPortal":{"name":"Token Post"},"viewer":{"roles":["READER","CONTACT"]}}""",
            JsonNode.Parse(await own.Content.ReadAsStringAsync())!["data"]!.ToJsonString()
        );

        foreach (
            var token in new[]
            {
                Token("Partner.Contact", "Author"),
                Token("partner.contact"),
                Token("Reader"),
                Forged.Partner(Issuer, "Partner.Contact").Sign(),
            }
        )
        {
            using var refused = await AskAsync("{ partnerPortal { name } }", token);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_contact_whom_nobody_has_added_learns_what_to_send_to_the_newsroom()
    {
        using var browser = await ContactAsync();
        foreach (var path in new[] { Portal, Takedowns, Keys, Webhooks, Deliveries, Usage, "/partner/try" })
        {
            var page = await ReadAsync(browser, path);
            Assert.Contains("You are not connected to a partner yet", page, StringComparison.Ordinal);
            Assert.Contains(Erin, page, StringComparison.Ordinal);
        }

        await PartnerAsync("Added Post");
        Assert.Contains("<h1>Added Post</h1>", await ReadAsync(browser, Portal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_has_the_agreement_in_words_in_each_state()
    {
        var id = await PartnerAsync("Wordy Post");
        using var browser = await ContactAsync();
        Assert.Contains("There is no agreement yet", await ReadAsync(browser, Portal), StringComparison.Ordinal);

        await Steps.AgreeAsync(
            id,
            new
            {
                text = "SUMMARY",
                summaryWords = 30,
                territories = new[] { "DE", "AT" },
                allowsAiSummaries = true,
                attribution = "{newsroom}, {url}",
            }
        );
        var page = await ReadAsync(browser, Portal);
        foreach (
            var sentence in new[]
            {
                "Your programs receive articles",
                "All articles.",
                "The headline of each article and at most 30 words of its summary, without its text.",
                "No takes of the panel.",
                "No images.",
                "You may publish only in Germany, Austria.",
                "You may show AI summaries of the texts.",
                "You may not train AI models on the texts.",
                "<code>{newsroom}, {url}</code>",
                "Name our page as the original in each copy",
                "1, since ",
                "No key works.",
            }
        )
        {
            Assert.Contains(sentence, page, StringComparison.Ordinal);
        }

        await Steps.AgreeAsync(id, new { endsAt = "2199-01-01T00:00:00Z", beginsAt = "2198-01-01T00:00:00Z" });
        page = await ReadAsync(browser, Portal);
        Assert.Contains("Your programs receive nothing", page, StringComparison.Ordinal);
        Assert.Contains("Your agreement begins at", page, StringComparison.Ordinal);
        Assert.Contains("All articles.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_created_shown_once_rotated_and_revoked()
    {
        await PartnerAsync("Key Post");
        using var browser = await ContactAsync();
        Assert.Contains("No key works", await ReadAsync(browser, Keys), StringComparison.Ordinal);

        var created = await SendAsync(browser, Keys, "key", ("ChangeId", "one"));
        var key = FeedKey().Match(created).Value;
        Assert.Contains($"curl -u \"any:{key}\"", created, StringComparison.Ordinal);
        Assert.Contains(
            "cannot be shown again",
            await SendAsync(browser, Keys, "key", ("ChangeId", "one")),
            StringComparison.Ordinal
        );
        using var fed = await Server.Client.GetAsync($"/p/{key}/feed.json");
        Assert.Equal(
            "You have no agreement yet. Ask your contact in the newsroom.",
            (await fed.Content.ReadAsStringAsync()).Trim()
        );
        var page = await ReadAsync(browser, Keys);
        Assert.DoesNotMatch(FeedKey(), page);
        Assert.Contains($"cmsf_…{key[^4..]}", page, StringComparison.Ordinal);
        Assert.Contains("Last used on", page, StringComparison.Ordinal);

        Assert.Matches(FeedKey(), await SendAsync(browser, Keys, "key", ("ChangeId", "two")));
        Assert.Contains("Both keys work.", await ReadAsync(browser, Keys), StringComparison.Ordinal);
        Assert.Contains(
            "two feed keys that work",
            await SendAsync(browser, Keys, "key", ("ChangeId", "three")),
            StringComparison.Ordinal
        );
        var id = KeyId().Matches(page)[^1].Value;
        Assert.Contains(
            "The key was revoked.",
            await DoAsync(browser, Keys, "revoke", ("FeedKey.Id", id)),
            StringComparison.Ordinal
        );
        using var refused = await Server.Client.GetAsync($"/p/{key}/feed.json");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("1 revoked key", await ReadAsync(browser, Keys), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_is_added_edited_rotated_tested_repeated_disabled_and_deleted()
    {
        await Steps.AgreeAsync(await PartnerAsync("Hook Post"), new { });
        await Steps.PublishedAsync("In the agreement");
        using var browser = await ContactAsync();
        Assert.Contains("There are no webhooks yet", await ReadAsync(browser, Webhooks), StringComparison.Ordinal);
        Assert.Contains("There are no webhooks yet", await ReadAsync(browser, Deliveries), StringComparison.Ordinal);

        var refused = await SendAsync(
            browser,
            Webhooks,
            "webhook",
            ("Webhook.Url", "http://10.0.0.1/"),
            ("Webhook.Description", "The index")
        );
        Assert.Contains("Enter an address such as", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"http://10.0.0.1/\"", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"The index\"", refused, StringComparison.Ordinal);
        var added = await SendAsync(
            browser,
            Webhooks,
            "webhook",
            ("ChangeId", "one"),
            ("Webhook.Url", "https://hook.example/a")
        );
        Assert.Matches(Secret(), added);
        var path = Link().Match(added).Value;
        var id = path[(path.LastIndexOf('/') + 1)..];
        var page = await ReadAsync(browser, path);
        Assert.DoesNotMatch(Secret(), page);
        Assert.Contains("Nothing has been sent yet", await ReadAsync(browser, Deliveries), StringComparison.Ordinal);

        Assert.Equal(
            "The details were saved.",
            await DoAsync(browser, path, "webhook", ("Webhook.Version", "1"), ("Webhook.Url", "https://hook.example/b"))
        );
        var stale = await SendAsync(
            browser,
            path,
            "webhook",
            ("Webhook.Version", "1"),
            ("Webhook.Url", "https://hook.example/c")
        );
        Assert.Contains("changed this webhook", stale, StringComparison.Ordinal);
        Assert.Contains("value=\"https://hook.example/c\"", stale, StringComparison.Ordinal);
        Assert.Matches(
            Secret(),
            await SendAsync(browser, path, "rotate", ("ChangeId", "two"), ("Webhook.Version", "2"))
        );

        Assert.StartsWith(
            "A test event is on its way.",
            await DoAsync(browser, path, "ping"),
            StringComparison.Ordinal
        );
        var log = $"{Deliveries}?webhook={id}";
        page = await ReadAsync(browser, log);
        Assert.Contains("webhook.ping", page, StringComparison.Ordinal);
        Assert.Contains("1 delivery", page, StringComparison.Ordinal);
        var again = await SendAsync(
            browser,
            log,
            "again",
            ("Replay.Since", "yesterday"),
            ("Replay.Until", "2026-11-12T09:15")
        );
        Assert.Contains("Enter a date and a time", again, StringComparison.Ordinal);
        Assert.Contains("value=\"2026-11-12T09:15\"", again, StringComparison.Ordinal);
        Assert.Equal(
            "The deliveries are on their way.",
            await DoAsync(browser, log, "again", ("Replay.Since", "2020-01-01T00:00"))
        );
        Assert.Equal(
            "The deliveries are on their way.",
            await DoAsync(browser, log, "again", ("Replay.Id", DeliveryId().Match(await IdsAsync(id)).Value))
        );

        Assert.Contains(
            "sends nothing",
            await DoAsync(browser, path, "disable", ("Webhook.Reason", "Maintenance")),
            StringComparison.Ordinal
        );
        Assert.Contains("Maintenance", await ReadAsync(browser, path), StringComparison.Ordinal);
        Assert.Contains("This webhook is disabled.", await ReadAsync(browser, log), StringComparison.Ordinal);
        Assert.Contains("continues", await DoAsync(browser, path, "enable"), StringComparison.Ordinal);
        Assert.Equal("The webhook was deleted.", await DoAsync(browser, path, "delete"));
        Assert.Contains("There is no such webhook", await ReadAsync(browser, path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_of_a_suspended_partner_read_and_change_nothing()
    {
        var id = await PartnerAsync("Still Post");
        await Steps.AgreeAsync(id, new { });
        await Steps.KeyAsync(id);
        using var browser = await ContactAsync();
        await Steps.DoAsync("suspendPartner", new { id, reason = "The bill of May" });

        foreach (var path in new[] { Portal, Keys, Webhooks })
        {
            var page = await ReadAsync(browser, path);
            Assert.Contains("The newsroom has suspended your access.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("The bill of May", page, StringComparison.Ordinal);
        }

        Assert.Contains("All articles.", await ReadAsync(browser, Portal), StringComparison.Ordinal);
        Assert.DoesNotContain("Create a second key", await ReadAsync(browser, Keys), StringComparison.Ordinal);
        var refused = await SendAsync(browser, Keys, "key");
        Assert.Contains("Nothing was changed. While the newsroom has suspended", refused, StringComparison.Ordinal);
        Assert.DoesNotMatch(FeedKey(), refused);
    }

    [Fact]
    public async Task A_contact_confirms_a_takedown_also_after_the_end_of_the_agreement()
    {
        var id = await PartnerAsync("Owing Post");
        await Steps.AgreeAsync(id, new { beginsAt = TimeProvider.System.GetUtcNow().AddDays(-1) });
        var (key, _) = await Steps.KeyAsync(id);
        var article = await Steps.PublishedAsync("A claim that a court forbids");
        using var browser = await ContactAsync();
        Assert.Contains(
            "We have withdrawn nothing that you received",
            await ReadAsync(browser, Takedowns + "?list=all"),
            StringComparison.Ordinal
        );
        using var read = await Server.Client.GetAsync($"/p/{key}/feed.json");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var takedown = await Steps.TakedownAsync(article, TimeProvider.System.GetUtcNow().AddDays(1));
        await Steps.AgreeAsync(id, new { endsAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) });

        Assert.Contains(
            "You have to confirm a withdrawal.",
            await ReadAsync(browser, Portal),
            StringComparison.Ordinal
        );
        var page = await ReadAsync(browser, Takedowns);
        Assert.Contains($"/articles/{article.Slug}", page, StringComparison.Ordinal);
        Assert.Contains("“A court decided.”", page, StringComparison.Ordinal);
        Assert.Contains("Not confirmed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A claim that a court forbids", page, StringComparison.Ordinal);
        Assert.Contains(
            "There is no such takedown among yours.",
            await SendAsync(browser, Takedowns, "confirm", ("Takedown.Id", "edn_00000000000000000000000000000001")),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Thank you.",
            await DoAsync(browser, Takedowns, "confirm", ("Takedown.Id", takedown)),
            StringComparison.Ordinal
        );

        Assert.Contains("You have nothing to confirm", await ReadAsync(browser, Takedowns), StringComparison.Ordinal);
        page = await ReadAsync(browser, Takedowns + "?list=all");
        Assert.Contains("in the partner portal", page, StringComparison.Ordinal);
        Assert.DoesNotContain("I have deleted all copies", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_accepts_the_version_that_it_has_read()
    {
        var id = await PartnerAsync("Signing Post");
        await Steps.AgreeAsync(id, new { beginsAt = "2199-01-01T00:00:00Z" });
        using var browser = await ContactAsync();
        Assert.Contains("Accept version 1", await ReadAsync(browser, Portal), StringComparison.Ordinal);
        await Steps.AgreeAsync(id, new { });

        var refused = await SendAsync(browser, Portal, "accept", ("Acceptance.Number", "1"));
        Assert.Contains("This version of the agreement is not in force.", refused, StringComparison.Ordinal);
        Assert.Contains("Accept version 2", refused, StringComparison.Ordinal);
        Assert.Equal(
            "The agreement was accepted.",
            await DoAsync(browser, Portal, "accept", ("Acceptance.Number", "2"))
        );

        Assert.Contains("Accepted by Erin", await ReadAsync(browser, Portal), StringComparison.Ordinal);
        var desk = await new GraphQLClient(Server.Services).AskAsync(
            GraphQLClient.Ada,
            $$"""{ desk { partner(id: "{{id}}") { agreements { number acceptance { number } } } } }"""
        );
        Assert.Equal(
            """[{"number":2,"acceptance":{"number":2}},{"number":1,"acceptance":null}]""",
            desk["data"]!["desk"]!["partner"]!["agreements"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Contacts_see_what_their_own_partner_has_used_and_what_the_agreement_allows()
    {
        var other = await Steps.PartnerAsync("Busy Post");
        await Steps.AgreeAsync(other, new { });
        var (foreign, _) = await Steps.KeyAsync(other);
        using var busy = await Server.Client.GetAsync($"/p/{foreign}/feed.atom");
        var id = await PartnerAsync("Counted Post");
        await Steps.AgreeAsync(id, new { monthlyQuota = 5_000, requestsPerMinute = 100 });
        var (key, _) = await Steps.KeyAsync(id);
        using var browser = await ContactAsync();
        Assert.Contains("Nothing was used in this time.", await ReadAsync(browser, Usage), StringComparison.Ordinal);
        using var read = await Server.Client.GetAsync($"/p/{key}/feed.json");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);

        var page = await ReadAsync(browser, Usage);
        Assert.Contains("1 request in this month, of 5,000 in the agreement", page, StringComparison.Ordinal);
        Assert.Contains("Your agreement allows 100 requests in a minute.", page, StringComparison.Ordinal);
        Assert.Contains("""<th scope="row">JSON Feed</th>""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("""<th scope="row">Atom</th>""", page, StringComparison.Ordinal);
        Assert.Contains(
            "Send at most 100 requests in a minute and 5,000 requests in a month.",
            await ReadAsync(browser, Portal),
            StringComparison.Ordinal
        );

        using var file = await browser.GetAsync(Usage + ".csv?by=month&channel=json");
        Assert.Equal("text/csv", file.Content.Headers.ContentType?.MediaType);
        var lines = (await file.Content.ReadAsStringAsync()).Trim().Split("\r\n");
        Assert.Equal(2, lines.Length);
        Assert.Contains("Counted Post", lines[1], StringComparison.Ordinal);
        using var anonymous = NewBrowser(null);
        using var refused = await anonymous.GetAsync(Usage + ".csv");
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task A_partner_with_as_many_webhooks_as_possible_learns_what_to_do_and_other_partners_are_not_shown()
    {
        var id = await PartnerAsync("Many Post");
        for (var i = 0; i < Cms.Webhooks.Webhook.MaxPerOwner; i++)
        {
            await Steps.DoAsync("createWebhook", new { partner = id, url = $"https://many.example/{i}" });
        }

        var other = await Steps.PartnerAsync("Other Post");
        var hook = (string)
            (
                await Steps.DoAsync(
                    "createWebhook",
                    new { partner = other, url = "https://other.example/" },
                    "webhook { id }"
                )
            )["webhook"]!["id"]!;
        using var browser = await ContactAsync();

        var page = await ReadAsync(browser, Webhooks);
        Assert.Contains("You have 20 webhooks", page, StringComparison.Ordinal);
        Assert.DoesNotContain("other.example", page, StringComparison.Ordinal);
        Assert.Contains(
            "There is no such webhook",
            await ReadAsync(browser, $"{Webhooks}/{hook}"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "There is no such webhook",
            await ReadAsync(browser, $"{Deliveries}?webhook={hook}"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "There is no such webhook",
            await SendAsync(browser, $"{Webhooks}/{hook}", "ping"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_form_from_another_site_or_after_the_end_of_the_session_changes_nothing_and_is_given_back()
    {
        await PartnerAsync("Session Post");
        using var browser = await ContactAsync();
        using var foreign = await SendFormAsync(browser, Keys, "cross-site", [("_handler", "key")]);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Contains("Open the Partner portal", await TextAsync(foreign), StringComparison.Ordinal);

        using var ended = NewBrowser(null);
        using var given = await SendFormAsync(
            ended,
            Webhooks,
            "same-origin",
            [("_handler", "webhook"), ("Webhook.Url", "https://typed.example/")]
        );
        var text = await TextAsync(given);
        Assert.Equal(HttpStatusCode.Unauthorized, given.StatusCode);
        Assert.Contains("https://typed.example/", text, StringComparison.Ordinal);
        Assert.Contains("returnUrl=/partner/signed-in", text, StringComparison.Ordinal);
        Assert.Contains("You are signed in", await ReadAsync(browser, "/partner/signed-in"), StringComparison.Ordinal);
        Assert.Contains("No key works", await ReadAsync(browser, Keys), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_samples_name_this_server_and_contain_no_key()
    {
        var id = await PartnerAsync("Sample Post");
        await Steps.AgreeAsync(id, new { });
        var (key, _) = await Steps.KeyAsync(id);
        using var browser = await ContactAsync();

        var page = await ReadAsync(browser, "/partner/try");

        Assert.DoesNotContain(key, page, StringComparison.Ordinal);
        Assert.Contains(
            $"{browser.BaseAddress!.GetLeftPart(UriPartial.Authority)}/graphql",
            page,
            StringComparison.Ordinal
        );
        Assert.All(
            new[] { "/p/feed.json", "/p/feed.ninjs", "/p/changes?initial=true", "/p/license.xml" },
            address => Assert.Contains(address, page, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_administrator_adds_people_to_a_partner_and_a_malformed_line_is_named()
    {
        var id = await Steps.PartnerAsync("Invited Post");
        Issuer.Person["roles"] = new[] { "Admin" };
        using var browser = await BrowserAsync();
        var path = $"/studio/partners/{id}";
        var refused = await SendAsync(
            browser,
            path,
            "partner",
            ("Partner.Name", "Invited Post"),
            ("Partner.People", "Ines <ines@invited.example>")
        );
        Assert.Contains("“Ines <ines@invited.example>”: Give each person", refused, StringComparison.Ordinal);

        await DoAsync(browser, path, "partner", ("Partner.Name", "Invited Post"), ("Partner.People", $"Ines <{Erin}>"));

        Assert.Contains($"Ines <{Erin}>", await ReadAsync(browser, path), StringComparison.Ordinal);
        using var contact = await ContactAsync();
        Assert.Contains("<h1>Invited Post</h1>", await ReadAsync(contact, Portal), StringComparison.Ordinal);
    }

    // A partner for which the person of the issuer acts.
    private async Task<string> PartnerAsync(string name)
    {
        var id = await Steps.PartnerAsync(name);
        await Steps.DoAsync("editPartner", new { id, people = new[] { new { name = "Erin", key = Erin } } });
        return id;
    }

    private Task<HttpClient> ContactAsync()
    {
        Issuer.Person["roles"] = new[] { "Partner.Contact" };
        return BrowserAsync();
    }

    private async Task<string> IdsAsync(string webhook) =>
        (
            await new GraphQLClient(Server.Services).AskAsync(
                GraphQLClient.Ada,
                $$"""{ desk { webhook(id: "{{webhook}}") { deliveries { nodes { id } } } } }"""
            )
        ).ToJsonString();

    // Makes a change. Returns what the next page says was done, which is in a cookie.
    private static async Task<string> DoAsync(
        HttpClient browser,
        string path,
        string handler,
        params (string Name, string Value)[] fields
    )
    {
        using var answer = await SendFormAsync(browser, path, "same-origin", [("_handler", handler), .. fields]);
        Assert.True(answer.StatusCode is HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        var notice = answer
            .Headers.GetValues("Set-Cookie")
            .Single(cookie => cookie.StartsWith("cms-studio-notice=", StringComparison.Ordinal));
        Assert.Contains(
            $"path={(path.StartsWith(Portal, StringComparison.Ordinal) ? Portal : "/studio")};",
            notice,
            StringComparison.Ordinal
        );
        return Uri.UnescapeDataString(notice.Split(';')[0].Split('=', 2)[1]);
    }

    private static async Task<string> SendAsync(
        HttpClient browser,
        string path,
        string handler,
        params (string Name, string Value)[] fields
    )
    {
        using var answer = await SendFormAsync(browser, path, "same-origin", [("_handler", handler), .. fields]);
        return await TextAsync(answer);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private static async Task<string> ReadAsync(HttpClient browser, string path) =>
        WebUtility.HtmlDecode(await browser.GetStringAsync(path));

    [GeneratedRegex("cmsf_[A-Za-z0-9_-]{43}")]
    private static partial Regex FeedKey();

    [GeneratedRegex("fky_[0-9a-f]{32}")]
    private static partial Regex KeyId();

    [GeneratedRegex("whd_[0-9a-f]{32}")]
    private static partial Regex DeliveryId();

    [GeneratedRegex("whsec_[A-Za-z0-9+/]{43}=")]
    private static partial Regex Secret();

    [GeneratedRegex("/partner/webhooks/whk_[0-9a-f]+")]
    private static partial Regex Link();
}
