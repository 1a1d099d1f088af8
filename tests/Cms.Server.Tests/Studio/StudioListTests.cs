using System.Net;
using System.Text.RegularExpressions;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>The numbers that the Studio shows are those of the lists that it shows.</summary>
[Needs("server")]
public sealed class StudioListTests : StudioSuite
{
    // The parts of a page have several lines.
    private const RegexOptions Lines = RegexOptions.Singleline;

    [Fact]
    public async Task The_tab_Mine_counts_the_articles_that_it_lists()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        foreach (var change in new[] { "one", "two" })
        {
            using var made = await SendFormAsync(
                browser,
                "same-origin",
                ("_handler", "new-article"),
                ("ChangeId", change)
            );
            Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        }

        var page = await browser.GetStringAsync(List + "?list=mine");

        // Whoever writes an article is not assigned to it.
        Assert.Matches(@"aria-current=""page"">Mine\s*<span>2</span>", page);
        Assert.Equal(2, Regex.Count(page, "name=\"Bulk.Ids\""));
    }

    [Fact]
    public async Task A_month_shows_the_first_entries_of_a_day_and_its_week_shows_all()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        // No other article is published on this day.
        Clock.Advance(TimeSpan.FromDays(1));
        var newsroom = new Newsroom(Server.Services);
        for (var i = 0; i < 11; i++)
        {
            await newsroom.PublishedAsync(Newsroom.Story($"Lock {i} opens"));
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        using var browser = await BrowserAsync();
        var month = await browser.GetStringAsync("/studio/calendar");
        Assert.Equal(8, Regex.Count(month, "class=\"entry-title\">Lock \\d+ opens"));
        var more = Regex.Match(month, "<a href=\"([^\"]+)\">3 more<span class=\"sr\"> on ");
        var week = await browser.GetStringAsync(WebUtility.HtmlDecode(more.Groups[1].Value));

        Assert.Equal(11, Regex.Count(week, "class=\"entry-title\">Lock \\d+ opens"));
        Assert.DoesNotContain(" more<span", week, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_counts_once_in_the_uses_of_its_category()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        var answer = await Server.QueryAsync(
            """{ articles(where: { category: { slug: { eq: "security" } } }) { totalCount } }"""
        );
        var published = (int)answer["data"]!["articles"]!["totalCount"]!;
        Assert.True(published > 1, "The sample newsroom has articles about security.");

        var list = await browser.GetStringAsync("/studio/categories");
        var row = Regex.Match(
            list,
            "<tr id=\"(?<id>cat_[0-9a-f]+)\">(?:(?!</tr>).)*/categories/security<.*?</tr>",
            Lines
        );
        Assert.Contains($"See it in {published} articles", row.Value, StringComparison.Ordinal);
        Assert.Contains($"<td class=\"num\">{published}<", row.Value, StringComparison.Ordinal);
        var uses = await UsesAsync(browser, $"/studio/categories/{row.Groups["id"].Value}");
        Assert.Contains($"<b>{published} articles", uses, StringComparison.Ordinal);
        Assert.Equal(published, Regex.Count(uses, "/studio/articles/art_"));
    }

    [Fact]
    public async Task The_takes_of_an_article_are_counted_without_a_list_that_is_empty()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        var article = (await Server.QueryAsync("""{ article(slug: "the-disk-said-yes") { id takes { id } } }"""))[
            "data"
        ]!["article"]!;

        var uses = await UsesAsync(browser, $"/studio/articles/{article["id"]}/manage");

        Assert.Contains($"{article["takes"]!.AsArray().Count} takes", uses, StringComparison.Ordinal);
        Assert.Equal(uses.Contains("<li", StringComparison.Ordinal), uses.Contains("<ul", StringComparison.Ordinal));
        Assert.DoesNotContain("more", uses, StringComparison.Ordinal);
    }

    private static async Task<string> UsesAsync(HttpClient browser, string path)
    {
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync(path));
        return Regex.Match(page, "<h2 id=\"uses\">.*?</section>", Lines).Value;
    }
}
