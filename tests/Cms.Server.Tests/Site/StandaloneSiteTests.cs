using System.Net;
using System.Text.RegularExpressions;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Site;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The reader site by itself: pages are made again exactly when they change, and survive outages of the API.</summary>
[Needs("server")]
public sealed partial class StandaloneSiteTests(NewsroomServer api) : IClassFixture<NewsroomServer>, IAsyncLifetime
{
    private StandaloneSite _site = null!;

    private Newsroom Newsroom => new(api.Services);

    public async Task InitializeAsync() => _site = await StandaloneSite.StartAsync(api.Client.BaseAddress!);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task The_site_sends_only_ids_of_trusted_documents()
    {
        await _site.GetAsync("/");
        await _site.GetAsync("/nowhere");

        var queries = _site.Road.Answers.GroupBy(answer => answer.Query, StringComparer.Ordinal).ToList();
        Assert.Contains(queries, same => same.Count() > 1);
        Assert.All(
            queries,
            same =>
            {
                Assert.StartsWith("?documentId=", same.Key, StringComparison.Ordinal);
                Assert.Equal(HttpStatusCode.OK, same.First().Status);

                // What both pages need is not sent a second time.
                Assert.All(same.Skip(1), answer => Assert.Equal(HttpStatusCode.NotModified, answer.Status));
            }
        );
    }

    [Fact]
    public async Task A_page_shows_a_story_as_soon_as_it_is_published()
    {
        const string headline = "A story that nobody has seen yet";
        var before = await _site.GetAsync("/");
        await Newsroom.PublishedAsync(Newsroom.Story(headline));

        var after = await _site.GetAsync("/", before.ETag);

        Assert.DoesNotContain(headline, before.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Contains(headline, after.Html, StringComparison.Ordinal);
        Assert.NotEqual(before.ETag, after.ETag);
    }

    [Fact]
    public async Task A_page_is_not_made_again_if_something_else_changes()
    {
        var before = await _site.GetAsync("/");
        _site.Road.Take();
        await Newsroom.DraftAsync(Newsroom.Story("A draft"));
        await Newsroom.ToolAsync();

        var after = await _site.GetAsync("/");
        var unchanged = await _site.GetAsync("/", before.ETag);

        Assert.Equal((before.Html, before.ETag), (after.Html, after.ETag));
        Assert.Equal((HttpStatusCode.NotModified, ""), (unchanged.Status, unchanged.Html));
        AssertOnlyChecked(_site.Road.Take());
    }

    [Fact]
    public async Task The_API_is_not_asked_again_within_the_time_of_the_settings()
    {
        await using var patient = await StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            revalidate: TimeSpan.FromSeconds(5)
        );
        await patient.GetAsync("/");
        patient.Road.Take();

        patient.Clock.Advance(TimeSpan.FromSeconds(4));
        await patient.GetAsync("/");
        Assert.Empty(patient.Road.Take());

        patient.Clock.Advance(TimeSpan.FromSeconds(1));
        await patient.GetAsync("/");
        Assert.NotEmpty(patient.Road.Take());
    }

    [Fact]
    public async Task The_last_page_is_shown_with_a_notice_while_the_API_is_away()
    {
        var before = await _site.GetAsync("/");
        _site.Road.State = RoadState.Closed;

        var during = await _site.GetAsync("/", before.ETag);

        Assert.Equal(HttpStatusCode.OK, during.Status);
        Assert.Contains("This page may be out of date.", during.Html, StringComparison.Ordinal);
        Assert.Equal(before.Html, Notice().Replace(during.Html, "<!--notice-->"));
        Assert.Equal(("no-store", null), (during.CacheControl, during.ETag));

        _site.Road.State = RoadState.Open;
        Assert.Equal(before, await _site.GetAsync("/"));
    }

    [Fact]
    public async Task A_page_that_was_never_made_says_that_the_API_is_away_and_when_to_try_again()
    {
        await _site.GetAsync("/");
        _site.Road.State = RoadState.Closed;

        var answer = await _site.GetAsync("/articles/the-disk-said-yes");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("30", answer.RetryAfter);
        Assert.Equal("no-store, private", answer.CacheControl);
        Assert.Contains("The newsroom cannot be reached", answer.Html, StringComparison.Ordinal);

        _site.Road.State = RoadState.Open;
        Assert.NotEqual(
            HttpStatusCode.ServiceUnavailable,
            (await _site.GetAsync("/articles/the-disk-said-yes")).Status
        );
    }

