using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Server.Access;
using Cms.Server.Tests.Access;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>What the reader site keeps for one reader: bookmarks, the account, and what it never shares.</summary>
[Needs("server")]
public sealed partial class PersonalPagesTests : AccessSuite
{
    private const string Gone = "art_00000000000070008000000000000000";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    protected override IReadOnlyList<string> Settings => ["--Cms:Site:Enabled=true"];

    [Fact]
    public async Task Forms_save_note_and_remove_a_bookmark_and_return_to_their_page()
    {
        var article = await ArticleAsync();
        using var browser = await BrowserAsync();

        using var saved = await PostAsync("toggle", ("id", article.Id), ("return", "/articles/x?y=1"));
        using var noted = await PostAsync("note", ("id", article.Id), ("note", "Read <b>twice</b>\r\nand again"));
        var page = await browser.GetStringAsync("/bookmarks");
        using var removed = await PostAsync("remove", ("id", article.Id), ("return", "//evil.example"));
        var empty = await browser.GetStringAsync("/bookmarks");

        Assert.Equal(("/articles/x?y=1", HttpStatusCode.SeeOther), (To(saved), saved.StatusCode));
        Assert.Equal(("/bookmarks", HttpStatusCode.SeeOther), (To(noted), noted.StatusCode));
        Assert.Equal(("/bookmarks", HttpStatusCode.SeeOther), (To(removed), removed.StatusCode));
        Assert.Contains(article.Headline, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("Read <b>twice</b>\nand again", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>twice", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No bookmarks yet", page, StringComparison.Ordinal);
        Assert.Contains("No bookmarks yet", empty, StringComparison.Ordinal);
        Assert.Contains("Bookmark tools, articles and takes to save them for later.", empty, StringComparison.Ordinal);

        async Task<HttpResponseMessage> PostAsync(string what, params (string, string)[] fields) =>
            await SendFormAsync(browser, "/bookmarks/" + what, "same-origin", fields);
        static string? To(HttpResponseMessage response) => response.Headers.Location?.OriginalString;
    }

    [Fact]
    public async Task A_reader_who_is_blocked_is_told_so_and_reads_what_everybody_can_read()
    {
        var article = await ArticleAsync();
        using var browser = await BrowserAsync();
        await BlockAsync(Server.Services);

        using var page = await browser.GetAsync($"/articles/{article.Slug}");
        using var data = await browser.GetAsync("/account/data");
        using var deletion = await SendFormAsync(browser, "/account/delete", "same-origin", ("confirm", "yes"));
        using var toggle = await SendFormAsync(browser, "/bookmarks/toggle", "same-origin", ("id", article.Id));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        foreach (var refused in new[] { data, deletion, toggle })
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
            Assert.Contains("class=\"mast\"", html, StringComparison.Ordinal);
            Assert.Contains("it has no role here, or it is blocked", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Scripts_save_merge_and_list_bookmarks_as_json()
    {
        var article = await ArticleAsync();
        using var browser = await BrowserAsync();

        var saved = await AskAsync("toggle", new { id = article.Id, saved = true });
        var again = await AskAsync("toggle", new { id = article.Id, saved = true });
        var merged = await AskAsync(
            "merge",
            new
            {
                items = new[]
                {
                    new
                    {
                        id = article.Id,
                        savedAt = "2026-01-02T03:04:05Z",
                        note = "From the browser",
                    },
                    new
                    {
                        id = Gone,
                        savedAt = "2026-01-02T03:04:05Z",
                        note = "",
                    },
                },
            }
        );
        var list = JsonNode.Parse(await browser.GetStringAsync("/bookmarks/items"))!;
        var has = JsonNode.Parse(await browser.GetStringAsync($"/bookmarks/items?has={article.Id},{Gone}"))!;
        var removed = await AskAsync("toggle", new { id = article.Id, saved = false });

        Assert.True((bool)saved["saved"]! && (bool)again["saved"]! && !(bool)removed["saved"]!);
        Assert.Equal((0, 1), ((int)merged["added"]!, (int)merged["joined"]!));
        Assert.Equal("TARGET_NOT_FOUND", (string?)Assert.Single(merged["refused"]!.AsArray())!["reason"]);
        var item = Assert.Single(list["items"]!.AsArray())!;
        Assert.Equal(
            (article.Id, "article", article.Headline, "/articles/" + article.Slug, "From the browser"),
            (
                (string)item["id"]!,
                (string)item["kind"]!,
                (string)item["title"]!,
                (string)item["href"]!,
                (string)item["note"]!
            )
        );
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), (DateTimeOffset)item["savedAt"]!);
        Assert.Equal(article.Id, (string?)Assert.Single(has["saved"]!.AsArray()));
        Assert.Equal(1, (int)has["total"]!);

        async Task<JsonNode> AskAsync(string what, object body)
        {
            using var response = await SendJsonAsync(browser, what, body);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.True(response.Headers.CacheControl is { NoStore: true, Private: true });
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        }
    }

    [Fact]
    public async Task The_page_of_a_tool_says_whether_the_reader_has_saved_it()
    {
        var answer = await Server.QueryAsync("{ tools(first: 1) { nodes { id slug } } }");
        var tool = answer["data"]!["tools"]!["nodes"]![0]!;
        using var browser = await BrowserAsync();
        var before = await browser.GetStringAsync($"/tools/{tool["slug"]}");
        (await SendJsonAsync(browser, "toggle", new { id = (string)tool["id"]!, saved = true })).Dispose();

        var after = await browser.GetStringAsync($"/tools/{tool["slug"]}");

        Assert.Contains("aria-pressed=\"false\"", before, StringComparison.Ordinal);
        Assert.Contains("aria-pressed=\"true\"", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData(null)]
    public async Task Other_sites_cannot_change_bookmarks_or_delete_an_account(string? site)
    {
        var article = await ArticleAsync();
        using var browser = await BrowserAsync();

        using var toggled = await SendFormAsync(browser, "/bookmarks/toggle", site, ("id", article.Id));
        using var deleted = await SendFormAsync(browser, "/account/delete", site, ("confirm", "yes"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (toggled.StatusCode, deleted.StatusCode));
        Assert.Contains(
            "This request came from another site, so nothing was changed.",
            await toggled.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains("No bookmarks yet", await browser.GetStringAsync("/bookmarks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_that_is_sent_after_the_session_has_ended_is_shown_again_and_not_lost()
    {
        var article = await ArticleAsync();
        var (browser, cookie) = await SignInAsync();
        await SignOutAsync(browser);
        browser.Dispose();
        using var late = NewBrowser(cookie);

        using var form = await SendFormAsync(
            late,
            "/bookmarks/note",
            "same-origin",
            ("id", article.Id),
            ("note", "Do not lose me")
        );
        using var json = await SendJsonAsync(late, "note", new { id = article.Id, note = "Do not lose me" });
        var account = await late.GetStringAsync("/account");

        var page = await form.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (form.StatusCode, json.StatusCode));
        Assert.Contains("your session has ended", page, StringComparison.Ordinal);
        Assert.Contains(">Do not lose me</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("/signin?returnUrl=%2Fbookmarks", page, StringComparison.Ordinal);
        var answer = JsonNode.Parse(await json.Content.ReadAsStringAsync())!;
        Assert.True((bool)answer["signIn"]!);
        Assert.Contains("Sign in again", (string?)answer["message"], StringComparison.Ordinal);
        Assert.Contains("You are no longer signed in.", account, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_article_stays_in_the_list_with_its_reason_and_the_readers_note()
    {
        var article = await ArticleAsync();
        using var browser = await BrowserAsync();
        (
            await SendJsonAsync(
                browser,
                "toggle",
                new
                {
                    id = article.Id,
                    saved = true,
                    note = "Mine",
                }
            )
        ).Dispose();
        await WithdrawAsync(article.Id);

        var page = await browser.GetStringAsync("/bookmarks");
        var known = JsonNode.Parse(await Server.Client.GetStringAsync($"/bookmarks/items?ids={article.Id}"))!;
        var why = JsonNode.Parse(
            await Server.Client.GetStringAsync($"/bookmarks/items?gone=/articles/{article.Slug},/articles/never")
        )!;

        Assert.Contains(">Withdrawn</span>", page, StringComparison.Ordinal);
        Assert.Contains("The numbers were invented.", page, StringComparison.Ordinal);
        Assert.Contains("</span>Mine</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(article.Headline, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.True((bool)Assert.Single(known["items"]!.AsArray())!["isGone"]!);
        Assert.Equal("The numbers were invented.", (string?)Assert.Single(why["items"]!.AsArray())!["reason"]);
    }

    [Fact]
    public async Task What_changed_comes_first_although_it_was_saved_before_more_than_a_page_of_other_bookmarks()
    {
        var answer = await Server.QueryAsync(
            "{ articles(first: 3) { nodes { id } } takes(first: 100) { nodes { id article { id } } } }"
        );
        List<string> withdrawn = [.. answer["data"]!["articles"]!["nodes"]!.AsArray().Select(a => (string)a!["id"]!)];
        List<string> takes =
        [
            .. answer["data"]!["takes"]!["nodes"]!
                .AsArray()
                .Where(take => !withdrawn.Contains((string)take!["article"]!["id"]!))
                .Select(take => (string)take!["id"]!)
                .Take(60),
        ];
        Assert.Equal(60, takes.Count);
        using var browser = await BrowserAsync();
        var at = Clock.GetUtcNow().AddMinutes(-100);
        List<string> saved = [.. withdrawn, .. takes];
        (
            await SendJsonAsync(
                browser,
                "merge",
                new { items = saved.Select((id, i) => new { id, savedAt = at.AddMinutes(i) }).ToArray() }
            )
        ).Dispose();
        foreach (var id in withdrawn)
        {
            await WithdrawAsync(id);
        }

        var first = await browser.GetStringAsync("/bookmarks");
        var next = WebUtility.HtmlDecode(NextPage().Match(first).Groups["path"].Value);
        var second = await browser.GetStringAsync(next);
        var items = JsonNode.Parse(await browser.GetStringAsync("/bookmarks/items"))!;
        var more = JsonNode.Parse(
            await browser.GetStringAsync("/bookmarks/items?after=" + Uri.EscapeDataString((string)items["next"]!))
        )!;

        var shown = Shown(first);
        takes.Reverse();
        withdrawn.Reverse();
        Assert.Equal([.. withdrawn, .. takes.Take(50)], shown);
        Assert.True(
            first.IndexOf("Changed since you saved them", StringComparison.Ordinal)
                < first.IndexOf(">Saved</h2>", StringComparison.Ordinal)
        );
        Assert.Equal(takes.Skip(50), Shown(second));
        Assert.DoesNotContain("Changed since you saved them", second, StringComparison.Ordinal);
        Assert.DoesNotMatch(NextPage(), second);
        Assert.Equal(shown, Ids(items));
        Assert.Equal(takes.Skip(50), Ids(more));

        static IEnumerable<string> Shown(string page) => Item().Matches(page).Select(item => item.Groups["id"].Value);
        static IEnumerable<string> Ids(JsonNode list) => list["items"]!.AsArray().Select(item => (string)item!["id"]!);
    }

    [Fact]
    public async Task Anonymous_readers_get_a_shared_page_and_nothing_personal()
    {
        var article = await ArticleAsync();

        using var page = await Server.Client.GetAsync("/bookmarks");
        using var items = await Server.Client.GetAsync("/bookmarks/items");
        using var data = await Server.Client.GetAsync("/account/data");
        using var many = await Server.Client.GetAsync(
            "/bookmarks/items?ids=" + string.Join(',', Enumerable.Range(0, 101).Select(i => $"art_{i}"))
        );
        using var none = await SendJsonAsync(Server.Client, "toggle", new { id = article.Id });
        using var unreadable = await SendJsonAsync(Server.Client, "toggle", new[] { 1 });

        var html = await page.Content.ReadAsStringAsync();
        Assert.True(page.Headers.CacheControl!.Public);
        Assert.Contains("Kept in this browser only.", html, StringComparison.Ordinal);
        Assert.Contains("Bookmarks need scripts here", html, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized),
            (items.StatusCode, data.StatusCode, none.StatusCode)
        );
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (many.StatusCode, unreadable.StatusCode));
        Assert.All(new[] { items, data, none }, r => Assert.True(r.Headers.CacheControl!.NoStore));
    }

    [Fact]
    public async Task A_preview_link_that_does_not_work_does_not_repeat_its_token()
    {
        using var page = await Server.Client.GetAsync("/preview/cmsp_0123?article=not-an-id");

        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("/signin?returnUrl=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("cmsp_0123", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_export_their_data_and_delete_it_only_after_confirmation()
    {
        var article = await ArticleAsync();
        using var browser = await BrowserAsync();
        (
            await SendJsonAsync(
                browser,
                "toggle",
                new
                {
                    id = article.Id,
                    saved = true,
                    note = "Mine",
                }
            )
        ).Dispose();

        using var export = await browser.GetAsync("/account/data");
        var question = await browser.GetStringAsync("/account/delete");
        using var unconfirmed = await SendFormAsync(browser, "/account/delete", "same-origin");
        var before = await browser.GetStringAsync("/account");
        using var confirmed = await SendFormAsync(browser, "/account/delete", "same-origin", ("confirm", "yes"));
        var after = await browser.GetStringAsync("/account?deleted=1");

        Assert.Equal("attachment", export.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("Mine", await export.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("This permanently deletes your bookmark and its note.", question, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, unconfirmed.StatusCode);
        Assert.Contains("keeps one bookmark", before, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/account?deleted=1"),
            (confirmed.StatusCode, confirmed.Headers.Location?.OriginalString)
        );
        Assert.Contains("keeps 0 bookmarks", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_pages_are_told_which_article_was_withdrawn_also_after_a_break()
    {
        var article = await ArticleAsync();
        using HttpClient reader = new() { BaseAddress = Server.Client.BaseAddress };
        string cursor;
        string change;
        using (StreamReader stream = new(await reader.GetStreamAsync("/live")))
        {
            cursor = (await LineAsync(stream, "id: "))[4..];
            await WithdrawAsync(article.Id);
            change = await LineAsync(stream, "data: {\"id\"");
        }

        using StreamReader again = new(await reader.GetStreamAsync("/live?after=" + Uri.EscapeDataString(cursor)));
        var missed = await LineAsync(again, "data: {\"id\"");

        Assert.Equal(change, missed);
        var data = JsonNode.Parse(change["data: ".Length..])!;
        Assert.Equal((article.Id, "withdrawn"), ((string)data["id"]!, (string)data["kind"]!));
    }

    [Fact]
    public async Task The_service_worker_names_the_files_of_this_release()
    {
        using var response = await Server.Client.GetAsync("/service-worker.js");
        var script = await response.Content.ReadAsStringAsync();

        Assert.DoesNotContain("[[", script, StringComparison.Ordinal);
        var file = script.Split('\'').Single(text => text.Contains("/site.js", StringComparison.Ordinal)).Split(' ')[0];
        using var asset = await Server.Client.GetAsync(file);
        Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/articles/a?b=c#d", "/articles/a?b=c#d")]
    [InlineData(null, "/x")]
    [InlineData("//evil.example", "/x")]
    [InlineData("/\\evil.example", "/x")]
    [InlineData("/\t/evil.example", "/x")]
    [InlineData("https://evil.example", "/x")]
    [InlineData("/%2f/evil.example", "/x")]
    [InlineData("/a/../..//b", "/x")]
    public void Forms_return_only_to_addresses_of_this_site(string? requested, string expected) =>
        Assert.Equal(expected, ReturnAddress.Of(requested, "/x"));

    [GeneratedRegex("""rel="next" href="(?<path>[^"]+)""" + "\"", RegexOptions.ExplicitCapture)]
    private static partial Regex NextPage();

    [GeneratedRegex("""data-item="(?<id>[^"]+)""" + "\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    // The clock of the server stands still, so time passes here: as fast as outside, so that the server can keep up.
    private async Task<string> LineAsync(StreamReader stream, string beginning)
    {
        using CancellationTokenSource late = new(Longest);
        var reading = stream.ReadLineAsync(late.Token).AsTask();
        while (true)
        {
            while (!reading.IsCompleted)
            {
                await Task.WhenAny(reading, Task.Delay(Step, late.Token));
                Clock.Advance(Step);
                late.Token.ThrowIfCancellationRequested();
            }

            var line = await reading;
            Assert.NotNull(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }

            reading = stream.ReadLineAsync(late.Token).AsTask();
        }
    }

    private async Task<(string Id, string Slug, string Headline)> ArticleAsync()
    {
        var answer = await Server.QueryAsync("{ articles(first: 1) { nodes { id slug headline } } }");
        var article = answer["data"]!["articles"]!["nodes"]![0]!;
        return ((string)article["id"]!, (string)article["slug"]!, (string)article["headline"]!);
    }

    private async Task WithdrawAsync(string id)
    {
        using var response = await AskAsync(
            $$"""
            mutation {
              withdrawArticle(input: { id: "{{id}}", reason: "The numbers were invented.", acknowledgeUse: true }) {
                errors { __typename }
              }
            }
            """,
            Token("Editor")
        );
        Assert.Contains("\"errors\":[]", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpClient> BrowserAsync()
    {
        var (browser, cookie) = await SignInAsync();
        browser.Dispose();
        return NewBrowser(cookie);
    }

    // Redirects lead to pages that do not matter here, so only their addresses are read.
    private HttpClient NewBrowser(string cookie)
    {
        HttpClient browser = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = Server.Client.BaseAddress,
        };
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        return browser;
    }

    private static async Task<HttpResponseMessage> SendFormAsync(
        HttpClient browser,
        string path,
        string? site,
        params IEnumerable<(string Name, string Value)> fields
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };
        if (site is not null)
        {
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        }

        return await browser.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendJsonAsync(HttpClient browser, string what, object body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/bookmarks/" + what);
        request.Content = JsonContent.Create(body);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        return await browser.SendAsync(request);
    }
}
