using System.Net;
using System.Text.RegularExpressions;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>What editors decide about an article besides its words, with a browser without scripts.</summary>
[Needs("server")]
public sealed class ManageArticleTests : StudioSuite
{
    protected override IReadOnlyList<string> Settings => ["--Cms:Gate:Category:Severity=warning"];

    [Fact]
    public async Task An_article_is_assigned_released_recalled_trashed_restored_and_deleted()
    {
        Issuer.Person["roles"] = new[] { "Admin" };
        using var browser = await BrowserAsync();
        using var made = await SendFormAsync(browser, "same-origin", ("_handler", "new-article"), ("ChangeId", "one"));
        var path = made.Headers.Location!.OriginalString + "/manage";
        await SaveAsync(browser, path);

        var person = Regex.Match(await browser.GetStringAsync(path), "<option value=\"(stf_[0-9a-f]+)\"[^>]*>Erin<");
        Assert.True(person.Success, "Erin cannot be chosen.");
        await DoAsync("Assign", ("Person", person.Groups[1].Value), ("Due", "2031-05-06T07:08"));
        Assert.Contains("value=\"2031-05-06T07:08\"", await browser.GetStringAsync(path), StringComparison.Ordinal);

        // Warnings must be accepted, one by one.
        using (var warned = await SendAsync("Release", ("Until", "2031-05-06T08:00")))
        {
            Assert.Equal(HttpStatusCode.OK, warned.StatusCode);
            var page = await warned.Content.ReadAsStringAsync();
            Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
            await DoAsync(
                "Release",
                [
                    ("Until", "2031-05-06T08:00"),
                    .. Regex
                        .Matches(page, "name=\"Manage.Accepted\" value=\"([A-Z_]+)\"")
                        .Select(rule => ("Accepted", rule.Groups[1].Value)),
                ]
            );
        }

        Assert.Contains("Released to partners", await browser.GetStringAsync(path), StringComparison.Ordinal);
        await DoAsync("Recall");
        await DoAsync("Trash");
        Assert.Contains("In the trash", await browser.GetStringAsync(path), StringComparison.Ordinal);
        await DoAsync("Restore");
        await DoAsync("Trash");
        await DoAsync("Delete");
        using var gone = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);

