using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.Import;
using Cms.Server.Tests.Support;
using Cms.Site;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The feeds, as programs that other people wrote read them.</summary>
[Needs("server")]
public sealed class FeedToolTests(NewsroomServer api) : IClassFixture<NewsroomServer>, IAsyncLifetime
{
    private const string Odd = "Ampersands & &amp; <b>tags</b> ]]> “quotes” 'and' \"more\" 🦔👩🏽‍🚀";
    private const string Right = "عاجل: الكتلة 3 < 5 — ‏أخبار";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-feed-tools-");
    private StandaloneSite _site = null!;

    private Newsroom Newsroom => new(api.Services);

    public async Task InitializeAsync()
    {
        if ((await FindAsync("odd"))["article"] is null)
        {
            await ImportAsync();
        }

        _site = await StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            new SiteSettings
            {
                Origin = new Uri("https://panel.example"),
                Name = "The Panel & <friends>",
                Tagline = "News & “views” 🦔",
                Hub = new Uri("https://hub.example/?a=1&b=2"),
            }
        );
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [SkippableFact]
    [Needs("Debian")]
    public async Task Programs_of_other_people_read_every_feed_without_an_error_or_a_warning()
    {
        await DebianTools.RequireAsync();
        var everything = await PartnerAsync("Whole & Post", new { hasTakes = true, images = "CREDITED" });
        var little = await PartnerAsync("Little Post", new { text = "SUMMARY", summaryWords = 5 });
        string[] feeds =
        [
            "feeds/all",
            "feeds/category/security",
            "feeds/takes/all",
            $"p/{everything}/feed",
            $"p/{little}/feed",
        ];
        string[] archives = [await ArchiveAsync()];
        List<string> urls =
        [
            .. feeds.SelectMany(feed => new[] { $"{feed}.rss", $"{feed}.atom" }).Concat(archives).Select(UrlOf),
        ];
        List<string> files = [];
        foreach (var url in urls.Where(url => url.EndsWith(".atom", StringComparison.Ordinal)))
        {
            files.Add(Path.Combine(_folder.FullName, $"{files.Count}.atom"));
            await File.WriteAllTextAsync(files[^1], await _site.Client.GetStringAsync(url));
        }

        var python = DebianTools.RunAsync(DebianTools.Python, ["read.py", .. urls]);
        var perl = DebianTools.RunAsync("/usr/bin/perl", ["read.pl", .. urls]);
        var jing = DebianTools.RunAsync("jing", ["-c", "atom.rnc", .. files]);

        Assert.Equal("", await jing);
        List<KeyValuePair<string, JsonNode?>> programs =
        [
            .. JsonNode.Parse(await python)!.AsObject(),
            .. JsonNode.Parse(await perl)!.AsObject(),
        ];
        Assert.Equal(["python3-feedparser", "newsboat", "XML::Feed"], programs.Select(program => program.Key));
        foreach (var feed in feeds)
        {
            var expected = await ItemsAsync(feed);
            Assert.NotEmpty(expected);
            Assert.All(
                programs,
                program =>
                {
                    Assert.Equal(expected, ItemsOf(program.Value![UrlOf(feed + ".rss")]!));
                    Assert.Equal(expected, ItemsOf(program.Value[UrlOf(feed + ".atom")]!));
                }
            );
        }

        var titles = (await ItemsAsync("feeds/all")).Select(item => item.Title).ToList();
        Assert.Contains(Odd, titles);
        Assert.Contains(Right, titles);
        Assert.DoesNotContain("An article that was withdrawn", titles);
        Assert.Contains("<at:deleted-entry ", await File.ReadAllTextAsync(files[0]), StringComparison.Ordinal);
    }

    [SkippableFact]
    [Needs("npm")]
    public async Task Npm_packages_read_every_format_of_a_partner_without_an_error()
    {
        var everything = await PartnerAsync("Every & Post", new { hasTakes = true, images = "CREDITED" });
        var little = await PartnerAsync("Small Post", new { text = "SUMMARY", summaryWords = 5 });
        string[] keys = [everything, little];

        var found = await NpmClients.RunAsync("feeds.mjs", keys.Select(key => UrlOf($"p/{key}/feed")));
        var valid = await NpmClients.RunAsync(
            "ninjs.mjs",
            keys.SelectMany(key => new[] { $"p/{key}/feed.ninjs", $"p/{key}/changes?initial=true&limit=500" })
                .Select(UrlOf)
        );

        foreach (var (key, programs) in keys.Zip(found.Select(line => JsonNode.Parse(line)!.AsObject())))
        {
            var expected = await ItemsAsync($"p/{key}/feed");
            Assert.Contains(expected, item => item.Title == Odd);
            Assert.Contains(expected, item => item.Title == Right);
            Assert.Equal(5, programs.Count);
            Assert.All(
                programs,
                program =>
                    Assert.Equal(
                        expected.Select(item => (item.Id, PlainOf(item.Title), item.Url)),
                        program.Value!["items"]!
                            .AsArray()
                            .Select(item =>
                                ((string)item!["id"]!, PlainOf((string)item["title"]!), (string)item["url"]!)
                            )
                            .OrderBy(item => item.Item1, StringComparer.Ordinal)
                    )
            );
        }

        Assert.Equal(4, valid.Count);
        Assert.All(valid, items => Assert.Contains(Right, items, StringComparison.Ordinal));
    }

    // The package feedparser removes what looks like HTML from titles.
    private static string PlainOf(string title) =>
        title.Replace("<b>", "", StringComparison.Ordinal).Replace("</b>", "", StringComparison.Ordinal);

