using System.Net;
using System.Text.RegularExpressions;
using Cms.GraphQL;
using Cms.Partners;
using Cms.Partners.Usage;
using Cms.People;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>What administrators do about partners, with a browser without scripts.</summary>
[Needs("server")]
public sealed partial class StudioPartnerTests : StudioSuite
{
    private const string Partners = "/studio/partners";
    private const string Application = "11111111-2222-3333-4444-555555555555/66666666-7777-8888-9999-aaaaaaaaaaaa";

    [Fact]
    public async Task A_partner_is_added_and_edited_and_the_list_says_what_it_receives()
    {
        using var browser = await AdminAsync();
        Assert.Contains("There are no partners yet", await ReadAsync(browser, Partners), StringComparison.Ordinal);
        Assert.Contains("Add the partner", await ReadAsync(browser, Partners + "/new"), StringComparison.Ordinal);

        var path = await AddAsync(browser, "Northern Post");
        var page = await ReadAsync(browser, path);
        Assert.Contains("No agreement yet", page, StringComparison.Ordinal);

        var said = await DoAsync(
            browser,
            path,
            "partner",
            ("Partner.Version", "1"),
            ("Partner.Name", "Northern Post Group"),
            ("Partner.Contacts", "Nora Berg <nora@northern.example>\r\n\r\nnils@northern.example"),
            ("Partner.Applications", Application),
            ("Partner.Notes", "Met in May.\r\nPays by the article.")
        );
        page = await ReadAsync(browser, path);
        Assert.Equal("The details were saved.", said);
        Assert.Contains(
            "Nora Berg <nora@northern.example>\nnils@northern.example <nils@northern.example>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(Application, page, StringComparison.Ordinal);
        Assert.Contains("Met in May.\nPays by the article.", page, StringComparison.Ordinal);

        var list = await ReadAsync(browser, Partners);
        Assert.Contains("Northern Post Group", list, StringComparison.Ordinal);
        Assert.Contains("Receives nothing yet", list, StringComparison.Ordinal);
        Assert.Contains("1 partner", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_that_is_refused_says_why_beside_each_field_and_keeps_what_was_typed()
    {
        using var browser = await AdminAsync();
        await AddAsync(browser, "Harbour Daily");

        using var added = await SendAsync(
            browser,
            Partners + "/new",
            "partner",
            ("Partner.Name", ""),
            ("Partner.Contacts", "Nora Berg <nora@northern.example>\r\n\r\nNils without an address"),
            ("Partner.Notes", "Met in May.")
        );
        var page = await TextAsync(added);
        Assert.Equal("Give the partner a name.", ErrorAt(page, "Partner-Name"));
        Assert.Equal(
            "“Nils without an address”: Give each contact a name and an email address such as ‘desk@example.com’.",
            ErrorAt(page, "Partner-Contacts")
        );
        Assert.Contains("<li>“Nils without an address”: Give each contact", page, StringComparison.Ordinal);
        Assert.Contains("Nora Berg <nora@northern.example>", page, StringComparison.Ordinal);
        Assert.Contains("Met in May.", page, StringComparison.Ordinal);

        using var taken = await SendAsync(browser, Partners + "/new", "partner", ("Partner.Name", "harbour daily"));
        page = await TextAsync(taken);
        Assert.Contains(
            "There is already a partner called ‘Harbour Daily’.",
            ErrorAt(page, "Partner-Name"),
            StringComparison.Ordinal
        );
        Assert.Contains("value=\"harbour daily\"", page, StringComparison.Ordinal);

        using var applied = await SendAsync(
            browser,
            Partners + "/new",
            "partner",
            ("Partner.Name", "Inland Daily"),
            ("Partner.Applications", $"{Application}\r\nnot/ids")
        );
        page = await TextAsync(applied);
        Assert.StartsWith(
            "“not/ids”: Give each application",
            ErrorAt(page, "Partner-Applications"),
            StringComparison.Ordinal
        );
        Assert.Contains(Application, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreement_is_saved_with_each_of_its_fields_and_every_version_is_listed()
    {
        using var browser = await AdminAsync();
        var path = await AddAsync(browser, "Northern Post");
        var form = await ReadAsync(browser, path + "/agreement");
        Assert.Contains("name=\"Terms.RequiresCanonicalLink\" value=\"true\" checked", form, StringComparison.Ordinal);
        var (category, tag, excluded) = (Box(form, "Categories"), Box(form, "Tags"), Box(form, "ExcludedTags", 1));
        var (tool, persona) = (Box(form, "Tools"), Box(form, "Personas"));

        await DoAsync(
            browser,
            path + "/agreement",
            "agreement",
            ("Terms.Number", "0"),
            ("Terms.Categories", category.Id),
            ("Terms.Tags", tag.Id),
            ("Terms.Tools", tool.Id),
            ("Terms.ExcludedTags", excluded.Id),
            ("Terms.Languages", "en, pt-BR"),
            ("Terms.Text", "Summary"),
            ("Terms.SummaryWords", "40"),
            ("Terms.Images", "Credited"),
            ("Terms.HasTakes", "true"),
            ("Terms.Personas", persona.Id),
            ("Terms.Begins", "2020-05-06T07:08"),
            ("Terms.Ends", "2035-05-06T07:08"),
            ("Terms.Territories", "de at"),
            ("Terms.Attribution", "{author}, {newsroom}: {url}"),
            ("Terms.AllowsAiSummaries", "true")
        );
        var page = await ReadAsync(browser, path);
        Assert.Contains("Receives articles", page, StringComparison.Ordinal);
        Assert.Equal(
            $"Articles in {category.Name}, with the tag {tag.Name}, about {tool.Name}, in English or Portuguese (Brazil), "
                + $"but none with the tag {excluded.Name}",
            FactOf(page, "Articles")
        );
        Assert.Equal(
            $"Headline and summary, at most 40 words of the summary, takes of {persona.Name}, all images with their credit",
            FactOf(page, "Content")
        );
        Assert.Equal("From Wednesday, 6 May 2020, 07:08 to Sunday, 6 May 2035, 07:08", FactOf(page, "In force"));
        Assert.Equal("Germany, Austria", FactOf(page, "Countries"));
        Assert.Equal("{author}, {newsroom}: {url}", FactOf(page, "Attribution"));
        Assert.Equal("Not required", FactOf(page, "Canonical link"));
        Assert.Equal("May not train models, may show AI summaries", FactOf(page, "AI"));
        Assert.Contains("Articles in " + category.Name, await ReadAsync(browser, Partners), StringComparison.Ordinal);

        form = await ReadAsync(browser, path + "/agreement");
        Assert.Equal(
            5,
            Regex.Count(
                form,
                "<input type=\"checkbox\" name=\"Terms\\.[A-Z][A-Za-z]+\" value=\"[a-z]+_[0-9a-f]+\" checked"
            )
        );
        Assert.Contains(
            "name=\"Terms.Ends\" type=\"datetime-local\" value=\"2035-05-06T07:08\"",
            form,
            StringComparison.Ordinal
        );
        Assert.Contains("name=\"Terms.Number\" value=\"1\"", form, StringComparison.Ordinal);
        Assert.Contains("This becomes version 2", form, StringComparison.Ordinal);

        // A form without ticks and without times is an agreement about everything, from now on.
        await DoAsync(
            browser,
            path + "/agreement",
            "agreement",
            ("Terms.Number", "1"),
            ("Terms.Text", "Full"),
            ("Terms.Images", "None"),
            ("Terms.SummaryWords", ""),
            ("Terms.Begins", ""),
            ("Terms.Ends", ""),
            ("Terms.Attribution", "")
        );
        page = await ReadAsync(browser, path);
        Assert.Equal("All articles", FactOf(page, "Articles"));
        Assert.Equal("Full text, no takes, no images", FactOf(page, "Content"));
        Assert.EndsWith(", with no end", FactOf(page, "In force"), StringComparison.Ordinal);
        Assert.DoesNotContain("2020", FactOf(page, "In force"), StringComparison.Ordinal);
        Assert.Equal("{author} for {newsroom}: {url}", FactOf(page, "Attribution"));
        Assert.Contains("All versions (2)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreement_that_is_refused_says_why_beside_each_field_and_keeps_what_was_typed()
    {
        using var browser = await AdminAsync();
        var path = await AddAsync(browser, "Northern Post") + "/agreement";
        var tag = Box(await ReadAsync(browser, path), "Tags").Id;

        using var refused = await SendAsync(
            browser,
            path,
            "agreement",
            ("Terms.Number", "0"),
            ("Terms.Text", "Full"),
            ("Terms.Images", "Cleared"),
            ("Terms.Tags", tag),
            ("Terms.ExcludedTags", tag),
            ("Terms.Languages", "en english!"),
            ("Terms.SummaryWords", "501"),
            ("Terms.Begins", "2030-05-06T07:08"),
            ("Terms.Ends", "2029-05-06T07:08"),
            ("Terms.Territories", "DE UK"),
            ("Terms.Attribution", "{writer} for us")
        );
        var page = await TextAsync(refused);

        Assert.Contains(
            "A tag cannot be both included and excluded.",
            ErrorAt(page, "Terms-ExcludedTags"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Write the language as a BCP 47 tag",
            ErrorAt(page, "Terms-Languages"),
            StringComparison.Ordinal
        );
        Assert.Equal("Enter a whole number from 1 to 500.", ErrorAt(page, "Terms-SummaryWords"));
        Assert.Contains(
            "The agreement must end after it begins.",
            ErrorAt(page, "Terms-Ends"),
            StringComparison.Ordinal
        );
        Assert.Contains("‘UK’ is not a country.", ErrorAt(page, "Terms-Territories"), StringComparison.Ordinal);
        Assert.Contains("It contains {writer}.", ErrorAt(page, "Terms-Attribution"), StringComparison.Ordinal);
        Assert.Contains(
            "<li>Words of the summary: Enter a whole number from 1 to 500.</li>",
            page,
            StringComparison.Ordinal
        );
        foreach (
            var typed in new[]
            {
                "en english!",
                "501",
                "2030-05-06T07:08",
                "2029-05-06T07:08",
                "DE UK",
                "{writer} for us",
                $"{tag}\" checked",
            }
        )
        {
            Assert.Contains(typed, page, StringComparison.Ordinal);
        }

        using var unread = await SendAsync(
            browser,
            path,
            "agreement",
            ("Terms.Number", "0"),
            ("Terms.Begins", "next week"),
            ("Terms.SummaryWords", "1,5")
        );
        page = await TextAsync(unread);
        Assert.Contains("Enter a date and a time", ErrorAt(page, "Terms-Begins"), StringComparison.Ordinal);
        Assert.Contains("Enter a whole number", ErrorAt(page, "Terms-SummaryWords"), StringComparison.Ordinal);
        Assert.Contains("value=\"next week\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreement_with_too_many_tags_is_refused_and_keeps_all_of_them()
    {
        using var browser = await AdminAsync();
        var path = await AddAsync(browser, "Northern Post") + "/agreement";

        using var refused = await SendAsync(
            browser,
            path,
            "agreement",
            [
                ("Terms.Number", "0"),
                .. Enumerable.Range(1, 120).Select(i => ("Terms.Tags", $"tag_{i:x32}")),
                ("Terms.Territories", "DE"),
            ]
        );
        var page = await TextAsync(refused);

        Assert.Equal("Enter at most 50 tags.", ErrorAt(page, "Terms-Tags"));
        Assert.Equal(120, Regex.Count(page, "name=\"Terms.Tags\" value=\"tag_0{20}"));
        Assert.Contains("value=\"DE\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_key_is_shown_once_and_two_keys_work_at_most()
    {
        using var browser = await AdminAsync();
        var path = await AddAsync(browser, "Northern Post");

        using var created = await SendAsync(browser, path, "key", ("ChangeId", "one"));
        var page = await TextAsync(created);
        var secret = Secret().Match(page);
        Assert.True(secret.Success, page);
        Assert.Contains("It is shown only this once.", page, StringComparison.Ordinal);
        Assert.Equal("no-store", created.Headers.CacheControl?.NoStore is true ? "no-store" : "stored");

        // Loading the answer again sends the form again.
        using var again = await SendAsync(browser, path, "key", ("ChangeId", "one"));
        page = await TextAsync(again);
        Assert.DoesNotMatch(Secret(), page);
        Assert.Contains("cannot be shown again", page, StringComparison.Ordinal);
        page = await ReadAsync(browser, path);
        Assert.DoesNotMatch(Secret(), page);
        Assert.Contains($"…{secret.Value[^4..]}", page, StringComparison.Ordinal);
        Assert.Contains("Not used yet.", page, StringComparison.Ordinal);

        using var second = await SendAsync(browser, path, "key", ("ChangeId", "two"));
        page = await TextAsync(second);
        Assert.Matches(Secret(), page);
        Assert.DoesNotContain("Create a", page, StringComparison.Ordinal);
        using var third = await SendAsync(browser, path, "key", ("ChangeId", "three"));
        Assert.Contains("The partner has two feed keys that work.", await TextAsync(third), StringComparison.Ordinal);

        var key = Regex.Match(page, "name=\"Partner.Key\" value=\"(fky_[0-9a-f]+)\"").Groups[1].Value;
        Assert.Equal("The feed key was revoked.", await DoAsync(browser, path, "revoke", ("Partner.Key", key)));
        page = await ReadAsync(browser, path);
        Assert.Contains("1 revoked key", page, StringComparison.Ordinal);
        Assert.Contains("Create a second key", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_is_suspended_with_a_reason_and_resumed()
    {
        using var browser = await AdminAsync();
        var path = await AddAsync(browser, "Northern Post");

        using var refused = await SendAsync(
            browser,
            path,
            "suspend",
            ("Partner.Version", "1"),
            ("Partner.Reason", " ")
        );
        Assert.Equal("Give a reason, so that others know why.", ErrorAt(await TextAsync(refused), "Partner-Reason"));
        Assert.Equal(
            "Northern Post is suspended and receives nothing.",
            await DoAsync(
                browser,
                path,
                "suspend",
                ("Partner.Version", "1"),
                ("Partner.Reason", "The bill is not paid.")
            )
        );
        var page = await ReadAsync(browser, path);
        Assert.Contains("The bill is not paid.", page, StringComparison.Ordinal);
        Assert.Contains("Resume the partner", page, StringComparison.Ordinal);
        Assert.Contains(
            "data-status=\"refused\">Suspended",
            await ReadAsync(browser, Partners),
            StringComparison.Ordinal
        );

        await DoAsync(
            browser,
            path,
            "suspend",
            ("Partner.Version", "2"),
            ("Partner.Reason", "Two bills are not paid.")
        );
        Assert.Equal("Northern Post is resumed.", await DoAsync(browser, path, "resume", ("Partner.Version", "3")));
        page = await ReadAsync(browser, path);
        Assert.DoesNotContain("bills", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_administrators_who_save_at_once_the_second_one_sees_both_versions_and_loses_nothing()
    {
        using var browser = await AdminAsync();
        var path = await AddAsync(browser, "Northern Post");

        await DoAsync(
            browser,
            path,
            "partner",
            ("Partner.Version", "1"),
            ("Partner.Name", "Northern Post"),
            ("Partner.Notes", "Theirs")
        );
        using var late = await SendAsync(
            browser,
            path,
            "partner",
            ("Partner.Version", "1"),
            ("Partner.Name", "Northern Post"),
            ("Partner.Notes", "Mine")
        );
        var page = await TextAsync(late);
        Assert.Contains("while you had it open, so nothing was saved.", page, StringComparison.Ordinal);
        Assert.Contains("The note is now “Theirs”. You entered “Mine”.", page, StringComparison.Ordinal);
        Assert.Contains(">Mine</textarea>", page, StringComparison.Ordinal);
        await DoAsync(
            browser,
            path,
            "partner",
            ("Partner.Version", VersionIn(page)),
            ("Partner.Name", "Northern Post"),
            ("Partner.Notes", "Mine")
        );

        // Neither is a partner suspended or resumed by somebody who has not seen its newest state.
        using var suspended = await SendAsync(
            browser,
            path,
            "suspend",
            ("Partner.Version", "1"),
            ("Partner.Reason", "The bill is not paid.")
        );
        page = await TextAsync(suspended);
        Assert.Contains("while you had it open, so nothing was done.", page, StringComparison.Ordinal);
        Assert.Contains(">The bill is not paid.</textarea>", page, StringComparison.Ordinal);

        path += "/agreement";
        await DoAsync(
            browser,
            path,
            "agreement",
            ("Terms.Number", "0"),
            ("Terms.Territories", "DE"),
            ("Terms.Text", "Summary")
        );
        using var second = await SendAsync(
            browser,
            path,
            "agreement",
            ("Terms.Number", "0"),
            ("Terms.Territories", "FR"),
            ("Terms.HasTakes", "true")
        );
        page = await TextAsync(second);
        Assert.Contains("while you had it open, so nothing was saved.", page, StringComparison.Ordinal);
        Assert.Contains("The list of countries is now “DE”. You entered “FR”.", page, StringComparison.Ordinal);
        Assert.Contains(
            "The choice of text is now “Headline and summary only”. You entered “The full text”.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The answer to “The takes of the panel” is now “No”. You entered “Yes”.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("value=\"FR\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"Terms.Number\" value=\"1\"", page, StringComparison.Ordinal);
        await DoAsync(
            browser,
            path,
            "agreement",
            ("Terms.Number", "1"),
            ("Terms.Territories", "FR"),
            ("Terms.HasTakes", "true")
        );
        Assert.Equal("France", FactOf(await ReadAsync(browser, path[..^"/agreement".Length]), "Countries"));
    }

    [Theory]
    [InlineData("", "Only administrators can see partners")]
    [InlineData("/new", "Only administrators can see partners")]
    [InlineData("/prt_01980000000070008000000000000001", "Only administrators can see partners")]
    [InlineData("/prt_01980000000070008000000000000001/agreement", "Only administrators can change agreements")]
    [InlineData("/prt_01980000000070008000000000000001/usage", "Only administrators can see what partners use")]
    public async Task Editors_are_told_that_only_administrators_see_partners(string page, string words)
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();

        Assert.Contains(words, await ReadAsync(browser, Partners + page), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/studio/partners\"", await ReadAsync(browser, List), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/prt_01980000000070008000000000000001")]
    [InlineData("/prt_01980000000070008000000000000001/agreement")]
    [InlineData("/prt_01980000000070008000000000000001/usage")]
    public async Task A_partner_that_does_not_exist_has_a_page_that_says_so(string page)
    {
        using var browser = await AdminAsync();

        Assert.Contains(
            "There is no such partner",
            await ReadAsync(browser, Partners + page),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_usage_of_a_partner_is_a_page_with_sums_and_a_file_whose_texts_are_no_formulas()
    {
        using var browser = await AdminAsync();
        var path = await AddAsync(browser, "=1+1, \"Formula\" Post");
        await DoAsync(
            browser,
            path + "/agreement",
            "agreement",
            ("Terms.Number", "0"),
            ("Terms.Text", "Full"),
            ("Terms.Images", "None"),
            ("Terms.EmbargoLead", "30"),
            ("Terms.RequestsPerMinute", "60"),
            ("Terms.MonthlyQuota", "1000")
        );
        var buffer = Server.Services.GetRequiredService<UsageBuffer>();
        var partner = EntityId.Parse<PartnerId>(path.Split('/')[^1])!.Value;
        buffer.Add(
            partner,
            UsageChannel.Rss,
            new UsageCounts
            {
                Hits = 3,
                NotModified = 1,
                Bytes = 2_500,
            },
            []
        );
        buffer.Add(partner, UsageChannel.Webhook, new UsageCounts { Delivered = 2, Failed = 1 }, []);

        var page = await ReadAsync(browser, path + "/usage");
        var months = await ReadAsync(browser, path + "/usage?by=month&channel=rss");
        var shown = await ReadAsync(browser, path);
        using var file = await browser.GetAsync(path + "/usage.csv?channel=rss");
        using var missing = await browser.GetAsync(Partners + "/prt_01980000000070008000000000000001/usage.csv");

        Assert.Contains(
            "<meter min=\"0\" max=\"3\" value=\"3\" aria-label=\"Share of RSS\">3</meter>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("2.5 kB", page, StringComparison.Ordinal);
        Assert.Contains("2 accepted, 1 failed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("2 accepted", months, StringComparison.Ordinal);
        Assert.Contains("2 requests in this month, of 1,000 in the agreement", shown, StringComparison.Ordinal);
        Assert.Contains("Sees articles 30 minutes before an embargo ends", shown, StringComparison.Ordinal);
        Assert.Contains(
            "At most 60 requests in a minute and 1,000 requests in a month",
            shown,
            StringComparison.Ordinal
        );
        Assert.Equal("text/csv", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        var lines = (await file.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal("partner,from,channel,hits,not_modified,refused,bytes,items,delivered,failed", lines[0]);
        Assert.StartsWith("\"'=1+1, \"\"Formula\"\" Post\",", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",RSS,3,1,0,2500,0,0,0", lines[1], StringComparison.Ordinal);
        Assert.Equal("", lines[2]);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Versions_and_revoked_keys_are_shown_in_pages()
    {
        using var browser = await AdminAsync();
        var path = await AddAsync(browser, "Paged Post");
        var partner = EntityId.Parse<PartnerId>(path.Split('/')[^1])!.Value.ToString();
        PartnerSteps steps = new(Server.Services);
        for (var i = 0; i < 12; i++)
        {
            await steps.AgreeAsync(partner, new { summaryWords = i + 1 });
            await steps.DoAsync("revokeFeedKey", new { id = (await steps.KeyAsync(partner)).Id });
        }

        var first = await ReadAsync(browser, path);
        var older = await ReadAsync(browser, path + "?versions=3");
        var keys = await ReadAsync(browser, OlderKeys().Match(first).Groups["url"].Value);

        Assert.Contains("All versions (12)", first, StringComparison.Ordinal);
        Assert.Contains("<span>Version 3</span>", first, StringComparison.Ordinal);
        Assert.DoesNotContain("<span>Version 2</span>", first, StringComparison.Ordinal);
        Assert.Contains("?versions=3#agreement", first, StringComparison.Ordinal);
        Assert.Contains("<span>Version 1</span>", older, StringComparison.Ordinal);
        Assert.DoesNotContain("Older versions", older, StringComparison.Ordinal);
        Assert.Contains("10 revoked keys", first, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(keys, "<li><code>…", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [GeneratedRegex("href=\"(?<url>[^\"#]*[?]keys=[^\"#]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OlderKeys();

    [Fact]
    public async Task A_tag_says_which_partners_use_it_and_the_audit_log_leads_to_the_partner()
    {
        using var browser = await AdminAsync();
        var path = await AddAsync(browser, "Northern Post");
        var tag = Box(await ReadAsync(browser, path + "/agreement"), "Tags");
        await DoAsync(browser, path + "/agreement", "agreement", ("Terms.Number", "0"), ("Terms.Tags", tag.Id));

        var uses = await ReadAsync(browser, $"/studio/tags/{tag.Id}");
        Assert.Contains("1 partner’s agreement", uses, StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}\">Northern Post", uses, StringComparison.Ordinal);
        Assert.Contains(
            $"href=\"{path}\">Open",
            await ReadAsync(browser, $"/studio/audit?subject={path.Split('/')[^1]}"),
            StringComparison.Ordinal
        );
    }

    private async Task<HttpClient> AdminAsync()
    {
        Issuer.Person["roles"] = new[] { "Admin" };
        return await BrowserAsync();
    }

    // Returns the address of the new partner's page.
    private static async Task<string> AddAsync(HttpClient browser, string name)
    {
        using var added = await SendAsync(browser, Partners + "/new", "partner", ("Partner.Name", name));
        Assert.True(added.StatusCode is HttpStatusCode.Redirect, await added.Content.ReadAsStringAsync());
        return new Uri(browser.BaseAddress!, added.Headers.Location!).AbsolutePath;
    }

    // Makes a change. Returns what the next page says was done, which is in a cookie.
    private static async Task<string> DoAsync(
        HttpClient browser,
        string path,
        string handler,
        params (string Name, string Value)[] fields
    )
    {
        using var answer = await SendAsync(browser, path, handler, fields);
        Assert.True(answer.StatusCode is HttpStatusCode.Redirect, await TextAsync(answer));
        var notice = answer
            .Headers.GetValues("Set-Cookie")
            .Single(cookie => cookie.StartsWith("cms-studio-notice=", StringComparison.Ordinal));
        return Uri.UnescapeDataString(notice.Split(';')[0].Split('=', 2)[1]);
    }

    private static Task<HttpResponseMessage> SendAsync(
        HttpClient browser,
        string path,
        string handler,
        params (string Name, string Value)[] fields
    ) => SendFormAsync(browser, path, "same-origin", [("_handler", handler), .. fields]);

    private static async Task<string> ReadAsync(HttpClient browser, string path) =>
        WebUtility.HtmlDecode(await browser.GetStringAsync(path));

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    // The first choice of a list of boxes, or a later one.
    private static (string Id, string Name) Box(string page, string field, int at = 0)
    {
        var box = Regex.Matches(
            page,
            $"name=\"Terms\\.{field}\" value=\"(?<id>[a-z]+_[0-9a-f]+)\"[^>]*>(?<name>[^<]+)</label>"
        )[at];
        return (box.Groups["id"].Value, box.Groups["name"].Value.Trim());
    }

    private static string FactOf(string page, string name) =>
        Regex.Replace(Regex.Match(page, $"<dt>{name}</dt><dd>(.*?)</dd>").Groups[1].Value, "<[^>]*>", "");

    private static string ErrorAt(string page, string field) =>
        Regex
            .Match(page, $"<small id=\"f-{field}-(more|bad)\" class=\"bad\">(?<words>[^<]*)</small>")
            .Groups["words"]
            .Value;

    private static string VersionIn(string page) =>
        Regex.Match(page, "name=\"Partner.Version\" value=\"(\\d+)\"").Groups[1].Value;

    [GeneratedRegex("cmsf_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}
