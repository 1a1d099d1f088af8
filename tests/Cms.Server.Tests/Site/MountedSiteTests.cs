using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Cms.Changes;
using Cms.Data;
using Cms.Routes.Redirects;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The reader site inside the server, which answers from the same process.</summary>
[Needs("server")]
public sealed partial class MountedSiteTests(MountedSiteTests.ServerWithSite site)
    : IClassFixture<MountedSiteTests.ServerWithSite>
{
    private const string Headline = "A story that nobody has seen yet";

    private readonly NewsroomServer _server = site.Server;

    [Fact]
    public async Task The_home_page_answers_although_only_trusted_documents_are_allowed()
    {
        using var home = await _server.Client.GetAsync("/");
        var html = await home.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        Assert.Equal("text/html; charset=utf-8", home.Content.Headers.ContentType!.ToString());
        Assert.Contains("<article class=\"story big\">", html, StringComparison.Ordinal);
        Assert.Contains("The panel on this story", html, StringComparison.Ordinal);
        Assert.True(home.Headers.CacheControl!.Public);
        Assert.NotEmpty(home.Headers.GetValues("Surrogate-Key").Single().Split(' '));

        // Links for developers are not shown in Production.
        Assert.DoesNotContain("/explorer", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_imported_correction_is_on_the_page_of_its_article_and_in_its_data()
    {
        var html = await _server.Client.GetStringAsync("/articles/sablefish-padding-amplification-advisory");

        Assert.Contains(
            "<p class=\"corr\"><b>Corrected <time datetime=\"2026-07-29T09:20:00",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("\"@type\":\"CorrectionComment\"", html, StringComparison.Ordinal);
        Assert.Contains("It came with 2.6.0", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_link_that_does_not_work_says_so_and_nothing_of_a_session()
    {
        using var answer = await _server.Client.GetAsync("/preview/unknown-token?article=art_unknown");
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("data-session-ended", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_in_the_server_is_checked_again_only_after_a_change()
    {
        const string headline = "A story for the feed";
        await _server.Services.GetRequiredService<ChangeFeed>().StartAsync(CancellationToken.None);
        using var first = await _server.Client.GetAsync("/feeds/all.rss");
        _server.Statements.Take();
        using var again = await _server.Client.GetAsync("/feeds/all.rss");
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);

        Assert.Empty(_server.Statements.Take());

        await new Newsroom(_server.Services).PublishedAsync(Newsroom.Story(headline));

        Assert.Contains(headline, await _server.Client.GetStringAsync("/feeds/all.rss"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/docs")]
    [InlineData("/explorer")]
    [InlineData("/explorer/")]
    [InlineData("/graphql?query={__typename}")]
    public async Task The_other_addresses_of_the_server_are_not_hidden_by_the_site(string path)
    {
        using var answer = await _server.Client.GetAsync(path);

        Assert.DoesNotContain("class=\"mast\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_page_shows_a_story_as_soon_as_it_is_published_and_is_otherwise_not_resent()
    {
        using var before = await _server.Client.GetAsync("/");
        using var unchanged = await AskAsync(HttpMethod.Get, before.Headers.ETag!.Tag);
        await new Newsroom(_server.Services).PublishedAsync(Newsroom.Story(Headline));
        using var after = await AskAsync(HttpMethod.Get, before.Headers.ETag.Tag);

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync());
        Assert.Equal(before.Headers.ETag, unchanged.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Contains(Headline, await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\ncut of")]
    [InlineData("multipart/form-data", "id=a")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "id=a")]
    [InlineData("application/json", "[[[")]
    public async Task A_form_that_cannot_be_read_is_refused_with_a_page(string type, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/bookmarks/note")
        {
            Content = new StringContent(body),
        };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("class=\"mast\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/assets/x")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    [InlineData("/assets/x/y.js")]
    public async Task A_file_that_does_not_exist_is_not_found(string path)
    {
        using var answer = await _server.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/2019/05/the-old-story.html", "/articles/the-disk-said-yes")]
    [InlineData("/reports/2024.pdf", "/categories/research")]
    [InlineData("/2020/umlauts", "/über-uns?q=ä#ö", "/%C3%BCber-uns?q=%C3%A4#%C3%B6")]
    [InlineData("/2020/elsewhere", "https://bücher.example/ü?q=é", "https://xn--bcher-kva.example/%C3%BC?q=%C3%A9")]
    public async Task An_old_address_leads_to_the_new_one(string from, string to, string? location = null)
    {
        Newsroom.Value(
            await _server
                .Services.GetRequiredService<SaveRedirect>()
                .Handle(new SaveRedirectInput { From = from, To = to }, Newsroom.Erin, default)
        );
        using HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

        using var answer = await client.GetAsync(new Uri(_server.Client.BaseAddress!, from));
        using var missing = await client.GetAsync(
            new Uri(_server.Client.BaseAddress!, from.Replace("20", "21", StringComparison.Ordinal))
        );

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(location ?? to, answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("class=\"mast\"", await missing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_HEAD_request_gets_the_headers_of_the_page_without_the_page()
    {
        using var page = await AskAsync(HttpMethod.Get);
        using var head = await AskAsync(HttpMethod.Head);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(page.Headers.ETag, head.Headers.ETag);
        Assert.Equal(page.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("br", true)]
    [InlineData("gzip, br;q=0.5", true)]
    [InlineData("br;q=0", false)]
    [InlineData("identity", false)]
    public async Task A_page_is_compressed_once_if_the_browser_can_read_that(string accepted, bool isCompressed)
    {
        using var plain = await AskAsync(HttpMethod.Get);
        using HttpRequestMessage request = new(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await _server.Client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(isCompressed ? ["br"] : [], answer.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal(
            await plain.Content.ReadAsStringAsync(),
            Encoding.UTF8.GetString(isCompressed ? Decompress(body) : body)
        );
    }

    [Fact]
    public async Task Kept_pages_are_shown_while_the_database_is_away_and_others_say_when_to_try_again()
    {
        using var before = await _server.Client.GetAsync("/");
        _server.Statements.Fault = new DatabaseUnavailableException();

        using var during = await _server.Client.GetAsync("/");
        using var never = await _server.Client.GetAsync("/articles/nobody-has-asked-for-this");

        Assert.Equal(HttpStatusCode.OK, during.StatusCode);
        Assert.Equal(
            await before.Content.ReadAsStringAsync(),
            Notice().Replace(await during.Content.ReadAsStringAsync(), "<!--notice-->")
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, never.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), never.Headers.RetryAfter!.Delta);
        _server.Statements.Fault = null;
        using var after = await _server.Client.GetAsync("/articles/nobody-has-asked-for-this");
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
    }

    [Fact]
    public async Task A_kept_page_with_a_withdrawn_story_is_not_shown_while_the_database_is_away()
    {
        const string headline = "A story that is taken back";
        await _server.Services.GetRequiredService<ChangeFeed>().StartAsync(CancellationToken.None);
        Newsroom newsroom = new(_server.Services);
        var story = await newsroom.PublishedAsync(Newsroom.Story(headline));
        Assert.Contains(headline, await _server.Client.GetStringAsync("/"), StringComparison.Ordinal);
        await new PartnerSteps(_server.Services).KillAsync(story);
        _server.Statements.Fault = new DatabaseUnavailableException();

        using var during = await _server.Client.GetAsync("/");
        _server.Statements.Fault = null;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, during.StatusCode);
        Assert.DoesNotContain(headline, await during.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(headline, await _server.Client.GetStringAsync("/"), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string? known = null)
    {
        using HttpRequestMessage request = new(method, "/");
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await _server.Client.SendAsync(request);
    }

    /// <summary>The server with the site.</summary>
    public sealed class ServerWithSite : IAsyncLifetime
    {
        public NewsroomServer Server { get; } =
            new()
            {
                Settings = ["--Cms:Site:Enabled=true", "--Cms:AnonymousDocuments=Trusted"],
                // A reader who would wait for longer than 600 ms gets a page that may be out of date. No request waits
                // that long here, however slow the machine is.
                More = services => services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now)),
            };

        private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

        public Task InitializeAsync() => Server.InitializeAsync();

        public Task DisposeAsync() => Server.DisposeAsync();
    }

    [GeneratedRegex("""<p class="notice" role="status"><b>This page may be out of date[\s\S]*?</p>""")]
    private static partial Regex Notice();

    private static byte[] Decompress(byte[] body)
    {
        using BrotliStream stream = new(new MemoryStream(body), CompressionMode.Decompress);
        using MemoryStream text = new();
        stream.CopyTo(text);
        return text.ToArray();
    }
}