    private string UrlOf(string path) => $"{_site.Client.BaseAddress}{path}";

    // Returns the path of the newest document of the archive.
    private async Task<string> ArchiveAsync()
    {
        var feed = JsonNode.Parse(await _site.Client.GetStringAsync("feeds/all.json"))!;
        return new Uri(((string)feed["next_url"]!).Replace(".json", ".atom", StringComparison.Ordinal)).AbsolutePath[
            1..
        ];
    }

    private async Task<IReadOnlyList<Item>> ItemsAsync(string feed) =>
        [
            .. JsonNode.Parse(await _site.Client.GetStringAsync(feed + ".json"))!["items"]!
                .AsArray()
                .Select(item => new Item(
                    (string)item!["id"]!,
                    (string)item["title"]!,
                    (string)item["url"]!,
                    // RSS has times to the second.
                    ((string)item["date_published"]!)[..19] + "Z"
                ))
                .OrderBy(item => item.Id, StringComparer.Ordinal),
        ];

    private static List<Item> ItemsOf(JsonNode feed) =>
        [
            .. feed.AsArray()
                .Select(item => new Item(
                    (string)item!["id"]!,
                    (string)item["title"]!,
                    (string)item["url"]!,
                    (string)item["publishedAt"]!
                ))
                .OrderBy(item => item.Id, StringComparer.Ordinal),
        ];

    // Imports articles with odd titles and every kind of node, one that was corrected, and one that is then withdrawn.
    private async Task ImportAsync()
    {
        const string image = "a-bot-is-not-a-second-person.webp";
        var images = _folder.CreateSubdirectory("images").FullName;
        foreach (var file in new[] { image, image + ".md" })
        {
            File.Copy(Path.Combine(SampleNewsroom.Folder, "images", file), Path.Combine(images, file));
        }

        await WriteAsync("odd", Odd, "", EveryNode.Replace("{image}", image, StringComparison.Ordinal));
        await WriteAsync("right", Right, "language: ar\n", "قالت *اللجنة* إن **الرقم** 3 < 5.");
        await WriteAsync(
            "corrected",
            "Ten lanterns, not nine",
            "corrections:\n  - { at: 2026-11-25T08:00:00Z, note: There were <ten> & not nine., severity: major }\n",
            "There were ten."
        );
        await WriteAsync("gone", "An article that was withdrawn", "", "Nothing.");
        var done = await api
            .Services.GetRequiredService<ImportNewsroom>()
            .Handle(_folder.FullName, new ImportOptions(), progress: null, CancellationToken.None);
        Assert.Empty(done.Refused);

        var every = await ArticleAsync("odd");
        var types = every["body"]!["json"]!
            .ToJsonString()
            .Split("\"type\":\"")
            .Skip(1)
            .Select(text => text.Split('"')[0]);
        Assert.Empty(Nodes.Except(types));
        Newsroom.Value(
            await api
                .Services.GetRequiredService<WithdrawArticle>()
                .Handle(
                    new()
                    {
                        Id = EntityId.Parse<ArticleId>((string)(await ArticleAsync("gone"))["id"]!)!.Value,
                        Reason = "It was <made up> & we apologise.",
                    },
                    Newsroom.Erin,
                    default
                )
        );
    }

    private Task WriteAsync(string slug, string headline, string more, string body) =>
        File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, slug + ".md"),
            $"---\nheadline: {JsonValue.Create(headline).ToJsonString()}\nslug: {slug}\nsummary: \"What & why <now> 🦔\"\ncategory: Security\n"
                + $"tags: [\"R&D <x>\"]\nauthors: [\"Zoë & Sons\"]\ndate: 2026-11-24T08:00:00Z\n{more}---\n{body}\n"
        );

    private async Task<JsonNode> ArticleAsync(string slug) => (await FindAsync(slug))["article"]!;

    private async Task<JsonNode> FindAsync(string slug) =>
        (await api.QueryAsync($$"""{ article(slug: "{{slug}}") { id body { json } } }"""))["data"]!;

    private async Task<string> PartnerAsync(string name, object terms)
    {
        PartnerSteps steps = new(api.Services);
        var id = await steps.PartnerAsync(name);
        await steps.AgreeAsync(id, terms);
        return (await steps.KeyAsync(id)).Key;
    }

    private static readonly string[] Nodes =
    [
        "paragraph",
        "text",
        "heading",
        "bulletList",
        "orderedList",
        "listItem",
        "blockquote",
        "codeBlock",
        "callout",
        "horizontalRule",
        "image",
        "embed",
        "externalEmbed",
        "table",
        "tableRow",
        "tableHeader",
        "tableCell",
        "hardBreak",
    ];

    private const string EveryNode = """"
        ## A heading & <more>

        **Bold**, *slanted*, `a < b`, ~~struck~~ and [a link](https://example.com/?a=1&b=2), then a\
        break and an emoji 🦔.

        - One
          1. Inside

        > Quoted & said

        > [!WARNING]
        > Mind the gap.

        ```csharp
        if (a < b && c > d) { Say("]]>"); }
        ```

        ---

        ![A ring & a square](images/{image} "A caption with “quotes”")

        ::tool{slug="gristmill"}

        ::article{slug="the-disk-said-yes"}

        ::external{url="https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1" title="A & B"}

        | Left | Right |
        |---|---:|
        | 1 & 2 | < 3 |
        """";

    private sealed record Item(string Id, string Title, string Url, string PublishedAt);
}
