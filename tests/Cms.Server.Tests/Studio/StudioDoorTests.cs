using System.Net;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>Who may use the Studio, and what others are told.</summary>
[Needs("server")]
public sealed class StudioDoorTests : StudioSuite
{
    [Fact]
    public async Task Somebody_who_is_not_signed_in_is_sent_to_sign_in_and_returns_to_the_same_page()
    {
        using var browser = NewBrowser(cookie: null);

        using var page = await browser.GetAsync(List + "?list=drafts");

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal("/signin?returnUrl=%2Fstudio%2Farticles%3Flist%3Ddrafts", page.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("Reader")]
    [InlineData("")]
    public async Task Somebody_without_a_role_on_the_staff_is_told_whom_to_ask(string role)
    {
        Issuer.Person["roles"] = role.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var browser = await BrowserAsync();

        using var page = await browser.GetAsync(List);
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("Ask an administrator for the role Author or Editor", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Mine", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blocked_person_is_told_so_and_is_not_sent_in_circles()
    {
        using var browser = await BrowserAsync();
        await BlockAsync(Server.Services);

        using var page = await browser.GetAsync(List);

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains(
            "An administrator has blocked your access.",
            await page.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Author")]
    [InlineData("Editor")]
    [InlineData("Admin")]
    public async Task Staff_see_their_articles_and_no_other_origin_may_show_or_script_the_page(string role)
    {
        Issuer.Person["roles"] = new[] { role };
        using var browser = await BrowserAsync();

        using var page = await browser.GetAsync(List);
        var html = await page.Content.ReadAsStringAsync();
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("<h1>Articles</h1>", html, StringComparison.Ordinal);
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_another_site_changes_nothing()
    {
        using var browser = await BrowserAsync();

        using var refused = await SendFormAsync(browser, "cross-site", ("_handler", "new-article"));
        using var list = await browser.GetAsync(List);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain("Untitled", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_creates_one_article_and_opens_it()
    {
        using var browser = await BrowserAsync();

        using var first = await SendFormAsync(browser, "same-origin", ("_handler", "new-article"), ("ChangeId", "one"));
        using var second = await SendFormAsync(
            browser,
            "same-origin",
            ("_handler", "new-article"),
            ("ChangeId", "one")
        );

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Matches("/studio/articles/art_[0-9a-f]+$", first.Headers.Location!.OriginalString);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task A_form_that_is_sent_after_the_session_has_ended_keeps_what_was_written()
    {
        using var browser = NewBrowser(cookie: null);

        using var page = await SendFormAsync(
            browser,
            "same-origin",
            ("_handler", "bulk"),
            ("Bulk.Ids", "art_1"),
            ("Bulk.Ids", "art_2"),
            ("Note", "<script>alert(1)</script>")
        );
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.Contains("nothing that you wrote is lost", html, StringComparison.Ordinal);
        Assert.Contains("name=\"Bulk.Ids\" value=\"art_1\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"Bulk.Ids\" value=\"art_2\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"&lt;script&gt;alert(1)&lt;/script&gt;\"", html, StringComparison.Ordinal);
    }
}
