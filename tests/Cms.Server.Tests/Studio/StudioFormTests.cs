using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>What the Studio answers to forms and addresses that are out of date.</summary>
[Needs("server")]
public sealed class StudioFormTests : StudioSuite
{
    private const string Article = "art_01980000000070008000000000000001";
    private const string Persona = "per_01980000000070008000000000000001";

    [Theory]
    [InlineData("/studio/board", $"_handler=move&Moved.Id={Article}&Moved.Version=1&Moved.Move=Submit")]
    [InlineData(
        "/studio/board",
        $"_handler=move&Moved.Id={Article}&Moved.Version=1&Moved.Move=RequestChanges&Moved.Comment=Shorter"
    )]
    [InlineData("/studio/calendar", $"_handler=move&Moved.Id={Article}&Moved.Version=1&Moved.At=2030-01-02T09:30")]
    [InlineData("/studio/panel", $"_handler=request&Take.Article={Article}&Take.Persona={Persona}&Take.Version=")]
    public async Task A_form_about_an_article_that_has_gone_says_so_on_its_page(string path, string form)
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();

        using var page = await SendAsync(browser, path, form);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("There is no such article.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Editor", "/studio/redirects?after=gone", "This page of the list does not exist any more.")]
    [InlineData("Author", "/studio/redirects", "Only editors can use this page")]
    public async Task A_form_that_its_page_cannot_use_is_given_back(string role, string path, string words)
    {
        Issuer.Person["roles"] = new[] { role };
        using var browser = await BrowserAsync();

        using var page = await SendAsync(browser, path, "_handler=redirect&Form.From=/old&Form.To=/a+place");
        var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.Contains("nothing that you wrote is lost", html, StringComparison.Ordinal);
        Assert.Contains(
            "<form method=\"post\" action=\"/studio/redirects\" data-unsent",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("name=\"Form.To\" value=\"/a place\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "_handler=redirect&Form.From=%00")]
    [InlineData("multipart/form-data; boundary=edge", "--edge\r\nContent-Disposition: form-data; name=\"a\"")]
    [InlineData("multipart/form-data", "a")]
    public async Task A_form_that_cannot_be_read_is_answered_with_a_page(string type, string body)
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/studio/redirects")
        {
            Content = new StringContent(body),
        };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");

        using var page = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("Nothing was changed", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_Studio_without_a_name_is_not_found()
    {
        using var answer = await Server.Client.GetAsync("/studio/assets/x");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_period_that_is_no_number_is_the_usual_one()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();

        using var page = await browser.GetAsync("/studio/media/expiring?days=soon");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(
            "No rights end in this period",
            await page.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_text_of_an_article_cannot_end_the_data_of_the_editor()
    {
        const string text = "</script><script>alert(1)</script><!--";
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        using var made = await SendFormAsync(browser, "same-origin", ("_handler", "new-article"), ("ChangeId", "one"));
        var path = made.Headers.Location!.OriginalString;
        await SaveArticleAsync(
            browser,
            new
            {
                id = path.Split('/')[^1],
                headline = text,
                body = new { markdown = $"`{text}`" },
            }
        );

        var html = await browser.GetStringAsync(path);
        var data = html.Split("id=\"editor-data\">")[1].Split("</script>")[0];

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        using var read = JsonDocument.Parse(data);
        var article = read.RootElement.GetProperty("article").GetProperty("desk").GetProperty("article");
        Assert.Equal(text, article.GetProperty("headline").GetString());
        var paragraph = article.GetProperty("body").GetProperty("json").GetProperty("content")[0];
        Assert.Equal(text, paragraph.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Several_articles_get_a_tag_and_a_due_date_at_once_and_lose_them_again()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        using var added = await SendAsync(browser, "/studio/tags/new", "_handler=new-term&Form.Name=Kelp+farms");
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var ids = new[] { await NewAsync("one"), await NewAsync("two") };

        await DoAsync("AddTag", "Bulk.Tag=kelp+FARMS");
        await DoAsync("SetDue", "Bulk.Due=2031-05-06T07:08");
        foreach (var id in ids)
        {
            var article = await ReadAsync(id);
            Assert.Equal("Kelp farms", article.GetProperty("tags")[0].GetProperty("name").GetString());
            Assert.StartsWith("2031-05-06T", article.GetProperty("dueAt").GetString(), StringComparison.Ordinal);
        }

        await RefusesAsync("AddTag", "Bulk.Tag=Kelp+forests", "There is no tag “Kelp forests”.");
        await RefusesAsync("RemoveTag", "Bulk.Tag=", "Write the name of the tag");
        await RefusesAsync("SetDue", "Bulk.Due=tomorrow", "Enter the day and the time when the articles are due");

        await DoAsync("RemoveTag", "Bulk.Tag=Kelp+farms");
        await DoAsync("SetDue", "Bulk.Due=");
        foreach (var id in ids)
        {
            var article = await ReadAsync(id);
            Assert.Equal(0, article.GetProperty("tags").GetArrayLength());
            Assert.Equal(JsonValueKind.Null, article.GetProperty("dueAt").ValueKind);
        }

        async Task<string> NewAsync(string change)
        {
            using var made = await SendAsync(browser, List, $"_handler=new-article&ChangeId={change}");
            return made.Headers.Location!.OriginalString.Split('/')[^1];
        }

        async Task<HttpResponseMessage> ApplyAsync(string action, string more) =>
            await SendAsync(
                browser,
                List,
                $"_handler=bulk&Bulk.Action={action}&{more}&{string.Join('&', ids.Select(id => $"Bulk.Ids={id}"))}"
            );

        async Task DoAsync(string action, string more)
        {
            using var answer = await ApplyAsync(action, more);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        }

        async Task RefusesAsync(string action, string more, string reason)
        {
            using var answer = await ApplyAsync(action, more);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(
                reason,
                WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()),
                StringComparison.Ordinal
            );
        }

        async Task<JsonElement> ReadAsync(string id)
        {
            var html = await browser.GetStringAsync($"{List}/{id}");
            using var data = JsonDocument.Parse(html.Split("id=\"editor-data\">")[1].Split("</script>")[0]);
            return data.RootElement.GetProperty("article").GetProperty("desk").GetProperty("article").Clone();
        }
    }

    [Theory]
    [InlineData("/studio/tags", "new-term", "edit-term", "Form", "")]
    [InlineData("/studio/tools", "tool", "tool", "Tool", "&Tool.Kind=Library")]
    public async Task A_form_that_is_sent_twice_saves_once_and_one_that_is_late_is_shown_beside_what_is_saved(
        string list,
        string add,
        string edit,
        string prefix,
        string more
    )
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        using var added = await SendAsync(browser, list + "/new", $"_handler={add}&{prefix}.Name=Kelp{more}");
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var html = await browser.GetStringAsync(list);
        var path = Regex.Match(html, $"href=\"({list}/[a-z]+_[^\"]+)\"[^>]*>Kelp<").Groups[1].Value;

        var change = $"_handler={edit}&ChangeId=one&{prefix}.Version=1&{prefix}.Name=Kelp+beds{more}";
        using var first = await SendAsync(browser, path, change);
        using var again = await SendAsync(browser, path, change);
        using var late = await SendAsync(
            browser,
            path,
            $"_handler={edit}&{prefix}.Version=1&{prefix}.Name=Kelp+forest{more}"
        );
        var words = WebUtility.HtmlDecode(await late.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        Assert.Contains("The name is now “Kelp beds”. You entered “Kelp forest”.", words, StringComparison.Ordinal);
        Assert.Contains($"name=\"{prefix}.Version\" value=\"2\"", words, StringComparison.Ordinal);
    }

    // Sends a form that is written as browsers send it.
    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string path, string form) =>
        SendFormAsync(
            browser,
            path,
            "same-origin",
            form.Split('&').Select(field => (field.Split('=')[0], field.Split('=')[1].Replace('+', ' ')))
        );
}
