using System.Net;
using System.Text.RegularExpressions;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>What administrators do about webhooks, with a browser without scripts.</summary>
[Needs("server")]
public sealed partial class StudioWebhookTests : StudioSuite
{
    private const string Webhooks = "/studio/webhooks";

    [Fact]
    public async Task A_webhook_is_added_edited_rotated_tested_disabled_enabled_and_deleted()
    {
        Issuer.Person["roles"] = new[] { "Admin" };
        using var browser = await BrowserAsync();
        Assert.Contains("There are no webhooks yet", await ReadAsync(browser, Webhooks), StringComparison.Ordinal);

        var refused = await SendAsync(browser, Webhooks, "webhook", ("Webhook.Url", "http://10.0.0.1/"));
        Assert.Contains("Enter an address such as", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"http://10.0.0.1/\"", refused, StringComparison.Ordinal);
        var added = await SendAsync(
            browser,
            Webhooks,
            "webhook",
            ("ChangeId", "one"),
            ("Webhook.Url", "https://hook.example/a"),
            ("Webhook.Description", "The static site"),
            ("Webhook.HasOtherContent", "true")
        );
        var secret = Secret().Match(added).Value;
        Assert.NotEmpty(secret);
        var path = Link().Match(added).Groups["path"].Value;
        var page = await ReadAsync(browser, path);
        Assert.DoesNotMatch(Secret(), page);
        Assert.Contains($"ends in <code>{secret[^4..]}</code>", page, StringComparison.Ordinal);
        Assert.Contains("Nothing has been sent yet.", page, StringComparison.Ordinal);

        var saved = await DoAsync(
            browser,
            path,
            "webhook",
            ("Webhook.Version", "1"),
            ("Webhook.Url", "https://hook.example/b"),
            ("Webhook.Document", "query($id: ID!) { article(id: $id) { id } }")
        );
        Assert.Equal("The details were saved.", saved);
        var stale = await SendAsync(
            browser,
            path,
            "webhook",
            ("Webhook.Version", "1"),
            ("Webhook.Url", "https://hook.example/c")
        );
        Assert.Contains("changed this webhook", stale, StringComparison.Ordinal);
        Assert.Contains("value=\"https://hook.example/c\"", stale, StringComparison.Ordinal);

        var rotated = await SendAsync(browser, path, "rotate", ("ChangeId", "two"), ("Webhook.Version", "2"));
        Assert.Matches(Secret(), rotated);
        Assert.NotEqual(secret, Secret().Match(rotated).Value);
        Assert.Contains("The one before also signs until", await ReadAsync(browser, path), StringComparison.Ordinal);

        Assert.Equal("A test is on its way.", await DoAsync(browser, path, "ping"));
        page = await ReadAsync(browser, path);
        Assert.Contains("webhook.ping", page, StringComparison.Ordinal);
        Assert.Contains("1 delivery", page, StringComparison.Ordinal);
        Assert.Equal(
            "The deliveries are on their way.",
            await DoAsync(browser, path, "redeliver", ("Webhook.Since", "0"))
        );

        Assert.Contains(
            "sends nothing",
            await DoAsync(browser, path, "disable", ("Webhook.Reason", "Maintenance")),
            StringComparison.Ordinal
        );
        Assert.Contains("Maintenance", await ReadAsync(browser, path), StringComparison.Ordinal);
        Assert.Contains("continues", await DoAsync(browser, path, "enable"), StringComparison.Ordinal);
        Assert.Equal("The webhook was deleted.", await DoAsync(browser, path, "delete"));
        Assert.Contains("There is no such webhook", await ReadAsync(browser, path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_webhooks_of_a_partner_are_under_the_partner()
    {
        Issuer.Person["roles"] = new[] { "Admin" };
        using var browser = await BrowserAsync();
        using var created = await SendFormAsync(
            browser,
            "/studio/partners/new",
            "same-origin",
            [("_handler", "partner"), ("Partner.Name", "Northern Post")]
        );
        var partner = new Uri(browser.BaseAddress!, created.Headers.Location!).AbsolutePath;
        var path = $"{partner}/webhooks";
        Assert.Contains($"href=\"{path}\"", await ReadAsync(browser, partner), StringComparison.Ordinal);
        var page = await ReadAsync(browser, path);
        Assert.Contains("Webhooks of Northern Post", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Webhook.HasOtherContent", page, StringComparison.Ordinal);

        var added = await SendAsync(browser, path, "webhook", ("Webhook.Url", "https://partner.example/"));

        Assert.Contains("https://partner.example/", await ReadAsync(browser, path), StringComparison.Ordinal);
        Assert.Contains("There are no webhooks yet", await ReadAsync(browser, Webhooks), StringComparison.Ordinal);
        var webhook = await ReadAsync(browser, Link().Match(added).Groups["path"].Value);
        Assert.Contains($"href=\"{path}\"", webhook, StringComparison.Ordinal);
        Assert.Contains(
            "There is no such partner",
            await ReadAsync(browser, "/studio/partners/prt_00000000000000000000000000000001/webhooks"),
            StringComparison.Ordinal
        );
    }

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
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> ReadAsync(HttpClient browser, string path) =>
        WebUtility.HtmlDecode(await browser.GetStringAsync(path));

    [GeneratedRegex("whsec_[A-Za-z0-9+/]{43}=")]
    private static partial Regex Secret();

    [GeneratedRegex("href=\"(?<path>/studio/webhooks/whk_[0-9a-f]+)\"")]
    private static partial Regex Link();
}
