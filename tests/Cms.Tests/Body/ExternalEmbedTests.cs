using System.Text.Json.Nodes;
using Cms.Body;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Body;

/// <summary>Pages of other sites in a body.</summary>
public sealed class ExternalEmbedTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private const string Video = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

    private readonly GraphQLClient _client = new(database.Services);

    [Theory]
    [InlineData("https://vimeo.com/1", "https://vimeo.com/1")]
    [InlineData("HTTPS://VIMEO.com/Ab?c=D#e", "https://vimeo.com/Ab?c=D#e")]
    [InlineData("https://codepen.io", "https://codepen.io")]
    [InlineData("https://bücher.example/ü", "https://xn--bcher-kva.example/ü")]
    [InlineData("https://xn--bcher-kva.example?a", "https://xn--bcher-kva.example?a")]
    public void An_address_is_stored_with_its_host_in_lower_case_and_in_ASCII(string written, string stored)
    {
        var address = EmbedAddress.Parse(written);

        Assert.Equal(stored, address?.Value);
        Assert.Equal(address, EmbedAddress.Parse(stored));
    }

    [Theory]
    [InlineData("http://vimeo.com/1")]
    [InlineData("//vimeo.com/1")]
    [InlineData("vimeo.com/1")]
    [InlineData("javascript:alert(1)")]
    [InlineData("mailto:desk@vimeo.com")]
    [InlineData("https://")]
    [InlineData("https://vimeo.com:8443/1")]
    [InlineData("https://vimeo.com:443/1")]
    [InlineData("https://vimeo.com@evil.example/1")]
    [InlineData("https://evil.example\\@vimeo.com")]
    [InlineData("https://localhost/1")]
    [InlineData("https://127.0.0.1/1")]
    [InlineData("https://127.1/1")]
    [InlineData("https://2130706433/1")]
    [InlineData("https://0x7f.0x1/1")]
    [InlineData("https://[::1]/1")]
    [InlineData("https://vimeo.com./1")]
    [InlineData("https://vimeo..com/1")]
    [InlineData("https://vi_meo.com/1")]
    [InlineData("https://vimeo%2ecom/1")]
    [InlineData("https://vimeo.com/a b")]
    [InlineData("https://vimeo.com/\"onload=\"x")]
    public void Any_other_address_is_rejected_in_JSON_and_in_Markdown(string written)
    {
        Assert.Null(EmbedAddress.Parse(written));
        var json = RichText.Parse(Json(written));
        var markdown = RichText.FromMarkdown($"::external{{url=\"{written}\"}}", EmbedSlugs.None);

        Assert.True(json.IsRefused);
        Assert.IsType<BodyInvalid>(json.Errors[0]);
        Assert.DoesNotContain(
            markdown.Value?.Body.Blocks ?? [],
            block => block is ExternalEmbed embed && embed.Address.Value.Contains("evil", StringComparison.Ordinal)
        );
        Assert.Null(markdown.Value?.Body.Blocks.OfType<ExternalEmbed>().FirstOrDefault());
    }

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")]
    [InlineData(
        "https://m.youtube.com/watch?a=b&v=dQw4w9WgXcQ&t=1",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    )]
    [InlineData("https://youtu.be/dQw4w9WgXcQ?t=1", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")]
    [InlineData("https://youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")]
    [InlineData(
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    )]
    [InlineData("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1")]
    [InlineData("https://vimeo.com/76979871/0123abcdef", "https://player.vimeo.com/video/76979871?dnt=1&h=0123abcdef")]
    [InlineData(
        "https://player.vimeo.com/video/76979871?h=0123abcdef",
        "https://player.vimeo.com/video/76979871?dnt=1&h=0123abcdef"
    )]
    [InlineData("https://www.youtube.com/watch?v=tooshort", null)]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQtoolong", null)]
    [InlineData("https://www.youtube.com/watch?list=x#&v=dQw4w9WgXcQ", null)]
    [InlineData("https://www.youtube.com/@channel", null)]
    [InlineData("https://notyoutube.com/watch?v=dQw4w9WgXcQ", null)]
    [InlineData("https://vimeo.com/channels/staffpicks", null)]
    [InlineData("https://codepen.io/a/pen/b", null)]
    public void The_address_of_a_known_player_is_found(string page, string? frame)
    {
        var embed = RichText.Parse(Json(page)).Value!;
        var html = embed.Derive(BodyForms.Html, ReferenceTargets.None with { Hosts = HostsOf(embed) }).Html;

        Assert.Equal(
            frame,
            new AngleSharp.Html.Parser.HtmlParser()
                .ParseDocument(html)
                .QuerySelector("figure")!
                .GetAttribute("data-embed-frame")
        );
    }

    [Fact]
    public async Task The_forms_of_a_body_show_an_embed_as_a_link_that_a_front_end_can_turn_into_a_frame()
    {
        var saved = await CreateAsync($"::external{{url=\"{Video}\" title=\"A &quot;song&quot; &amp; more\"}}");

        Assert.Empty(GraphQLClient.Refusals(saved));
        var body = saved["article"]!["body"]!;
        var id = (string?)body["externalEmbeds"]![0]!["blockId"];
        Assert.Equal(
            $"<figure data-id=\"{id}\" class=\"embed embed-external\" data-embed=\"www.youtube.com\" data-embed-frame=\"https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ\"><a href=\"{Video}\" rel=\"noopener\">A &quot;song&quot; &amp; more</a></figure>\n",
            (string?)body["html"]
        );
        Assert.Equal(
            $"::external{{url=\"{Video}\" title=\"A &quot;song&quot; &amp; more\"}}\n",
            (string?)body["markdown"]
        );
        Assert.Equal(("A \"song\" & more", 3), ((string?)body["plainText"], (int)body["wordCount"]!));
        body["externalEmbeds"]![0]!.AsObject().Remove("blockId");
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    $$"""[{"url":"{{Video}}","host":"www.youtube.com","title":"A \"song\" & more","isAllowed":true,"frameUrl":"https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"}]"""
                ),
                body["externalEmbeds"]
            ),
            body["externalEmbeds"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_site_that_is_not_on_the_list_is_rejected_with_its_name_and_what_to_do()
    {
        var refused = await CreateAsync(
            "::external{url=\"https://www.vimeo.com/1\"}\n\n::external{url=\"https://evil.example/1\"}"
        );

        Assert.Equal(
            ["www.vimeo.com", "evil.example"],
            refused["errors"]!.AsArray().Select(error => (string?)error!["host"])
        );
        Assert.Equal(
            "Articles cannot embed pages of evil.example. Use a link to the page, or ask an operator to add the host to Cms__Embeds__Hosts.",
            (string?)refused["errors"]![1]!["message"]
        );
        Assert.Null(refused["article"]);
    }

    [Fact]
    public async Task An_embed_without_a_secure_address_is_rejected_with_its_line()
    {
        var refused = await CreateAsync("One.\n\n::external{url=\"http://vimeo.com/1\"}");

        Assert.Equal(["BodyInvalidError at body.markdown"], GraphQLClient.Refusals(refused));
        Assert.StartsWith(
            "Line 3: The URL of an external embed must begin with https://",
            (string?)refused["errors"]![0]!["message"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_saved_embed_of_a_site_that_is_no_longer_on_the_list_is_shown_as_a_link()
    {
        var body = RichText.OfStored(Json(Video));

        Assert.Equal(
            $"<p data-id=\"b1\"><a href=\"{Video}\" rel=\"noopener\">{Video}</a></p>\n",
            body.Derive(BodyForms.Html, ReferenceTargets.None with { Hosts = EmbedHosts.Of(["vimeo.com"])! }).Html
        );
    }

    [Theory]
    [InlineData("https://vimeo.com")]
    [InlineData("vimeo.com:443")]
    [InlineData("vimeo.com/1")]
    [InlineData("*.vimeo.com")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public void The_list_of_sites_contains_only_host_names(string entry) =>
        Assert.Null(EmbedHosts.Of(["codepen.io", entry]));

    [Fact]
    public void The_list_of_sites_ignores_case_and_accepts_international_names()
    {
        var hosts = EmbedHosts.Of(["Bücher.example"])!;

        Assert.True(hosts.Allow(EmbedAddress.Parse("https://BÜCHER.example/1")!));
        Assert.False(hosts.Allow(EmbedAddress.Parse("https://www.bücher.example/1")!));
    }

    private static string Json(string url) =>
        new JsonObject
        {
            ["type"] = "doc",
            ["content"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "externalEmbed",
                    ["attrs"] = new JsonObject { ["id"] = "b1", ["url"] = url },
                }
            ),
        }.ToJsonString();

    private static EmbedHosts HostsOf(RichText body) =>
        EmbedHosts.Of(body.Blocks.OfType<ExternalEmbed>().Select(embed => embed.Address.Host))!;

    private Task<JsonNode> CreateAsync(string markdown) =>
        _client.DoAsync(
            GraphQLClient.Erin,
            "createArticle",
            new { headline = "With a video", body = new { markdown } },
            "article { body { html markdown plainText wordCount externalEmbeds { blockId url host title isAllowed frameUrl } } } errors { ... on EmbedHostNotAllowedError { host } }"
        );
}
