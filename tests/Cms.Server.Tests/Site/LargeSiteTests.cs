using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>
/// The site with 2,000 articles: lists keep to the limits in docs/operations/page-weight.md, and the sitemap
/// lists each public page once.
/// </summary>
[Needs("server")]
public sealed partial class LargeSiteTests(LargeSite site) : IClassFixture<LargeSite>
{
    private const int MaxPageBytes = 60_000;
    private const int MaxFontBytes = 120_000;
    private const int MaxBeforePaint = 5;
    private const int MaxPerPart = 5_000;
    private const int MaxPartBytes = 50_000_000;
    private const int Sample = 50;

    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    [Theory]
    [InlineData("/")]
    [InlineData("/tags/harbours")]
    [InlineData("/categories/research")]
    [InlineData("/search?q=harbour")]
    public async Task A_page_of_a_long_list_keeps_to_its_budget(string path)
    {
        var page = await WeighAsync(path);
        var links = Link()
            .Matches(page.Text)
            .Select(link => link.Groups["path"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var fonts = links.Where(link => link.EndsWith(".woff2", StringComparison.Ordinal)).ToList();
        var sheets = links.Where(link => link.EndsWith(".css", StringComparison.Ordinal)).ToList();
        var scripts = await ScriptsAsync(links.Where(link => link.EndsWith(".js", StringComparison.Ordinal)));
        var bytes = page.Bytes + scripts.Sum(script => script.Bytes);
        foreach (var sheet in sheets)
        {
            bytes += (await WeighAsync(sheet)).Bytes;
        }

        var letters = 0;
        foreach (var font in fonts)
        {
            letters += (await WeighAsync(font)).Bytes;
        }

        Assert.Contains(" and its ", page.Text, StringComparison.Ordinal);
        Assert.True(page.Text.Split("<article").Length > 10, "The page lists only a few articles.");
        Assert.NotEmpty(sheets);
        Assert.NotEmpty(scripts);
        Assert.InRange(bytes, page.Bytes + 1, MaxPageBytes);
        Assert.InRange(letters, 1, MaxFontBytes);
        Assert.InRange(1 + sheets.Count + fonts.Count, 3, MaxBeforePaint);
    }

    [Fact]
    public async Task The_sitemap_lists_each_public_page_once_with_the_time_of_its_last_change()
    {
        var index = await XmlAsync("/sitemap.xml");
        var parts = index.Elements(Sitemap + "sitemap").Select(Entry).ToList();
        List<(string Url, DateTimeOffset? Changed)> listed = [];
        foreach (var part in parts)
        {
            var file = await XmlAsync(part.Url);
            var entries = file.Elements(Sitemap + "url").Select(Entry).ToList();
            Assert.InRange(entries.Count, 1, MaxPerPart);
            if (part.Url.Contains("/articles-", StringComparison.Ordinal))
            {
                Assert.Equal(part.Changed, entries.Max(entry => entry.Changed));
            }

            // The newest articles are in the part for news too.
            listed.AddRange(part.Url.EndsWith("/news.xml", StringComparison.Ordinal) ? [] : entries);
        }

        var articles = await ArticlesAsync();
        var expected = articles.Where(article => article.IsListed).ToDictionary(a => a.Path, a => a.UpdatedAt);
        var found = listed.Where(page => PathOf(page.Url).StartsWith("/articles/", StringComparison.Ordinal)).ToList();
        Assert.InRange(expected.Count, LargeSite.Articles, int.MaxValue);
        Assert.Equal(parts.Count, parts.DistinctBy(part => part.Url).Count());
        Assert.Equal(listed.Count, listed.DistinctBy(page => page.Url).Count());
        Assert.Equal(
            expected.Keys.Order(StringComparer.Ordinal),
            found.Select(page => PathOf(page.Url)).Order(StringComparer.Ordinal)
        );
        // Sitemaps have whole seconds.
        Assert.All(
            found,
            page => Assert.Equal(expected[PathOf(page.Url)].ToUnixTimeSeconds(), page.Changed?.ToUnixTimeSeconds())
        );
        Assert.All(LargeSite.Unlisted, slug => Assert.DoesNotContain("/articles/" + slug, expected.Keys));
        Assert.Equal(
            (await TermsAsync()).Order(StringComparer.Ordinal),
            listed.Except(found).Select(page => PathOf(page.Url)).Order(StringComparer.Ordinal)
        );

        // One of many, so that all parts are in the sample.
        var step = Math.Max(1, listed.Count / Sample);
        foreach (var page in listed.Where((_, i) => i % step == 0).Concat(listed.Except(found).Take(Sample)))
        {
            using var answer = await site.Server.Client.GetAsync(page.Url);
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{page.Url}: {answer.StatusCode}");
        }
    }

    private static (string Url, DateTimeOffset? Changed) Entry(XElement entry) =>
        (
            entry.Element(Sitemap + "loc")!.Value,
            entry.Element(Sitemap + "lastmod") is { } changed
                ? DateTimeOffset.Parse(changed.Value, CultureInfo.InvariantCulture)
                : null
        );

    private static string PathOf(string url) => new Uri(url).AbsolutePath;

    private async Task<XElement> XmlAsync(string path)
    {
        using var answer = await site.Server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.InRange(text.Length, 1, MaxPartBytes);
        return XElement.Parse(text);
    }

    private async Task<List<ListedArticle>> ArticlesAsync()
    {
        List<ListedArticle> all = [];
        for (string? after = null; ; )
        {
            var answer = await site.Server.QueryAsync(
                """
                query ($after: String) {
                  articles(first: 100, after: $after) {
                    pageInfo { hasNextPage endCursor }
                    nodes { slug updatedAt seo { noIndex canonicalUrl } }
                  }
                }
                """,
                new { after }
            );
            var page = answer["data"]!["articles"]!;
            all.AddRange(page["nodes"]!.AsArray().Select(node => ListedArticle.Of(node!)));
            if (!(bool)page["pageInfo"]!["hasNextPage"]!)
            {
                return all;
            }

            after = (string)page["pageInfo"]!["endCursor"]!;
        }
    }

    // The pages of everything that is not an article.
    private async Task<List<string>> TermsAsync()
    {
        var answer = await site.Server.QueryAsync(
            """
            {
              categories(first: 100) { nodes { slug } }
              tags(first: 100) { nodes { slug articles(first: 1) { totalCount } } }
              sources(first: 100) { nodes { slug articles(first: 1) { totalCount } } }
              tools(first: 100) { nodes { slug } }
              authors(first: 100) { nodes { slug } }
              panel: personas(first: 100) { nodes { slug } }
            }
            """
        );
        return
        [
            "/",
            "/panel",
            .. answer["data"]!
                .AsObject()
                .SelectMany(list =>
                    list.Value!["nodes"]!
                        .AsArray()
                        .Where(term => term!["articles"] is not { } articles || (int)articles["totalCount"]! > 0)
                        .Select(term => $"/{list.Key}/{term!["slug"]}")
                ),
        ];
    }

    // The scripts of a page and all that they load, at once or when they are needed.
    private async Task<List<Weighed>> ScriptsAsync(IEnumerable<string> first)
    {
        Dictionary<string, Weighed> found = new(StringComparer.Ordinal);
        Queue<string> open = new(first);
        while (open.TryDequeue(out var path))
        {
            if (found.ContainsKey(path))
            {
                continue;
            }

            found[path] = await WeighAsync(path);
            foreach (Match import in Import().Matches(found[path].Text))
            {
                open.Enqueue(path[..(path.LastIndexOf('/') + 1)] + import.Groups["file"].Value);
            }
        }

        return [.. found.Values];
    }

    /// <summary>Requests a file as browsers do, and returns what was sent, with headers.</summary>
    private async Task<Weighed> WeighAsync(string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var answer = await site.Server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadAsByteArrayAsync();
        var headers = $"{answer.Headers}{answer.Content.Headers}".Length;
        return new Weighed(
            body.Length + headers,
            path.EndsWith(".woff2", StringComparison.Ordinal) ? "" : await site.Server.Client.GetStringAsync(path)
        );
    }

    [GeneratedRegex("(href|src)=\"(?<path>/assets/[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"(from |import\()'\./(?<file>[\w-]+\.js)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Import();

    private sealed record Weighed(int Bytes, string Text);

    private sealed record ListedArticle(string Path, DateTimeOffset UpdatedAt, bool IsListed)
    {
        public static ListedArticle Of(JsonNode node) =>
            new(
                "/articles/" + (string)node["slug"]!,
                DateTimeOffset.Parse((string)node["updatedAt"]!, CultureInfo.InvariantCulture),
                !(bool)node["seo"]!["noIndex"]! && node["seo"]!["canonicalUrl"] is null
            );
    }
}