        async Task DoAsync(string act, params (string Name, string Value)[] fields)
        {
            using var answer = await SendAsync(act, fields);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect, act + await answer.Content.ReadAsStringAsync());
        }

        async Task<HttpResponseMessage> SendAsync(string act, params (string Name, string Value)[] fields) =>
            await ActAsync(browser, path, act, fields);
    }

    [Fact]
    public async Task A_published_article_is_withdrawn_at_a_time_or_now_and_another_one_is_named_by_its_address()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        var articles = (await Server.QueryAsync("{ articles(first: 2) { nodes { id slug } } }"))["data"]!["articles"]![
            "nodes"
        ]!;
        var (id, other) = ((string)articles[0]!["id"]!, (string)articles[1]!["slug"]!);
        var path = $"/studio/articles/{id}/manage";

        using var unnamed = await ActAsync(
            browser,
            path,
            "Withdraw",
            ("Reason", "The source took its report back."),
            ("Successor", "https://panel.example/articles/no-such-article"),
            ("DespiteUses", "true")
        );
        var page = WebUtility.HtmlDecode(await unnamed.Content.ReadAsStringAsync());
        Assert.Contains("There is no published article with this address.", page, StringComparison.Ordinal);
        Assert.Contains("The source took its report back.", page, StringComparison.Ordinal);

        using var planned = await ActAsync(
            browser,
            path,
            "Withdraw",
            ("Reason", "The licence ends."),
            ("Kind", "Legal"),
            ("Successor", $"https://panel.example/articles/{other}?from=desk"),
            ("At", "2031-05-06T07:08"),
            ("DespiteUses", "true")
        );
        Assert.True(planned.StatusCode is HttpStatusCode.Redirect, await planned.Content.ReadAsStringAsync());
        page = WebUtility.HtmlDecode(await browser.GetStringAsync(path));
        Assert.Contains("It will be withdrawn", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{other}\"", page, StringComparison.Ordinal);

        // A form that was opened before somebody else's change is late.
        using var late = await ActAsync(browser, path, "UnscheduleWithdrawal", ("Version", "1"));
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Contains("while you had it open", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var cancelled = await ActAsync(browser, path, "UnscheduleWithdrawal");
        Assert.Equal(HttpStatusCode.Redirect, cancelled.StatusCode);

        using var now = await ActAsync(
            browser,
            path,
            "Withdraw",
            ("Reason", "The source took its report back."),
            ("DespiteUses", "true")
        );
        Assert.True(now.StatusCode is HttpStatusCode.Redirect, await now.Content.ReadAsStringAsync());
        Assert.Null((await Server.QueryAsync($$"""{ article(id: "{{id}}") { id } }"""))["data"]!["article"]);
    }

    [Fact]
    public async Task The_calendar_asks_in_words_before_it_moves_an_article_whose_checks_warn()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        using var made = await SendFormAsync(browser, "same-origin", ("_handler", "new-article"), ("ChangeId", "one"));
        var path = made.Headers.Location!.OriginalString;
        await SaveAsync(browser, path + "/manage");
        const string calendar = "/studio/calendar?view=week&day=2031-05-06";
        List<(string Name, string Value)> accepted = [];

        // Nothing is planned yet, so the first answer does not know the headline.
        using var first = await MoveAsync("2031-05-06T07:08");
        var question = await first.Content.ReadAsStringAsync();
        accepted.AddRange(
            Regex
                .Matches(question, "name=\"Moved.Acknowledge\" value=\"([A-Z_]+)\"")
                .Select(rule => ("Moved.Acknowledge", rule.Groups[1].Value))
        );
        using var planned = await MoveAsync("2031-05-06T07:08", [.. accepted]);
        Assert.Equal(HttpStatusCode.Redirect, planned.StatusCode);

        using var asked = await MoveAsync("2031-05-08T07:08");
        var words = WebUtility.HtmlDecode(Regex.Replace(await asked.Content.ReadAsStringAsync(), "<[^>]*>", " "));
        Assert.Contains(
            "“A harbour for boats without crews” was not moved to Thursday, 8 May 2031, 07:08. Its checks warn:",
            words,
            StringComparison.Ordinal
        );
        Assert.Contains("Move anyway", words, StringComparison.Ordinal);
        Assert.NotEmpty(accepted);
        Assert.All(accepted, rule => Assert.DoesNotContain(rule.Value, words, StringComparison.Ordinal));
        using var moved = await MoveAsync("2031-05-08T07:08", [.. accepted]);
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);

        async Task<HttpResponseMessage> MoveAsync(string at, params (string Name, string Value)[] rules) =>
            await SendFormAsync(
                browser,
                calendar,
                "same-origin",
                [("_handler", "move"), ("Moved.Id", path.Split('/')[^1]), ("Moved.At", at), .. rules]
            );
    }

    private static Task<HttpResponseMessage> ActAsync(
        HttpClient browser,
        string path,
        string act,
        params (string Name, string Value)[] fields
    ) =>
        SendFormAsync(
            browser,
            path,
            "same-origin",
            [
                ("_handler", "manage"),
                ("Manage.Act", act),
                .. fields.Select(field => ($"Manage.{field.Name}", field.Value)),
            ]
        );

    private static Task SaveAsync(HttpClient browser, string path) =>
        SaveArticleAsync(
            browser,
            new
            {
                id = path.Split('/')[^2],
                headline = "A harbour for boats without crews",
                summary = "What it is for.",
                body = new { markdown = "It opened on Monday." },
            }
        );
}
