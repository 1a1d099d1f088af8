using System.Net;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Clients;

/// <summary>The explorer, the reference and the home page, as a browser requests them.</summary>
[Needs("server")]
public sealed class PageTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [Theory]
    [InlineData("/explorer/", "text/html")]
    [InlineData("/explorer/explorer.js", "text/javascript")]
    [InlineData("/docs", "text/html; charset=utf-8")]
    [InlineData("/docs/schema.graphql", "text/plain; charset=utf-8")]
    public async Task A_page_runs_only_scripts_from_this_site_and_is_not_resent_if_unchanged(string path, string type)
    {
        using var first = await server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(type, first.Content.Headers.ContentType!.ToString());
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await server.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/docs/schema.graphql")]
    [InlineData("/explorer/")]
    [InlineData("/healthz/live")]
    public async Task A_HEAD_request_for_a_page_is_answered_without_a_body(string path)
    {
        using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    // At /docs/, the relative link would lead to /docs/docs/docs.css, so the server redirects to /docs.
    [Fact]
    public async Task The_reference_finds_its_style_sheet_with_and_without_a_trailing_slash()
    {
        using var page = await server.Client.GetAsync("/docs/");

        var style = new Uri(page.RequestMessage!.RequestUri!, "docs/docs.css");
        Assert.Contains("href=\"docs/docs.css\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(style)).StatusCode);
    }

    [Fact]
    public async Task The_reference_has_anchors_for_all_types_and_members_and_for_error_codes()
    {
        var page = await server.Client.GetStringAsync("/docs");

        var types = (
            await server.QueryAsync(
                "{ __schema { types { name fields { name } enumValues { name } inputFields { name } } } }"
            )
        )["data"]!["__schema"]!["types"]!.AsArray();
        foreach (var type in types.Where(type => !((string)type!["name"]!).StartsWith("__", StringComparison.Ordinal)))
        {
            Assert.Contains($"<section id=\"{type!["name"]}\"", page, StringComparison.Ordinal);
            foreach (var list in new[] { "fields", "enumValues", "inputFields" })
            {
                foreach (var member in type[list]?.AsArray() ?? [])
                {
                    Assert.Contains($"<dt id=\"{type["name"]}.{member!["name"]}\"", page, StringComparison.Ordinal);
                }
            }
        }

        Assert.Contains("<dt id=\"COST_EXCEEDED\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<p></p>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/explorer/../appsettings.json")]
    [InlineData("/explorer/..%2fappsettings.json")]
    [InlineData("/docs/%2e%2e/cms.db")]
    public async Task Files_that_do_not_belong_to_a_page_cannot_be_read(string path)
    {
        using var answer = await server.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
