using System.Text.Json;
using AngleSharp.Html.Parser;
using Cms.Body;
using Xunit;

namespace Cms.Tests.Body;

/// <summary>A link to any safe address is preserved, and its address is the same in every form of the body.</summary>
public sealed class LinkAddressTests
{
    public static TheoryData<string> Legal =>
        [
            "https://en.wikipedia.org/wiki/Conway's_Game_of_Life",
            "https://a.example/'",
            "https://a.example/?q='x'&r=(y)",
            "https://a.example/!$&'()*+,;=:@-._~",
            "https://a.example/a(b)c(d",
            "https://a.example/*a*_b_~~c~~",
            "https://a.example/[x]|^",
            "https://a.example/%20%22%27%3C%7B",
            "https://a.example/?a=1&amp;b=2&copy=3&lt;",
            "https://a.example/#'fragment'",
            "https://bücher.example/straße",
            "https://例え.example/道?問=答",
            "https://a.example/🙂",
            "https://xn--bcher-kva.example:8443/",
            "https://[2001:db8::1]/it's",
            "mailto:o'brien@example.com?subject=It's",
        ];

    [Theory]
    [MemberData(nameof(Legal))]
    public void A_valid_address_is_the_same_in_JSON_HTML_and_Markdown(string address)
    {
        var body = RichText.Parse(Doc(address)).Value!;

        Assert.Equal(address, Href(body));
        Assert.Equal(address, HrefInHtml(body));
        Assert.Equal(body, RichText.FromMarkdown(body.ToMarkdown(ReferenceTargets.None), EmbedSlugs.None).Value!.Body);
    }

    [Theory]
    [InlineData(
        "[Life](https://en.wikipedia.org/wiki/Conway's_Game_of_Life)",
        "https://en.wikipedia.org/wiki/Conway's_Game_of_Life"
    )]
    [InlineData("<https://en.wikipedia.org/wiki/Conway's>", "https://en.wikipedia.org/wiki/Conway's")]
    [InlineData("[q](<https://example.com/a b>)", "https://example.com/a%20b")]
    [InlineData("[t](https://example.com/{id})", "https://example.com/%7Bid%7D")]
    [InlineData("[t](https://example.com/\"q\")", "https://example.com/%22q%22")]
    [InlineData("[t](https://example.com/`q`)", "https://example.com/%60q%60")]
    [InlineData("[t](https://example.com/a\\<b\\>)", "https://example.com/a%3Cb%3E")]
    [InlineData("[t](<mailto:desk@example.com?subject=Hello you>)", "mailto:desk@example.com?subject=Hello%20you")]
    [InlineData("[t][r]\n\n[r]: https://example.com/it's", "https://example.com/it's")]
    [InlineData("![t](https://example.com/it's.png)", "https://example.com/it's.png")]
    public void Markdown_import_preserves_an_address_and_encodes_invalid_characters(string markdown, string address)
    {
        var import = RichText.FromMarkdown(markdown, EmbedSlugs.None).Value!;

        Assert.Equal(address, Href(import.Body));
        Assert.Equal(address, HrefInHtml(import.Body));
        Assert.DoesNotContain(import.Warnings, warning => warning.Message.Contains("mailto", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[x](<javascript:alert('1')>)")]
    [InlineData("[x](<java script:alert(1)>)")]
    [InlineData("[x](<data:text/html,'x'>)")]
    [InlineData("[x](< https://a.example>)")]
    [InlineData("[x](<https://a b.example/>)")]
    [InlineData("[x](<https://{a}.example/>)")]
    [InlineData("[x](<https://a'b@evil.example/>)")]
    [InlineData("[x](<https://a.example/\u202Egpj.exe>)")]
    [InlineData("[x](<https://a.example\\\\evil.example/>)")]
    [InlineData("[x](https://a.example/&#9;b)")]
    public void An_unsafe_address_does_not_become_a_link(string markdown) =>
        Assert.DoesNotContain(
            "<a ",
            RichText.FromMarkdown(markdown, EmbedSlugs.None).Value!.Body.Derive(BodyForms.Html).Html,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("https://a.example/a b", "https://a.example/a%20b")]
    [InlineData("https://a.example/{id}", "https://a.example/%7Bid%7D")]
    [InlineData("https://a.example/\"q\"", "https://a.example/%22q%22")]
    public void An_address_in_JSON_that_needs_encoding_is_rejected_with_the_encoded_address(
        string written,
        string encoded
    ) =>
        Assert.Contains(
            $"Write {encoded}.",
            Assert.IsType<LinkNotAllowed>(Assert.Single(RichText.Parse(Doc(written)).Errors)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_quotation_mark_cannot_end_an_attribute()
    {
        var html = RichText
            .FromMarkdown(
                "[x](<https://a.example/' onclick='alert(1)> \"' onclick='b\") [y](<https://a.example/\" onclick=\"alert(1)>)",
                EmbedSlugs.None
            )
            .Value!.Body.Derive(BodyForms.Html)
            .Html;

        Assert.All(
            new HtmlParser().ParseDocument(html).QuerySelectorAll("a"),
            link => Assert.Null(link.GetAttribute("onclick"))
        );
        Assert.DoesNotContain('\'', html);
    }

    private static string Doc(string address) =>
        $$$"""{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":{{{JsonSerializer.Serialize(address)}}}}}]}]}]}""";

    private static string? Href(RichText body) =>
        body.Blocks.OfType<Paragraph>().Single().Content.OfType<Text>().Single().Link?.Href.Value;

    private static string? HrefInHtml(RichText body) =>
        new HtmlParser().ParseDocument(body.Derive(BodyForms.Html).Html).QuerySelector("a")?.GetAttribute("href");
}
