using System.Text.Json.Nodes;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Browser.Tests;

/// <summary>The HTML of every page is valid.</summary>
[Needs("npm")]
[Collection(OneSite.Name)]
public sealed class HtmlTests(BrowsedSite site)
{
    [SkippableFact]
    public async Task Html_validate_finds_no_fault_in_any_page()
    {
        List<string> urls = [];
        foreach (var page in TestedPages.All)
        {
            urls.Add((await site.UrlAsync(page.Path)).AbsoluteUri);
        }

        var pages = (await NpmClients.RunAsync("html.mjs", urls)).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.Equal(TestedPages.All.Select(page => page.Status), pages.Select(page => (int)page["status"]!));
        Findings.AssertNone(
            pages.SelectMany(page => page["faults"]!.AsArray().Select(fault => $"{page["url"]} {fault}"))
        );
    }
}
