using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Cms.Server.Tests.Support;
using Cms.Site;
using Cms.Site.Terms;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The terms that tell programs how they may use the publication.</summary>
[Needs("server")]
public sealed class TermsTests(NewsroomServer api) : IClassFixture<NewsroomServer>
{
    private const string Origin = "https://panel.example";
    private const string Licence = Origin + "/license.xml";

    private static readonly XNamespace Rsl = "https://rslstandard.org/rsl";
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task Pages_feeds_and_robots_txt_lead_to_the_licence()
    {
        await using var site = await StartAsync(new TermsSettings());

        var robots = await site.GetAsync("/robots.txt");
        Assert.StartsWith($"License: {Licence}\n\nUser-agent: *\n", robots.Html, StringComparison.Ordinal);
        Assert.Contains(
            """<link rel="license" type="application/rsl+xml" href="/license.xml">""",
            (await site.GetAsync("/")).Html,
            StringComparison.Ordinal
        );
        foreach (var format in new[] { "rss", "atom" })
        {
            var feed = XElement.Parse((await site.GetAsync($"/feeds/all.{format}")).Html);
            var link = Assert.Single(
                feed.Descendants(Atom + "link"),
                link => (string?)link.Attribute("rel") == "license"
            );
            Assert.Equal(Licence, (string?)link.Attribute("href"));
        }

        var json = JsonNode.Parse((await site.GetAsync("/feeds/all.json")).Html)!;
        Assert.Equal(Licence, (string?)json["_license"]!["url"]);
        using var answer = await site.Client.GetAsync("/license.xml");
        Assert.Equal(
            MediaTypeHeaderValue.Parse("application/rsl+xml; charset=utf-8"),
            answer.Content.Headers.ContentType
        );
        Assert.True(answer.Headers.CacheControl!.Public);
    }

    [Theory]
    [InlineData(true, false, false, "search", "ai-train ai-input ai-index")]
    [InlineData(false, false, false, null, "search ai-train ai-input ai-index")]
    [InlineData(true, true, true, "search ai-train ai-input ai-index", null)]
    [InlineData(true, false, true, "search ai-input ai-index", "ai-train")]
    public async Task The_licence_says_what_the_settings_allow(
        bool search,
        bool training,
        bool summaries,
        string? permitted,
        string? prohibited
    )
    {
        await using var site = await StartAsync(
            new TermsSettings
            {
                AllowsSearch = search,
                AllowsAiTraining = training,
                AllowsAiSummaries = summaries,
                Contact = new Uri("mailto:rights@panel.example"),
            }
        );

        var content = Assert.Single(XElement.Parse((await site.GetAsync("/license.xml")).Html).Elements());
        var licence = content.Element(Rsl + "license")!;

        Assert.Equal((Rsl + "content", "/"), (content.Name, (string?)content.Attribute("url")));
        Assert.Equal(permitted, (string?)licence.Element(Rsl + "permits"));
        Assert.Equal(prohibited, (string?)licence.Element(Rsl + "prohibits"));
        Assert.Equal("attribution", (string?)licence.Element(Rsl + "payment")!.Attribute("type"));
        Assert.Equal("mailto:rights@panel.example", (string?)licence.Element(Rsl + "legal"));
        Assert.Equal("The Panel & Friends", (string?)content.Element(Rsl + "copyright"));
    }

    private Task<StandaloneSite> StartAsync(TermsSettings terms) =>
        StandaloneSite.StartAsync(
            api.Client.BaseAddress!,
            new SiteSettings
            {
                Name = "The Panel & Friends",
                Origin = new Uri(Origin),
                Terms = terms,
            }
        );
}
