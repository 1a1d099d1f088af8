using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.Server.Tests.Media;
using Cms.Taxonomy;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Takedowns;

/// <summary>
/// After a withdrawal of the kind KILL, nothing that the newsroom serves shows the story: after a second on the server that
/// withdrew it, where a signal wakes everything, and after two on another server, which reads the change log each second.
/// </summary>
[Needs("server")]
public sealed partial class KilledEverywhereTests : IAsyncLifetime
{
    private const string Headline = "Quagga memo from the xylophone lab";
    private const string Slug = "quagga-memo-from-the-xylophone-lab";

    private static readonly string[] Site =
    [
        "--Cms:Site:Enabled=true",
        "--Cms:Site:Origin=https://panel.example",
        "--environment=Testing",
    ];

    private readonly MediaServer _media = new() { Settings = Site };

    public Task InitializeAsync() => _media.InitializeAsync();

    public Task DisposeAsync() => _media.DisposeAsync();

    [Fact]
    public async Task No_address_of_one_server_or_of_two_shows_a_killed_story()
    {
        var server = _media.Newsroom;
        await using var other = await server.StartAnotherAsync(Site);
        using HttpClient second = new() { BaseAddress = new Uri(other.Urls.Single()) };

        PartnerSteps steps = new(server.Services);
        var tag = await steps.TagAsync("Quaggas");
        var partner = await steps.PartnerAsync("Quagga Post");
        await steps.AgreeAsync(partner, new { hasTakes = true, images = "CREDITED" });
        var (key, _) = await steps.KeyAsync(partner);
        var image = (string)(await _media.UploadAsync(Files.Jpeg()))["id"]!;
        await steps.DoAsync(
            "saveMediaRights",
            new
            {
                id = image,
                creditLine = Files.Credit,
                allowSyndication = true,
            }
        );
        Newsroom newsroom = new(server.Services);
        var article = await newsroom.PublishedAsync(
            Newsroom.Story(Headline) with
            {
                Tags = [EntityId.Parse<TagId>(tag)!.Value],
                HeroImageId = EntityId.Parse<MediaId>(image)!.Value,
                HeroAlt = "A quagga",
            }
        );
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        var picture = new Uri(await _media.HeroAsync(Slug), UriKind.RelativeOrAbsolute);
        var path = picture.IsAbsoluteUri ? picture.PathAndQuery : picture.OriginalString;
        HttpClient[] servers = [server.Client, second];
        List<Func<HttpClient, Task<string>>> ways = [.. Ways(key, article.Id.ToString(), path)];

        // Everything shows it first, so that what is kept is kept.
        foreach (var client in servers)
        {
            foreach (var read in ways)
            {
                Assert.Contains("quagga", await read(client), StringComparison.OrdinalIgnoreCase);
            }
        }

        var syncs = await Task.WhenAll(servers.Select(client => SyncAsync(client, key)));
        await steps.KillAsync(article);
        var begun = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await CheckAsync(servers[0], ways, syncs[0], article.Id);
        var left = TimeSpan.FromSeconds(2) - begun.Elapsed;
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        await CheckAsync(servers[1], ways, syncs[1], article.Id);
    }

    private static async Task CheckAsync(
        HttpClient client,
        List<Func<HttpClient, Task<string>>> ways,
        string sync,
        ArticleId article
    )
    {
        foreach (var (index, read) in ways.Index())
        {
            var text = await read(client);
            Assert.False(
                text.Contains("quagga", StringComparison.OrdinalIgnoreCase),
                $"Way {index} still shows the story: {text}"
            );
        }

        var changes = await client.GetStringAsync(sync);
        Assert.DoesNotContain("quagga", changes, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(article.ToString(), changes, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"kill\"", changes, StringComparison.Ordinal);
    }

    private static async Task<string> SyncAsync(HttpClient client, string key)
    {
        var next = $"/p/{key}/changes?initial=true&limit=500";
        while (true)
        {
            var page = JsonNode.Parse(await client.GetStringAsync(next))!;
            if ((string?)page["nextSyncUrl"] is { } sync)
            {
                return new Uri(sync).PathAndQuery;
            }

            next = new Uri((string)page["nextPageUrl"]!).PathAndQuery;
        }
    }

    private static IEnumerable<Func<HttpClient, Task<string>>> Ways(string key, string id, string picture)
    {
        string[] queries =
        [
            $$"""{ article(id: "{{id}}") { headline summary body { plainText } } }""",
            $$"""{ article(slug: "{{Slug}}") { headline } }""",
            $$"""{ node(id: "{{id}}") { ... on Article { headline } } }""",
            "{ articles(first: 5) { nodes { headline slug } } }",
            "{ search(query: \"xylophone\") { nodes { article { headline } } } }",
            """{ tag(slug: "quaggas") { articles { nodes { headline } } } }""",
        ];
        foreach (var query in queries)
        {
            yield return client => AskAsync(client, query, key: null);
            yield return client => AskAsync(client, query, key);
            yield return client => client.GetStringAsync("/graphql?query=" + Uri.EscapeDataString(query));
        }

        string[] pages =
        [
            "/",
            "/sitemap.xml",
            "/news-sitemap.xml",
            "/feeds/all.rss",
            "/feeds/all.atom",
            "/feeds/all.json",
            "/feeds/tag/quaggas.rss",
            $"/p/{key}/feed.rss?limit=5",
            $"/p/{key}/feed.atom?limit=5",
            $"/p/{key}/feed.json?limit=5",
            $"/p/{key}/feed.ninjs?limit=5",
            $"/p/{key}/changes?initial=true&limit=500",
        ];
        foreach (var page in pages)
        {
            yield return client => ReadAsync(client, page);
        }

        // The address contains the words, and the page can quote the address.
        yield return async client =>
            (await ReadAsync(client, "/articles/" + Slug)).Replace(Slug, "", StringComparison.Ordinal);
        yield return async client =>
            (await ReadAsync(client, "/search?q=xylophone")).Replace(Slug, "", StringComparison.Ordinal);
        yield return async client =>
        {
            using var answer = await client.GetAsync(picture);
            return answer.StatusCode is HttpStatusCode.OK ? "quagga" : "";
        };
    }

    private static async Task<string> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();

        // The index of the sitemap names its files.
        if (path == "/sitemap.xml")
        {
            foreach (var file in Locations().Matches(text).Select(match => match.Groups["url"].Value).ToList())
            {
                text += await client.GetStringAsync(new Uri(file).PathAndQuery);
            }
        }

        // The tag that the test has made contains the word too.
        return text.Replace("quaggas", "", StringComparison.OrdinalIgnoreCase)
            .Replace("Quagga Post", "", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> AskAsync(HttpClient client, string query, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query }),
        };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("<loc>(?<url>[^<]+\\.xml)</loc>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Locations();
}
