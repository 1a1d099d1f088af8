using System.Text.Json.Nodes;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <content>Programs of other people read the feeds of a partner that receives everything.</content>
public sealed partial class LargeSiteTests
{
    private const int MostInFeed = 1_000;

    [SkippableFact]
    [Needs("Debian")]
    public async Task Debian_programs_read_a_thousand_articles_of_a_partner_without_an_error_or_a_warning()
    {
        await DebianTools.RequireAsync();
        var key = await KeyAsync("Debian Post");
        var urls = new[] { "rss", "atom" }.Select(format => UrlOf(key, $"feed.{format}?limit={MostInFeed}")).ToList();
        var file = Path.Combine(site.Server.Folder, "partner.atom");
        await File.WriteAllTextAsync(file, await site.Server.Client.GetStringAsync(urls[1]));

        var python = DebianTools.RunAsync(DebianTools.Python, ["read.py", .. urls]);
        var perl = DebianTools.RunAsync("/usr/bin/perl", ["read.pl", .. urls]);

        Assert.Equal("", await DebianTools.RunAsync("jing", ["-c", "atom.rnc", file]));
        List<KeyValuePair<string, JsonNode?>> programs =
        [
            .. JsonNode.Parse(await python)!.AsObject(),
            .. JsonNode.Parse(await perl)!.AsObject(),
        ];
        Assert.Equal(3, programs.Count);
        Assert.All(
            programs,
            program =>
                Assert.All(
                    urls,
                    url =>
                        Assert.Equal(
                            MostInFeed,
                            program.Value![url]!.AsArray().Select(item => (string)item!["id"]!).Distinct().Count()
                        )
                )
        );
    }

    [SkippableFact]
    [Needs("npm")]
    public async Task Npm_packages_read_a_thousand_articles_of_a_partner_and_all_its_changes_without_an_error()
    {
        var key = await KeyAsync("Npm Post");
        List<string> pages = [UrlOf(key, "changes?initial=true&limit=500")];
        while ((string?)JsonNode.Parse(await site.Server.Client.GetStringAsync(pages[^1]))!["nextPageUrl"] is { } next)
        {
            pages.Add(UrlOf(key, next[(next.IndexOf(key, StringComparison.Ordinal) + key.Length + 1)..]));
        }

        var programs = JsonNode
            .Parse((await NpmClients.RunAsync("feeds.mjs", [UrlOf(key, $"feed?limit={MostInFeed}")])).Single())!
            .AsObject();
        var items = (await NpmClients.RunAsync("ninjs.mjs", [UrlOf(key, $"feed.ninjs?limit={MostInFeed}"), .. pages]))
            .Select(line => JsonNode.Parse(line)!.AsArray().Select(item => (string)item!["uri"]!).ToList())
            .ToList();

        Assert.Equal(5, programs.Count);
        Assert.All(
            programs,
            program => Assert.Equal(items[0], program.Value!["items"]!.AsArray().Select(item => (string)item!["id"]!))
        );
        Assert.Equal(MostInFeed, items[0].Distinct().Count());
        Assert.InRange(items.Skip(1).SelectMany(page => page).Distinct().Count(), LargeSite.Articles, int.MaxValue);
    }

    private string UrlOf(string key, string path) => $"{site.Server.Client.BaseAddress}p/{key}/{path}";

    private async Task<string> KeyAsync(string name)
    {
        PartnerSteps steps = new(site.Server.Services);
        var id = await steps.PartnerAsync(name);
        await steps.AgreeAsync(id, new { hasTakes = true, images = "CREDITED" });
        return (await steps.KeyAsync(id)).Key;
    }
}