    [Fact]
    public async Task The_last_page_is_shown_if_the_API_is_slow()
    {
        var before = await _site.GetAsync("/");
        _site.Road.State = RoadState.Endless;

        var asking = _site.GetAsync("/");
        await _site.Road.Waiting.Task;
        var waited = TimeSpan.Zero;
        while (!asking.IsCompleted)
        {
            // The clock moves only here. The site may begin to wait a moment after its request is on the way.
            waited += TimeSpan.FromMilliseconds(1);
            _site.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
            Assert.True(waited < TimeSpan.FromMinutes(10), "The page was not sent.");
        }

        // Nobody else keeps a page that may have changed.
        Assert.Equal(before with { CacheControl = "no-store" }, await asking);
    }

    [Fact]
    public async Task A_preview_link_can_be_tried_again_after_an_outage_and_its_token_is_not_logged()
    {
        _site.Road.State = RoadState.Closed;

        var page = await _site.GetAsync("/preview/cmsp_0123?article=art_0123");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "30"), (page.Status, page.RetryAfter));
        Assert.Contains("href=\"/preview/cmsp_0123?article=art_0123\"", page.Html, StringComparison.Ordinal);
        var logged = _site.Log.Entries.Where(entry => entry.Category.StartsWith("Cms.Site", StringComparison.Ordinal));
        Assert.StartsWith("/preview: the API did not answer.", Assert.Single(logged).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_page_of_a_list_leads_to_the_first_one_if_the_API_no_longer_knows_its_cursor()
    {
        var answer = await api.QueryAsync(
            """{ categories(first: 1) { nodes { slug articles(first: 1) { pageInfo { endCursor } } } } }"""
        );
        var category = answer["data"]!["categories"]!["nodes"]![0]!;
        var first = $"/categories/{category["slug"]}";
        var second = $"{first}?after={Uri.EscapeDataString((string)category["articles"]!["pageInfo"]!["endCursor"]!)}";
        var before = await _site.GetAsync(second);
        _site.Road.State = RoadState.Forgetful;

        var after = await _site.GetAsync(second);

        Assert.Equal(HttpStatusCode.OK, before.Status);
        Assert.Equal((HttpStatusCode.MovedPermanently, first), (after.Status, after.Location));
    }

    [Fact]
    public async Task A_share_image_is_checked_as_often_as_pages_and_kept_while_the_API_is_away()
    {
        var path = $"/share/{await SlugAsync()}.png";
        var before = await _site.GetAsync(path);
        _site.Road.Take();

        var again = await _site.GetAsync(path);

        Assert.Equal([HttpStatusCode.NotModified], _site.Road.Take());
        Assert.Equal((HttpStatusCode.OK, before.ETag), (again.Status, again.ETag));
        _site.Road.State = RoadState.Closed;
        Assert.Equal(before.ETag, (await _site.GetAsync(path)).ETag);
    }

    [Fact]
    public async Task The_quotes_on_the_page_of_a_persona_lead_to_its_takes()
    {
        var article = await Newsroom.DraftAsync();
        var persona = await Newsroom.PersonaAsync("The Tester");
        var take = await Newsroom.ApprovedTakeAsync(
            article.Id,
            persona.Id,
            anchor: new() { BlockId = "b1", Quote = "on Monday" }
        );
        article = await Newsroom.PublishAsync(article.Id);

        var page = await _site.GetAsync($"/panel/{persona.Slug}");

        Assert.Contains(
            $"""<p class="on"><a href="/articles/{article.Slug}#{take.Id.Format()}">""",
            page.Html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_page_of_a_persona_counts_its_stances_in_all_takes_and_by_section()
    {
        var slug = (string)
            (await api.QueryAsync("{ personas(first: 1) { nodes { slug } } }"))["data"]!["personas"]!["nodes"]![0]![
                "slug"
            ]!;
        var persona = (
            await api.QueryAsync(
                $$"""{ persona(slug: "{{slug}}") { stances { supportive mixed skeptical } takes(first: 50) { nodes { stance article { category { slug name } } } } } }"""
            )
        )["data"]!["persona"]!;

        var page = WebUtility.HtmlDecode((await _site.GetAsync("/panel/" + slug)).Html);

        var all = persona["stances"]!;
        Assert.Contains(
            $"<th scope=\"row\">All takes</th><td>{all["supportive"]}</td><td>{all["mixed"]}</td><td>{all["skeptical"]}</td>",
            page,
            StringComparison.Ordinal
        );
        var sections = persona["takes"]!["nodes"]!
            .AsArray()
            .GroupBy(
                take =>
                    (
                        Slug: (string)take!["article"]!["category"]!["slug"]!,
                        Name: (string)take["article"]!["category"]!["name"]!
                    ),
                take => (string)take!["stance"]!
            )
            .ToList();
        Assert.True(sections.Count > 1);
        Assert.All(
            sections,
            section =>
                Assert.Contains(
                    $"<th scope=\"row\"><a class=\"in\" href=\"/categories/{section.Key.Slug}\">{section.Key.Name}</a></th>"
                        + string.Concat(
                            new[] { "SUPPORTIVE", "MIXED", "SKEPTICAL" }.Select(stance =>
                                $"<td>{section.Count(taken => taken == stance)}</td>"
                            )
                        ),
                    page,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task A_search_can_be_narrowed_and_widened_again()
    {
        var answer = await api.QueryAsync(
            """{ search(query: "the", first: 1) { nodes { article { category { slug } } } } }"""
        );
        var category = answer["data"]!["search"]!["nodes"]![0]!["article"]!["category"]!["slug"];

        var all = await _site.GetAsync("/search?q=the");
        var narrowed = await _site.GetAsync($"/search?q=the&category={category}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (all.Status, narrowed.Status));
        Assert.DoesNotContain("class=\"narrowed\"", all.Html, StringComparison.Ordinal);
        Assert.Contains("<a class=\"btn\" href=\"/search?q=the\">", narrowed.Html, StringComparison.Ordinal);
        Assert.Contains(
            $"type=\"hidden\" name=\"category\" value=\"{category}\"",
            narrowed.Html,
            StringComparison.Ordinal
        );
        Assert.NotEqual(Hits(all), Hits(narrowed));

        static int Hits(Sent page) => page.Html.Split("<article class=\"story\"").Length;
    }

    [Fact]
    public async Task A_withdrawn_article_is_gone_with_its_reason_and_what_to_read_instead()
    {
        var (old, successor) = (
            await IdOfAsync("marrow-speech-without-a-signal"),
            await IdOfAsync("the-disk-said-yes")
        );
        Newsroom.Value(
            await api
                .Services.GetRequiredService<WithdrawArticle>()
                .Handle(
                    new()
                    {
                        Id = old,
                        Reason = "The figures were <made up>.",
                        Successor = successor,
                        AcknowledgeUse = true,
                    },
                    Newsroom.Erin,
                    default
                )
        );

        var gone = await _site.GetAsync("/articles/marrow-speech-without-a-signal");

        Assert.Equal(HttpStatusCode.Gone, gone.Status);
        Assert.Contains("<b>Marrow fits a speech recogniser into 41 megabytes", gone.Html, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"la\">Latest</h2>", gone.Html, StringComparison.Ordinal);
        Assert.Contains("The figures were &lt;made up&gt;.", gone.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/articles/the-disk-said-yes\"", gone.Html, StringComparison.Ordinal);
        Assert.Contains("content=\"noindex\"", gone.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_has_changed_leads_to_the_new_one()
    {
        Newsroom.Value(
            await api
                .Services.GetRequiredService<ChangeSlug>()
                .Handle(
                    new ChangeSlugInput
                    {
                        Id = await IdOfAsync("kestrel-9-knows-when-it-is-lost"),
                        Slug = "kestrel-9-was-lost",
                    },
                    Newsroom.Erin,
                    default
                )
        );

        var moved = await _site.GetAsync("/articles/kestrel-9-knows-when-it-is-lost");

        Assert.Equal((HttpStatusCode.MovedPermanently, "/articles/kestrel-9-was-lost"), (moved.Status, moved.Location));
    }

    [Fact]
    public async Task Two_sites_send_the_same_page_and_each_the_stylesheet_of_the_other()
    {
        await using var second = await StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            new SiteSettings { Origin = new Uri("https://panel.example") }
        );
        await using var first = await StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            new SiteSettings { Origin = new Uri("https://panel.example") }
        );
        var page = await first.GetAsync("/");
        var sheet = Sheet().Match(page.Html).Groups["path"].Value;

        // The second site has not made a page yet.
        var early = await second.GetAsync(sheet);
        var other = await second.GetAsync("/");
        var late = await second.GetAsync(sheet);

        Assert.Equal((page.Html, page.ETag), (other.Html, other.ETag));
        Assert.Equal(HttpStatusCode.OK, early.Status);
        Assert.DoesNotContain("{assets}", early.Html, StringComparison.Ordinal);
        Assert.Equal("no-cache", early.CacheControl);
        Assert.Equal((await first.GetAsync(sheet)).Html, late.Html);
        Assert.Contains("max-age=31536000", late.CacheControl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_in_the_settings_counts_and_not_the_one_of_the_request()
    {
        await using var site = await StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            new SiteSettings { Origin = new Uri("https://panel.example") }
        );
        var own = await site.GetAsync("/", host: "panel.example");
        site.Road.Take();

        var other = await site.GetAsync("/", host: "evil.example");

        Assert.Equal(own, other);
        Assert.DoesNotContain("evil.example", other.Html, StringComparison.Ordinal);
        AssertOnlyChecked(site.Road.Take());
    }

    [Fact]
    public async Task Pages_are_kept_for_the_first_hosts_that_requests_name_and_not_for_any_number_of_invented_ones()
    {
        const string path = "/categories/infrastructure";
        string[] hosts = [.. Enumerable.Range(1, 20).Select(i => $"host-{i}.example")];
        foreach (var host in hosts)
        {
            var page = await _site.GetAsync(path, host: host);

            Assert.Equal($"http://{host}{path}", Canonical().Match(page.Html).Groups["url"].Value);
        }

        _site.Road.State = RoadState.Closed;
        List<HttpStatusCode> kept = [];
        foreach (var host in hosts)
        {
            kept.Add((await _site.GetAsync(path, host: host)).Status);
        }

        Assert.Equal(
            [.. Enumerable.Repeat(HttpStatusCode.OK, 8), .. Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, 12)],
            kept
        );
    }

    [Fact]
    public async Task Query_parameters_that_a_page_does_not_use_do_not_make_another_page()
    {
        var plain = await _site.GetAsync("/");
        _site.Road.Take();

        var tracked = await _site.GetAsync("/?utm_source=a&fbclid=b&q=c");

        Assert.Equal(plain, tracked);
        AssertOnlyChecked(_site.Road.Take());
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("//evil.example/articles/the-disk-said-yes")]
    [InlineData("/%2f%2fevil.example")]
    [InlineData("/articles/..%2f..%2fetc%2fpasswd")]
    [InlineData("/articles/%00")]
    [InlineData("/articles/%ff%fe")]
    [InlineData("/articles/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/articles/a%0d%0aLocation:%20https:%2f%2fevil.example")]
    [InlineData("/assets/../appsettings.json")]
    [InlineData("/assets/x/..%2f..%2fappsettings.json")]
    [InlineData("//")]
    [InlineData("/\\evil.example")]
    public async Task A_hostile_address_is_not_found_and_leads_nowhere(string path)
    {
        // A URL class would clean the path, so the request is written by hand.
        var (status, text) = await RawRequest.SendAsync(_site.Client.BaseAddress!, path);

        Assert.True(status is 404 or 400, $"{status}: {text}");
        Assert.DoesNotContain("\nLocation:", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_very_long_address_is_not_found_and_not_sent_to_the_API()
    {
        var answer = await _site.GetAsync("/articles/" + new string('a', 4_000));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.NotEmpty(_site.Road.Answers);
        Assert.All(_site.Road.Answers, sent => Assert.True(sent.Query.Length < 4_000));
    }

    [Theory]
    [InlineData("evil.example\"><script>alert(1)</script>")]
    [InlineData("evil.example\" x=\"")]
    public async Task A_host_that_is_not_a_name_is_refused(string host)
    {
        var (status, text) = await RawRequest.SendAsync(_site.Client.BaseAddress!, "/", host);

        Assert.Equal(400, status);
        Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
    }

    /// <summary>The site has asked whether its answers are still the same, and all of them are.</summary>
    private static void AssertOnlyChecked(IReadOnlyList<HttpStatusCode> answers)
    {
        Assert.NotEmpty(answers);
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.NotModified, status));
    }

    private async Task<string> SlugAsync() =>
        (string)
            (await api.QueryAsync("{ articles(first: 1) { nodes { slug } } }"))["data"]!["articles"]!["nodes"]![0]![
                "slug"
            ]!;

    private async Task<ArticleId> IdOfAsync(string slug)
    {
        var answer = await api.QueryAsync($$"""{ article(slug: "{{slug}}") { id } }""");
        return EntityId.Parse<ArticleId>((string)answer["data"]!["article"]!["id"]!)!.Value;
    }

    [GeneratedRegex("""<p class="notice" role="status"><b>This page may be out of date[\s\S]*?</p>""")]
    private static partial Regex Notice();

    [GeneratedRegex("""rel="canonical" href="(?<url>[^"]+)""" + "\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Canonical();

    [GeneratedRegex("""rel="stylesheet" href="(?<path>[^"]+)""" + "\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Sheet();
}
