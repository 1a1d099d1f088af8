using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Server.Tests.Support;
using Cms.Site;
using Cms.Site.Feeds;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The feeds of articles and takes, as programs read them.</summary>
[Needs("server")]
public sealed class FeedTests(NewsroomServer api) : IClassFixture<NewsroomServer>, IAsyncLifetime
{
    private const string Origin = "https://panel.example";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Tombstone = "http://purl.org/atompub/tombstones/1.0";
    private static readonly XNamespace History = "http://purl.org/syndication/history/1.0";

    private StandaloneSite _site = null!;

    private Newsroom Newsroom => new(api.Services);

    public async Task InitializeAsync() =>
        _site = await StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            new SiteSettings { Origin = new Uri(Origin), Tagline = "News & <views>" }
        );

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [SkippableFact]
    [Needs("npm")]
    public async Task Independent_programs_read_the_same_in_all_three_formats()
    {
        await Newsroom.PublishedAsync(Newsroom.Story("Odd & “title”, 2 < 3 ]]> 🦔 end"), "odd");
        string[] feeds = ["all", "category/security", "takes/all"];

        var found = (
            await NpmClients.RunAsync("feeds.mjs", feeds.Select(feed => $"{_site.Client.BaseAddress}feeds/{feed}"))
        )
            .Select(line => JsonNode.Parse(line)!.AsObject())
            .ToList();

        Assert.Equal(feeds.Length, found.Count);
        Assert.All(
            found,
            programs =>
            {
                var expected = programs["JSON Feed"]!;
                Assert.NotEmpty(expected["items"]!.AsArray());
                foreach (var (program, feed) in programs)
                {
                    Assert.Equal((string)expected["title"]!, (string)feed!["title"]!);
                    Assert.Equal(((string)expected["page"]!).TrimEnd('/'), ((string)feed["page"]!).TrimEnd('/'));
                    foreach (var name in new[] { "id", "url", "title", "publishedAt", "html" })
                    {
                        Assert.Equal(Values(expected, name), Values(feed, name));
                    }
                }
            }
        );
        Assert.Equal("Odd & “title”, 2 < 3 ]]> 🦔 end", Values(found[0]["JSON Feed"]!, "title")[0]);

        static List<string?> Values(JsonNode feed, string name) =>
            [.. feed["items"]!.AsArray().Select(item => ((string?)item![name])?.Trim())];
    }

    [Fact]
    public async Task The_feed_and_its_archive_contain_every_article()
    {
        List<string> read = [];
        List<string> documents = [];
        for (var url = $"{Origin}/feeds/all.atom"; url is not null; )
        {
            Assert.DoesNotContain(url, documents);
            documents.Add(url);
            var feed = await AtomAsync(url[Origin.Length..]);
            Assert.Equal(url, LinkOf(feed, "self"));
            Assert.Equal($"{Origin}/feeds/all.atom", (string)feed.Element(Atom + "id")!);
            Assert.Equal(documents.Count > 1, feed.Element(History + "archive") is not null);
            Assert.Equal(documents.Count > 1 ? $"{Origin}/feeds/all.atom" : null, LinkOf(feed, "current"));
            read.AddRange(IdsOf(feed));
            url = LinkOf(feed, "prev-archive");
        }

        Assert.Equal(
            (await PublicIdsAsync("null")).Order(StringComparer.Ordinal),
            read.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );

        // Everything older than today is in the archive, whatever the feed itself contains.
        Assert.True(documents.Count > 2, string.Join(' ', documents));
    }

    [Theory]
    [InlineData("category", "security", """{ category: { slug: { eq: "security" } } }""")]
    [InlineData("tag", "databases", """{ tags: { some: { slug: { eq: "databases" } } } }""")]
    [InlineData("tool", "lantern-db", """{ about: { some: { slug: { eq: "lantern-db" } } } }""")]
    [InlineData("persona", "the-skeptic", """{ takes: { some: { persona: { slug: { eq: "the-skeptic" } } } } }""")]
    public async Task A_feed_of_a_subject_contains_its_articles(string kind, string slug, string filter)
    {
        var feed = await AtomAsync($"/feeds/{kind}/{slug}.atom");
        var expected = await PublicIdsAsync(filter);

        Assert.NotEmpty(expected);
        Assert.Equal(expected.Take(50), IdsOf(feed));
    }

    [Fact]
    public async Task A_feed_of_takes_leads_to_each_take_on_the_page_of_its_article()
    {
        var feed = await AtomAsync("/feeds/takes/persona/the-skeptic.atom");
        var page = await _site.GetAsync(
            new Uri(LinkOf(feed.Elements(Atom + "entry").First(), "alternate")!).AbsolutePath
        );

        var links = feed.Elements(Atom + "entry").Select(entry => LinkOf(entry, "alternate")!).ToList();
        Assert.NotEmpty(links);
        Assert.Contains($"id=\"{links[0].Split('#')[1]}\"", page.Html, StringComparison.Ordinal);
        Assert.All(
            feed.Elements(Atom + "entry"),
            entry =>
                Assert.StartsWith("The Skeptic on “", (string)entry.Element(Atom + "title")!, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Every_address_in_a_feed_is_absolute_and_nothing_needs_the_scripts_of_the_site()
    {
        foreach (var path in new[] { "/feeds/all.atom", "/feeds/takes/all.atom" })
        {
            var feed = await AtomAsync(path);
            var contents = feed.Descendants(Atom + "content").Select(content => (string)content).ToList();
            Assert.NotEmpty(contents);
            Assert.All(
                contents,
                html =>
                {
                    Assert.DoesNotMatch("""(href|src)="(?!https?:|mailto:)""", html);
                    Assert.DoesNotMatch("""<(script|style|iframe|form)|srcset=|data-|\son[a-z]+=""", html);
                }
            );
            Assert.All(
                feed.Descendants().Attributes("href"),
                link => Assert.StartsWith("https://", link.Value, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task A_correction_updates_the_entry_and_says_so_and_a_withdrawal_removes_it()
    {
        var article = await Newsroom.PublishedAsync(Newsroom.Story("Nine lanterns"), "nine-lanterns");
        var before = await EntryAsync("Nine lanterns");
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Ten lanterns"));
        Newsroom.Value(
            await api
                .Services.GetRequiredService<CorrectArticle>()
                .Handle(new CorrectArticleInput { Id = article.Id, Note = "There were <ten>." }, Newsroom.Erin, default)
        );

        var after = await EntryAsync("Ten lanterns");
        Newsroom.Value(
            await api
                .Services.GetRequiredService<WithdrawArticle>()
                .Handle(new() { Id = article.Id, Reason = "It was a joke." }, Newsroom.Erin, default)
        );

        Assert.Equal((string)before!.Element(Atom + "id")!, (string)after!.Element(Atom + "id")!);
        Assert.Equal((string)before.Element(Atom + "published")!, (string)after.Element(Atom + "published")!);
        Assert.Contains("There were &lt;ten&gt;.", (string)after.Element(Atom + "content")!, StringComparison.Ordinal);
        Assert.Null(await EntryAsync("Ten lanterns"));

        async Task<XElement?> EntryAsync(string title) =>
            (await AtomAsync("/feeds/all.atom"))
                .Elements(Atom + "entry")
                .SingleOrDefault(entry => (string)entry.Element(Atom + "title")! == title);
    }

    [Fact]
    public async Task A_withdrawn_article_leaves_a_tombstone_in_the_Atom_feeds_that_contained_it()
    {
        const string path = "/feeds/category/security.atom";
        var category = (string)
            (await api.QueryAsync("""{ category(slug: "security") { id } }"""))["data"]!["category"]!["id"]!;
        var article = await Newsroom.PublishedAsync(
            Newsroom.Story("A tale for the tombs") with
            {
                CategoryId = EntityId.Parse<CategoryId>(category),
            }
        );
        var before = await _site.GetAsync(path);
        Newsroom.Value(
            await api
                .Services.GetRequiredService<WithdrawArticle>()
                .Handle(new() { Id = article.Id, Reason = "It was <made up>." }, Newsroom.Erin, default)
        );

        var after = await _site.GetAsync(path, before.ETag);
        var feed = XElement.Parse(after.Html);
        var tombstone = Assert.Single(TombstonesOf(feed, article.Id));

        Assert.Empty(TombstonesOf(XElement.Parse(before.Html), article.Id));
        Assert.Equal("It was <made up>.", (string)tombstone.Element(Tombstone + "comment")!);
        Assert.Equal((string)feed.Element(Atom + "updated")!, (string)tombstone.Attribute("when")!);
        Assert.Single(TombstonesOf(await AtomAsync("/feeds/all.atom"), article.Id));
        Assert.Empty(TombstonesOf(await AtomAsync("/feeds/category/research.atom"), article.Id));
        Assert.Empty(TombstonesOf(await AtomAsync("/feeds/takes/all.atom"), article.Id));
        Assert.DoesNotContain("deleted-entry", (await _site.GetAsync("/feeds/all.rss")).Html, StringComparison.Ordinal);

        // Nobody needs to hear of what was withdrawn long ago, or is back.
        _site.Clock.Advance(TimeSpan.FromDays(91));
        Assert.Empty(TombstonesOf(await AtomAsync(path), article.Id));
        Assert.Contains(article.Id.ToString(), await WithdrawnAsync(), StringComparison.Ordinal);
        await Newsroom.PublishAsync(article.Id);
        Assert.DoesNotContain(article.Id.ToString(), await WithdrawnAsync(), StringComparison.Ordinal);

        async Task<string> WithdrawnAsync() =>
            (
                await api.QueryAsync("""{ withdrawnArticles(since: "2026-01-01T00:00:00Z") { articleId } }""")
            ).ToJsonString();

        static List<XElement> TombstonesOf(XElement feed, ArticleId article) =>
            [
                .. feed.Elements(Tombstone + "deleted-entry")
                    .Where(entry => (string?)entry.Attribute("ref") == $"urn:uuid:{article.Value}"),
            ];
    }

    [Fact]
    public async Task A_take_that_readers_do_not_see_any_more_leaves_a_tombstone_in_the_Atom_feeds_of_takes()
    {
        var (one, other) = (
            await Newsroom.PersonaAsync("The Undertaker", order: 20),
            await Newsroom.PersonaAsync("The Mourner", order: 21)
        );
        var article = await Newsroom.DraftAsync(Newsroom.Story("Takes for the tombs"));
        var retracted = await Newsroom.ApprovedTakeAsync(article.Id, one.Id);
        var buried = await Newsroom.ApprovedTakeAsync(article.Id, other.Id);
        await Newsroom.PublishAsync(article.Id);
        const string path = "/feeds/takes/all.atom";
        var before = await _site.GetAsync(path);
        Newsroom.Value(
            await api
                .Services.GetRequiredService<RetractTake>()
                .Handle(new() { Id = retracted.Id, Reason = "Not for readers." }, Newsroom.Erin, default)
        );
        var after = await _site.GetAsync(path, before.ETag);
        Newsroom.Value(
            await api
                .Services.GetRequiredService<WithdrawArticle>()
                .Handle(new() { Id = article.Id, Reason = "Made <up>." }, Newsroom.Erin, default)
        );
        var both = await AtomAsync(path);

        Assert.Contains(IdOf(retracted), IdsOf(XElement.Parse(before.Html)));
        Assert.DoesNotContain(IdOf(retracted), IdsOf(XElement.Parse(after.Html)));
        Assert.Empty(TombsIn(XElement.Parse(before.Html)));
        Assert.Equal([IdOf(retracted)], TombsIn(XElement.Parse(after.Html)));
        Assert.Equal([IdOf(buried) + " Made <up>.", IdOf(retracted)], TombsIn(both));
        Assert.Equal([IdOf(retracted)], TombsIn(await AtomAsync($"/feeds/takes/persona/{one.Slug}.atom")));
        var rss = (await _site.GetAsync("/feeds/takes/all.rss")).Html;
        Assert.DoesNotContain("deleted-entry", rss, StringComparison.Ordinal);

        // Nobody needs to hear of what is back, or was withdrawn long ago.
        await Newsroom.PublishAsync(article.Id);
        Assert.Equal([IdOf(retracted)], TombsIn(await AtomAsync(path)));
        _site.Clock.Advance(TimeSpan.FromDays(91));
        Assert.Empty(TombsIn(await AtomAsync(path)));

        static string IdOf(Take take) => $"urn:uuid:{take.Id.Value}";

        List<string> TombsIn(XElement feed) =>
            [
                .. feed.Elements(Tombstone + "deleted-entry")
                    .Where(entry => new[] { IdOf(retracted), IdOf(buried) }.Contains((string)entry.Attribute("ref")!))
                    .Select(entry =>
                        $"{(string)entry.Attribute("ref")!} {(string?)entry.Element(Tombstone + "comment")}".Trim()
                    ),
            ];
    }

    [Theory]
    [InlineData("rss", "application/rss+xml")]
    [InlineData("atom", "application/atom+xml")]
    [InlineData("json", "application/feed+json")]
    public async Task A_feed_that_has_not_changed_is_not_sent_again(string format, string type)
    {
        using var first = await SendAsync(_ => { });
        using var byTag = await SendAsync(request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        using var byDate = await SendAsync(request =>
            request.Headers.IfModifiedSince = first.Content.Headers.LastModified
        );
        using var byOldDate = await SendAsync(request =>
            request.Headers.IfModifiedSince = first.Content.Headers.LastModified - TimeSpan.FromSeconds(1)
        );
        using var gzipped = await SendAsync(request => request.Headers.AcceptEncoding.ParseAdd("gzip"));

        Assert.Equal(type, first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", first.Content.Headers.ContentType.CharSet);
        Assert.Equal(
            [HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.OK],
            new[] { byTag, byDate, byOldDate, gzipped }.Select(response => response.StatusCode)
        );
        Assert.Equal(["gzip"], gzipped.Content.Headers.ContentEncoding);
        Assert.NotEqual(first.Headers.ETag, gzipped.Headers.ETag);

        async Task<HttpResponseMessage> SendAsync(Action<HttpRequestMessage> change)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/feeds/all." + format);
            change(request);
            return await _site.Client.SendAsync(request);
        }
    }

    [Theory]
    [InlineData("/feeds/nothing.rss")]
    [InlineData("/feeds/all.xml")]
    [InlineData("/feeds/category/nowhere.rss")]
    [InlineData("/feeds/all/2026-02-30.rss")]
    [InlineData("/feeds/all/1999-01-01.rss")]
    [InlineData("/feeds/all/2999-01-01.rss")]
    [InlineData("/feeds/takes/category/security.rss")]
    public async Task An_address_without_a_feed_is_not_found(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _site.GetAsync(path)).Status);

    [Fact]
    public async Task The_list_of_feeds_names_feeds_that_exist()
    {
        var opml = XDocument.Parse((await _site.GetAsync("/feeds.opml")).Html);
        var feeds = opml.Descendants("outline").Attributes("xmlUrl").Select(url => new Uri(url.Value)).ToList();

        Assert.True(feeds.Count > 20);
        foreach (var feed in feeds)
        {
            Assert.Equal(Origin, feed.GetLeftPart(UriPartial.Authority));
            Assert.Equal(HttpStatusCode.OK, (await _site.GetAsync(feed.AbsolutePath)).Status);
        }
    }

    [Fact]
    public async Task Pages_lead_to_their_feeds()
    {
        var home = WebUtility.HtmlDecode((await _site.GetAsync("/")).Html);
        var section = WebUtility.HtmlDecode((await _site.GetAsync("/categories/security")).Html);

        Assert.Contains("type=\"application/rss+xml\"", home, StringComparison.Ordinal);
        Assert.Contains("href=\"/feeds/all.atom\"", home, StringComparison.Ordinal);
        Assert.Contains("href=\"/feeds/category/security.atom\"", section, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_of_a_feed_is_read_as_it_is_written()
    {
        DateOnly?[] days = [null, new DateOnly(2026, 2, 28)];
        var feeds =
            from subject in Enum.GetValues<FeedSubject>()
            from format in Enum.GetValues<FeedFormat>()
            from day in days
            from part in Enumerable.Range(1, day is null ? 1 : FeedAddress.MaxPart)
            select new FeedAddress(subject, subject is FeedSubject.All ? "" : "a-slug-2", format)
            {
                Day = day,
                Part = part,
            };

        Assert.All(feeds, feed => Assert.Equal(feed, FeedAddress.Parse(feed.Path["/feeds/".Length..])));
    }

    private async Task<XElement> AtomAsync(string path)
    {
        var sent = await _site.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        return XElement.Parse(sent.Html);
    }

    private static List<string> IdsOf(XElement feed) =>
        [.. feed.Elements(Atom + "entry").Select(entry => (string)entry.Element(Atom + "id")!)];

    private static string? LinkOf(XElement element, string relation) =>
        (string?)
            element
                .Elements(Atom + "link")
                .SingleOrDefault(link => (string?)link.Attribute("rel") == relation)
                ?.Attribute("href");

    // Returns the ids of public articles as feeds write them, newest first.
    private async Task<IReadOnlyList<string>> PublicIdsAsync(string filter)
    {
        List<string> ids = [];
        for (string? after = null; ; )
        {
            var page = (
                await api.QueryAsync(
                    $$"""query($after: String) { articles(first: 100, after: $after, where: {{filter}}) { nodes { id } pageInfo { hasNextPage endCursor } } }""",
                    new { after }
                )
            )["data"]!["articles"]!;
            ids.AddRange(
                page["nodes"]!
                    .AsArray()
                    .Select(node => $"urn:uuid:{EntityId.Parse<ArticleId>((string)node!["id"]!)!.Value.Value}")
            );
            if (!(bool)page["pageInfo"]!["hasNextPage"]!)
            {
                return ids;
            }

            after = (string)page["pageInfo"]!["endCursor"]!;
        }
    }
}
