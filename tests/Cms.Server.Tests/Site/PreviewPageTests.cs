using System.Net;
using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Data;
using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>Preview links on the reader site: they show the working copy whole, to nobody else, and end.</summary>
[Needs("server")]
public sealed class PreviewPageTests(PreviewPageTests.ServerWithSite site)
    : IClassFixture<PreviewPageTests.ServerWithSite>
{
    private const string Unknown = "cmsp_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    private readonly NewsroomServer _server = site.Server;

    private Newsroom Newsroom => new(_server.Services);

    [Fact]
    public async Task An_article_that_was_never_published_is_shown_whole()
    {
        var image = await Newsroom.ImageAsync(alt: "A storm over the harbour.");
        var persona = await Newsroom.PersonaAsync("The Unheard", "Perspective of nobody", order: 9);
        var article = await Newsroom.DraftAsync(
            Newsroom.Story("A harbour without ships") with
            {
                HeroImageId = image.Id,
                Byline = "Mira Oduya",
            }
        );
        await Newsroom.ApprovedTakeAsync(article.Id, persona.Id, "I would wait for the ships.");

        var preview = await OpenAsync(article);

        Assert.Equal(HttpStatusCode.OK, preview.Status);
        foreach (
            var part in (string[])
                [
                    "<h1>A harbour without ships</h1>",
                    "What two people and a parser generator did with five days.",
                    "By Mira Oduya",
                    "They began on Monday.",
                    "The Unheard",
                    "I would wait for the ships.",
                    "A storm over the harbour.",
                    "<b>Preview.</b>",
                    "<meta name=\"robots\" content=\"noindex\">",
                ]
        )
        {
            Assert.Contains(part, preview.Html, StringComparison.Ordinal);
        }

        // One take has nothing to be compared with, so there is no chart.
        Assert.DoesNotContain("class=\"stage\"", preview.Html, StringComparison.Ordinal);

        var picture = WebUtility.HtmlDecode(
            preview.Html.Split(" src=\"").First(t => t.StartsWith("/i/", StringComparison.Ordinal)).Split('"')[0]
        );
        using var shown = await _server.Client.GetAsync(picture);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Equal(
            ("no-store, private", "noindex", "no-referrer", false, false),
            (
                preview.Headers.CacheControl?.ToString(),
                preview.Headers.GetValues("X-Robots-Tag").Single(),
                preview.Headers.GetValues("Referrer-Policy").Single(),
                preview.Headers.Contains("Surrogate-Key"),
                preview.Headers.ETag is not null
            )
        );
    }

    [Fact]
    public async Task A_preview_shares_nothing_with_the_pages_of_others()
    {
        var published = await Newsroom.PublishedAsync(Newsroom.Story("What everybody reads"));
        var unpublished = await Newsroom.DraftAsync(Newsroom.Story("What nobody reads"));
        var before = await GetAsync(Path(published));
        await Newsroom.SaveAsync(published.Id, Newsroom.Story("What only editors read"));

        var preview = await OpenAsync(published);
        var other = await OpenAsync(unpublished);

        Assert.Contains("What only editors read", preview.Html, StringComparison.Ordinal);
        Assert.Contains("What nobody reads", other.Html, StringComparison.Ordinal);
        Assert.Equal(before.Html, (await GetAsync(Path(published))).Html);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(Path(unpublished))).Status);
        foreach (var path in (string[])["/", "/search?q=reads", "/sitemap.xml", "/sitemaps/news.xml"])
        {
            // The browser sends the cookie only with its article. Even if it did not, other pages would not use it.
            var page = await GetAsync(path, preview.Cookie);
            Assert.DoesNotContain("What only editors read", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("What nobody reads", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>Preview.</b>", page.Html, StringComparison.Ordinal);
        }

        // The token of one article opens no other.
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(Path(unpublished), preview.Cookie)).Status);
    }

    [Fact]
    public async Task A_preview_shows_what_was_saved_since()
    {
        var article = await Newsroom.DraftAsync(Newsroom.Story("A first idea"), "an-idea-with-an-address");
        var preview = await OpenAsync(article);

        await Newsroom.SaveAsync(article.Id, Newsroom.Story("A second idea"));

        var after = await GetAsync(Path(article), preview.Cookie);
        Assert.Contains("<h1>A first idea</h1>", preview.Html, StringComparison.Ordinal);
        Assert.Contains("<h1>A second idea</h1>", after.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_that_expired_or_were_revoked_or_never_existed_show_the_same_page()
    {
        var article = await Newsroom.DraftAsync(Newsroom.Story("A story behind a broken link"));
        var (revoked, expired) = (await LinkAsync(article), await LinkAsync(article));
        var cookie = (await OpenAsync(article, revoked)).Cookie;
        await RevokeAsync(revoked);
        await ExpireAsync(expired);

        var unknown = await GetAsync(PathOf(article, Unknown));

        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Contains("This preview link does not work", unknown.Html, StringComparison.Ordinal);
        Assert.Equal(unknown.Html, (await GetAsync(PathOf(article, revoked.Token!))).Html);
        Assert.Equal(unknown.Html, (await GetAsync(PathOf(article, expired.Token!))).Html);
        Assert.Equal(unknown.Html, (await GetAsync("/preview/" + Unknown)).Html);
        Assert.Equal(unknown.Html, (await GetAsync($"/preview/{Unknown}?article=not-an-id")).Html);
        Assert.DoesNotContain(Unknown, unknown.Html, StringComparison.Ordinal);

        // Nor does the page that was open say what the article was.
        var open = await GetAsync(Path(article), cookie);
        Assert.Equal(HttpStatusCode.NotFound, open.Status);
        Assert.Contains("This preview link does not work", open.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("A story behind a broken link", open.Html, StringComparison.Ordinal);
        Assert.True(open.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_preview_of_a_public_article_becomes_what_readers_see_when_its_link_ends()
    {
        var article = await Newsroom.PublishedAsync(Newsroom.Story("The public story"));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("The changed story"));
        var link = await LinkAsync(article);
        var preview = await OpenAsync(article, link);
        await RevokeAsync(link);

        var after = await GetAsync(Path(article), preview.Cookie);

        Assert.Contains("<h1>The changed story</h1>", preview.Html, StringComparison.Ordinal);
        Assert.Contains("<h1>The public story</h1>", after.Html, StringComparison.Ordinal);
        Assert.Contains("Your preview link does not work any more.", after.Html, StringComparison.Ordinal);
        Assert.True(after.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_who_ends_a_preview_returns_to_what_everybody_can_read(bool isPublic)
    {
        var article = isPublic
            ? await Newsroom.PublishedAsync(Newsroom.Story("An open end"))
            : await Newsroom.DraftAsync(Newsroom.Story("A closed end"));
        var preview = await OpenAsync(article);

        var ended = await GetAsync($"/preview/end?article={article.Slug}", preview.Cookie);

        Assert.Contains($"href=\"/preview/end?article={article.Slug}\"", preview.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, ended.Status);
        Assert.Equal(isPublic ? Path(article) : "/", ended.Headers.Location?.OriginalString);
        var cookie = ended.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("cms-preview=;", cookie, StringComparison.Ordinal);
        Assert.Contains($"path={Path(article)}", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private static string Path(Article article) => "/articles/" + article.Slug;

    private static string PathOf(Article article, string token) => $"/preview/{token}?article={article.Id.Format()}";

    /// <summary>Opens a preview link as a browser does, and returns the page with the cookie.</summary>
    private async Task<Shown> OpenAsync(Article article, PreviewLink? link = null)
    {
        link ??= await LinkAsync(article);
        var opened = await GetAsync(PathOf(article, link.Token!));
        Assert.Equal(
            (HttpStatusCode.SeeOther, Path(article)),
            (opened.Status, opened.Headers.Location?.OriginalString)
        );
        var cookie = opened.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"path={Path(article)}", cookie, StringComparison.OrdinalIgnoreCase);
        return await GetAsync(Path(article), cookie.Split(';')[0]);
    }

    private async Task<Shown> GetAsync(string path, string? cookie = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(_server.Client.BaseAddress!, path));
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        var response = await site.Browser.SendAsync(request);
        return new Shown(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, cookie);
    }

    private async Task<PreviewLink> LinkAsync(Article article) =>
        Newsroom.Value(
            await _server
                .Services.GetRequiredService<CreatePreviewLink>()
                .Handle(new CreatePreviewLinkInput { Article = article.Id }, Newsroom.Erin, default)
        );

    private async Task RevokeAsync(PreviewLink link) =>
        Newsroom.Value(
            await _server
                .Services.GetRequiredService<RevokePreviewLink>()
                .Handle(new RevokePreviewLinkInput { Id = link.Id }, Newsroom.Erin, default)
        );

    private async Task ExpireAsync(PreviewLink link)
    {
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await using var db = await _server
            .Services.GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        await db
            .PreviewLinks.Where(l => l.Id == link.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, before));
    }

    /// <summary>The server with the site, and a client that follows no redirects.</summary>
    public sealed class ServerWithSite : IAsyncLifetime
    {
        public NewsroomServer Server { get; } =
            new() { Settings = ["--Cms:Site:Enabled=true", "--Cms:AnonymousDocuments=Trusted"] };

        public HttpClient Browser { get; } =
            new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        public Task InitializeAsync() => Server.InitializeAsync();

        public Task DisposeAsync()
        {
            Browser.Dispose();
            return Server.DisposeAsync();
        }
    }

    private sealed record Shown(
        HttpStatusCode Status,
        string Html,
        System.Net.Http.Headers.HttpResponseHeaders Headers,
        string? Cookie
    );
}
