using System.Net;
using Cms.Articles.Preview;
using Cms.Delivery;
using Cms.Reading;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Preview;

/// <summary>Answers to requests with a preview token are never stored, and stored answers are never sent to them.</summary>
[Needs("server")]
public sealed class PreviewCachingTests : IAsyncLifetime
{
    private const string Query = """{ article(slug: "the-disk-said-yes") { id headline } }""";

    private PreviewedNewsroom _newsroom = null!;
    private PreviewLink _link = null!;

    public async Task InitializeAsync()
    {
        _newsroom = await PreviewedNewsroom.StartAsync();
        _link = await _newsroom.LinkAsync(_newsroom.Id);
        await _newsroom.Get<Changes.ChangeFeed>().StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Fact]
    public async Task A_preview_is_not_stored_and_does_not_reach_the_next_reader()
    {
        var cache = _newsroom.Get<AnswerCache>();
        using var previewed = await _newsroom.GetAsync(Query, _link.Token);
        var stored = cache.Count;
        using var published = await _newsroom.GetAsync(Query, token: null);

        Assert.Contains(PreviewedNewsroom.Headline, await TextAsync(previewed), StringComparison.Ordinal);
        Assert.Equal("no-store, private", previewed.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("Cms; fwd=bypass", previewed.Headers.GetValues("Cache-Status").Single());
        Assert.False(previewed.Headers.Contains("ETag"));
        Assert.False(previewed.Headers.Contains("Surrogate-Key"));
        Assert.Equal(0, stored);
        Assert.DoesNotContain(PreviewedNewsroom.Headline, await TextAsync(published), StringComparison.Ordinal);
        Assert.Equal("Cms; fwd=uri-miss; stored", published.Headers.GetValues("Cache-Status").Single());
    }

    [Fact]
    public async Task A_stored_answer_is_not_sent_to_the_holder_of_a_token()
    {
        using var published = await _newsroom.GetAsync(Query, token: null);
        using var again = await _newsroom.GetAsync(Query, token: null);
        using var previewed = await _newsroom.GetAsync(Query, _link.Token, published.Headers.ETag!.Tag);
        using var after = await _newsroom.GetAsync(Query, token: null);

        Assert.Equal("Cms; hit", again.Headers.GetValues("Cache-Status").Single());
        Assert.Equal(HttpStatusCode.OK, previewed.StatusCode);
        Assert.Contains(PreviewedNewsroom.Headline, await TextAsync(previewed), StringComparison.Ordinal);
        Assert.Equal(await TextAsync(published), await TextAsync(after));
        Assert.Equal("Cms; hit", after.Headers.GetValues("Cache-Status").Single());
    }

    [Fact]
    public async Task Answers_that_contain_no_preview_are_not_stored_for_a_token_either()
    {
        const string other = "{ personas { nodes { name } } }";
        using var previewed = await _newsroom.GetAsync(other, _link.Token);
        using var published = await _newsroom.GetAsync(other, token: null);

        Assert.Equal("no-store, private", previewed.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("Cms; fwd=uri-miss; stored", published.Headers.GetValues("Cache-Status").Single());
    }

    [Fact]
    public async Task Every_answer_names_the_headers_that_shared_caches_must_compare()
    {
        using var published = await _newsroom.GetAsync(Query, token: null);
        using var previewed = await _newsroom.GetAsync(Query, _link.Token);

        foreach (var response in (HttpResponseMessage[])[published, previewed])
        {
            Assert.Superset(new HashSet<string>(["Cms-Preview", "Cms-Perspective"]), response.Headers.Vary.ToHashSet());
        }
    }

    [Fact]
    public async Task A_request_with_a_worthless_token_uses_the_stored_answer()
    {
        using var published = await _newsroom.GetAsync(Query, token: null);
        await _newsroom.RevokeAsync(_link.Id);
        using var revoked = await _newsroom.GetAsync(Query, _link.Token);
        using var unchanged = await _newsroom.GetAsync(Query, _link.Token, published.Headers.ETag!.Tag);

        Assert.Equal("Cms; hit", revoked.Headers.GetValues("Cache-Status").Single());
        Assert.Equal(await TextAsync(published), await TextAsync(revoked));
        Assert.Equal(published.Headers.CacheControl, revoked.Headers.CacheControl);
        Assert.Equal(published.Headers.ETag, revoked.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Rows_of_a_preview_that_are_not_public_are_not_cached()
    {
        const string query = """{ article(slug: "the-disk-said-yes") { id about { id name } tags { id name } } }""";
        var previewed = await _newsroom.ReadAsync(query, _link.Token);
        var rows = _newsroom.Get<RowCache>();

        Assert.Equal("Unreleased", (string?)previewed["data"]!["article"]!["about"]![0]!["name"]);
        Assert.Null(rows.Find<Tools.PublicTool>(ChangeSubject.Tool, _newsroom.Tool.Value));
        Assert.Null(rows.Find<Taxonomy.Tag>(ChangeSubject.Tag, _newsroom.Tag.Value));
    }

    [Fact]
    public async Task Holders_of_a_token_have_the_rate_limit_of_their_address()
    {
        await using var server = new NewsroomServer
        {
            Settings = ["--Cms:Limits:AnonymousPerSecond=1", "--Cms:Limits:AnonymousBurst=3"],
        };
        await server.InitializeAsync();
        await using var db = await server
            .Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<Data.CmsDbContext>>()
            .CreateDbContextAsync();
        var id = db.Articles.First().Id;
        var link = (
            await server
                .Services.GetRequiredService<CreatePreviewLink>()
                .Handle(new CreatePreviewLinkInput { Article = id }, Newsroom.Erin, CancellationToken.None)
        ).Value!;
        List<HttpStatusCode> statuses = [];
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/graphql?query={{__typename}}&n={i}");
            request.Headers.Add("Cms-Preview", link.Token);
            using var response = await server.Client.SendAsync(request);
            statuses.Add(response.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(HttpStatusCode.OK, statuses[0]);
    }

    [Fact]
    public async Task Many_unknown_tokens_from_one_address_are_rejected()
    {
        List<HttpStatusCode> statuses = [];
        for (var i = 0; i < 700 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            using var response = await _newsroom.GetAsync("{ __typename }", PreviewToken.New());
            statuses.Add(response.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(HttpStatusCode.OK, statuses[0]);
    }

    [Fact]
    public async Task Images_of_a_preview_that_are_not_public_have_addresses_that_expire()
    {
        var answer = await _newsroom.ReadAsync(
            """
            {
              article(slug: "the-disk-said-yes") {
                id
                heroImage { mediaId url urlsExpireAt }
                body { html images { image { url urlsExpireAt } } }
              }
            }
            """,
            _link.Token
        );
        var hero = answer["data"]!["article"]!["heroImage"]!;
        var url = new Uri((string)hero["url"]!, UriKind.RelativeOrAbsolute);
        var path = url.IsAbsoluteUri ? url.PathAndQuery : url.OriginalString;
        using var signed = await _newsroom.Server.Client.GetAsync(new Uri(path, UriKind.Relative));
        var unsigned = path.Split("&e=")[0];
        using var plain = await _newsroom.Server.Client.GetAsync(new Uri(unsigned, UriKind.Relative));

        Assert.Equal(_newsroom.Image.ToString(), (string?)hero["mediaId"]);
        Assert.NotNull(hero["urlsExpireAt"]);
        Assert.NotEqual(unsigned, path);
        Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, plain.StatusCode);
        Assert.NotNull(answer["data"]!["article"]!["body"]!["images"]![0]!["image"]!["urlsExpireAt"]);
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync();
}
