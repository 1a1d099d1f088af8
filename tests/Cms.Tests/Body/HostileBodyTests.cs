using System.Globalization;
using System.Text;
using System.Text.Json;
using Cms.Body;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Tests.Body;

public sealed class HostileBodyTests
{
    private const string Paragraph = """{"type":"paragraph","content":[{"type":"text","text":"x"}]}""";

    [Fact]
    public void An_invalid_body_is_rejected_with_the_place_of_the_error()
    {
        string[] bodies =
        [
            "",
            "null",
            "[]",
            "{}",
            "{\"type\":\"doc\"",
            "{\"type\":\"doc\"} {}",
            "{\"type\":7}",
            "{\"type\":\"paragraph\"}",
            "{\"type\":\"doc\",\"type\":\"doc\"}",
            "{\"type\":\"doc\",\"content\":[],\"content\":[]}",
            "{\"type\":\"doc\",\"content\":{}}",
            "{\"type\":\"doc\",\"attrs\":{\"schemaVersion\":2}}",
            "{\"type\":\"doc\",\"attrs\":{\"schemaVersion\":\"1\"}}",
            "{\"type\":\"doc\",\"attrs\":{\"schemaVersion\":NaN}}",
            "{\"type\":\"doc\",\"onload\":\"alert(1)\"}",
            Doc("7"),
            Doc("{}"),
            Doc("""{"type":"script"}"""),
            Doc("""{"type":"Paragraph"}"""),
            Doc("""{"type":"doc"}"""),
            Doc("""{"type":"text","text":"x"}"""),
            Doc("""{"type":"listItem","content":[]}"""),
            Doc(Paragraph, """{"type":"paragraph","attrs":{"onclick":"alert(1)"}}"""),
            Doc("""{"type":"paragraph","attrs":{"id":""}}"""),
            Doc("""{"type":"paragraph","attrs":{"id":"a\"b"}}"""),
            Doc("""{"type":"paragraph","attrs":{"id":7}}"""),
            Doc("""{"type":"paragraph","attrs":{"id":"a","id":"b"}}"""),
            Doc("""{"type":"paragraph","content":[{"type":"paragraph"}]}"""),
            Doc("""{"type":"paragraph","content":[{"type":"text"}]}"""),
            Doc("""{"type":"paragraph","content":[{"type":"text","text":""}]}"""),
            Doc("""{"type":"paragraph","content":[{"type":"text","text":"a\u0000b"}]}"""),
            Doc("""{"type":"paragraph","content":[{"type":"text","text":"a\u001bb"}]}"""),
            Doc("""{"type":"paragraph","content":[{"type":"text","text":"\ud83d"}]}"""),
            Doc("""{"type":"paragraph","content":[{"type":"hardBreak","marks":[]}]}"""),
            Doc("""{"type":"heading"}"""),
            Doc("""{"type":"heading","attrs":{"level":1}}"""),
            Doc("""{"type":"heading","attrs":{"level":2.5}}"""),
            Doc("""{"type":"heading","attrs":{"level":"2"}}"""),
            Doc("""{"type":"heading","attrs":{"level":1e999}}"""),
            Doc("""{"type":"bulletList"}"""),
            Doc("""{"type":"bulletList","content":[{"type":"paragraph"}]}"""),
            Doc("""{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"horizontalRule"}]}]}"""),
            Doc("""{"type":"orderedList","attrs":{"start":-1},"content":[]}"""),
            Doc("""{"type":"blockquote","content":[]}"""),
            Doc("""{"type":"callout","attrs":{"tone":"evil"},"content":[]}"""),
            Doc("""{"type":"codeBlock","attrs":{"language":"x\" onload=\""}}"""),
            Doc("""{"type":"codeBlock","content":[{"type":"text","text":"x","marks":[{"type":"bold"}]}]}"""),
            Doc("""{"type":"codeBlock","content":[{"type":"hardBreak"}]}"""),
            Doc("""{"type":"horizontalRule","content":[]}"""),
            Doc("""{"type":"image"}"""),
            Doc("""{"type":"image","attrs":{"mediaId":"https://x.example/a.png"}}"""),
            Doc("""{"type":"image","attrs":{"mediaId":"art_00000000000000000000000000000001"}}"""),
            Doc("""{"type":"image","attrs":{"src":"javascript:alert(1)"}}"""),
            Doc(
                """{"type":"image","attrs":{"mediaId":"med_00000000000000000000000000000001","alt":"x","decorative":true}}"""
            ),
            Doc("""{"type":"embed","attrs":{"kind":"video","target":"x"}}"""),
            Doc("""{"type":"embed","attrs":{"kind":"tool","target":"art_00000000000000000000000000000001"}}"""),
            Doc("""{"type":"table","content":[{"type":"tableRow","content":[]}]}"""),
            Doc(Cell("""{"type":"tableCell","attrs":{"colspan":0},"content":[{"type":"paragraph"}]}""")),
            Doc(Cell("""{"type":"tableCell","attrs":{"rowspan":1000000},"content":[{"type":"paragraph"}]}""")),
            Doc(Cell("""{"type":"tableCell","attrs":{"align":"justify"},"content":[{"type":"paragraph"}]}""")),
            Doc(Cell("""{"type":"tableCell","content":[{"type":"table"}]}""")),
            Doc(Marked("""{"type":"underline"}""")),
            Doc(Marked("""{"type":"bold"},{"type":"bold"}""")),
            Doc(Marked("""{"type":"bold","attrs":{"class":"x"}}""")),
            Doc(Marked("\"bold\"")),
            Doc(Marked("""{"type":"link"}""")),
            Doc(Marked("""{"type":"link","attrs":{"title":"x"}}""")),
            Doc(Marked("""{"type":"link","attrs":{"href":null}}""")),
            Doc(Marked("""{"type":"link","attrs":{"href":"https://a.example","target":"_blank"}}""")),
            Doc(Paragraph, Paragraph, Paragraph, Marked("""{"type":"link","attrs":{"href":"javascript:alert(1)"}}""")),
        ];
        Snapshot.Match(string.Join("\n", bodies.Select(body => $"{body}\n    {Refusal(body)}\n")));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("\tjavascript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("java\0script:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("javascript&colon;alert(1)")]
    [InlineData("&#106;avascript:alert(1)")]
    [InlineData("&#x6A;avascript&#58;alert(1)")]
    [InlineData("%6Aavascript:alert(1)")]
    [InlineData("\u00A0javascript:alert(1)")]
    [InlineData("\u200Bjavascript:alert(1)")]
    [InlineData("\uFEFFjavascript:alert(1)")]
    [InlineData("javascript\uFF1Aalert(1)")]
    [InlineData("javascript://https://a.example/%0Aalert(1)")]
    [InlineData("vbscript:msgbox(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("file:///etc/passwd")]
    [InlineData("blob:https://a.example/1")]
    [InlineData("feed:javascript:alert(1)")]
    [InlineData("ftp://a.example")]
    [InlineData("//evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https:\\\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https://")]
    [InlineData("https:///path")]
    [InlineData("https://bank.example@evil.example")]
    [InlineData("https://a.example/<script>")]
    [InlineData("https://a.example/\u202Egpj.exe")]
    [InlineData(" https://a.example")]
    [InlineData("/relative")]
    [InlineData("#anchor")]
    [InlineData("?query")]
    [InlineData("")]
    [InlineData("mailto:")]
    [InlineData("mailto:nobody")]
    public void A_link_that_is_not_a_complete_web_or_mail_address_is_rejected(string href)
    {
        var mark = $$$"""{"type":"link","attrs":{"href":{{{JsonSerializer.Serialize(href)}}}}}""";
        var refusal = Assert.IsType<LinkNotAllowed>(Assert.Single(RichText.Parse(Doc(Marked(mark))).Errors));
        Assert.Equal("content[0].content[0].marks[0].attrs.href", refusal.At);
        Assert.Equal(["content", "0", "content", "0", "marks", "0", "attrs", "href"], refusal.Path);

        var imported = RichText.FromMarkdown($"[x](<{href}>)", EmbedSlugs.None);
        Assert.DoesNotContain("<a ", imported.Value?.Body.Derive(BodyForms.Html).Html ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.example")]
    [InlineData("HTTP://a.example:8080/b?c=d&e=(f)#g")]
    [InlineData("https://bücher.example/straße")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("mailto:desk@example.com?subject=Hello%20you")]
    public void A_web_or_mail_address_is_preserved_as_written(string href)
    {
        var mark = $$$"""{"type":"link","attrs":{"href":"{{{href}}}"}}""";
        var link = RichText
            .Parse(Doc(Marked(mark)))
            .Value!.Blocks.OfType<Paragraph>()
            .Single()
            .Content.OfType<Text>()
            .Single();
        Assert.Equal(href, link.Link!.Href.Value);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    [InlineData(50_000)]
    public void A_body_that_is_nested_too_deeply_is_rejected(int levels)
    {
        var nested = new StringBuilder("{\"type\":\"doc\",\"content\":[");
        nested.Insert(nested.Length, "{\"type\":\"blockquote\",\"content\":[", levels);
        Assert.IsType<BodyTooDeep>(Assert.Single(RichText.Parse(nested.ToString()).Errors));

        var unnamed = new StringBuilder("{\"type\":\"doc\",\"content\":[");
        unnamed.Insert(unnamed.Length, "{\"content\":[", levels * 3);
        Assert.IsType<BodyTooDeep>(Assert.Single(RichText.Parse(unnamed.ToString()).Errors));
    }

    [Fact]
    public void A_body_with_99_levels_can_be_read_and_written()
    {
        var nested = string.Concat(Enumerable.Repeat("{\"type\":\"blockquote\",\"content\":[", 98));
        var body = RichText.Parse(Doc(nested + Paragraph + string.Concat(Enumerable.Repeat("]}", 98)))).Value!;
        Assert.Equal(body, RichText.Parse(body.ToJson()).Value);
        Assert.Contains("x", body.Derive(BodyForms.Html).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_of_ten_megabytes_is_rejected_before_it_is_parsed()
    {
        var text = new string('x', 10 * 1024 * 1024);
        Assert.Equal(
            BodyLimits.JsonBytes,
            Assert.IsType<BodyTooLarge>(Assert.Single(RichText.Parse(text).Errors)).Limit
        );
        Assert.IsType<BodyTooLarge>(Assert.Single(RichText.Parse(Encoding.UTF8.GetBytes(text)).Errors));
        Assert.IsType<BodyTooLarge>(Assert.Single(RichText.FromMarkdown(text, EmbedSlugs.None).Errors));
    }

    [Fact]
    public void A_large_body_is_rejected_with_its_size_in_bytes_of_JSON_or_characters_of_Markdown()
    {
        var text = new string('é', BodyLimits.JsonBytes + 1);

        var json = Assert.Single(RichText.Parse(text).Errors);
        var utf8 = Assert.Single(RichText.Parse(Encoding.UTF8.GetBytes(text)).Errors);
        var markdown = Assert.Single(RichText.FromMarkdown(text, EmbedSlugs.None).Errors);

        Assert.Equal(
            [
                "The body has 4194306 bytes of JSON, but the limit is 2097152. Split the article.",
                "The body has 4194306 bytes of JSON, but the limit is 2097152. Split the article.",
                "The body has 2097153 characters of Markdown, but the limit is 1048576. Split the article.",
            ],
            [json.Message, utf8.Message, markdown.Message]
        );
    }

    [Fact]
    public void A_body_with_too_many_nodes_is_rejected()
    {
        var rules = string.Join(',', Enumerable.Repeat("""{"type":"horizontalRule"}""", BodyLimits.Nodes + 1));
        Assert.IsType<BodyTooManyNodes>(Assert.Single(RichText.Parse(Doc(rules)).Errors));
        var items = string.Concat(Enumerable.Repeat("- a\n", BodyLimits.Nodes / 2));
        Assert.IsType<BodyTooManyNodes>(Assert.Single(RichText.FromMarkdown(items, EmbedSlugs.None).Errors));
    }

    [Fact]
    public void Invalid_Unicode_is_rejected_in_text_and_in_bytes()
    {
        Assert.IsType<BodyInvalid>(Assert.Single(RichText.Parse(Doc(Paragraph).Replace('x', '\uD83D')).Errors));
        Assert.IsType<BodyInvalid>(
            Assert.Single(RichText.Parse([.. "{\"type\":\"doc\",\"x"u8, 0xFF, .. "\":1}"u8]).Errors)
        );
        var bytes = Encoding.UTF8.GetBytes(Doc(Paragraph));
        bytes[Array.LastIndexOf(bytes, (byte)'x')] = 0xC3;
        Assert.IsType<BodyInvalid>(Assert.Single(RichText.Parse(bytes).Errors));
    }

    [Fact]
    public void The_order_of_fields_and_of_marks_does_not_matter()
    {
        const string reversed =
            """{"content":[{"content":[{"marks":[{"type":"italic"},{"type":"bold"}],"text":"x","type":"text"}],"attrs":{"id":"a"},"type":"paragraph"}],"type":"doc"}""";
        const string canonical =
            """{"type":"doc","attrs":{"schemaVersion":1},"content":[{"type":"paragraph","attrs":{"id":"a"},"content":[{"type":"text","marks":[{"type":"bold"},{"type":"italic"}],"text":"x"}]}]}""";
        Assert.Equal(canonical, RichText.Parse(reversed).Value!.ToJson());
    }

    [Fact]
    public void The_same_input_gets_the_same_ids_and_a_copied_block_gets_a_new_one()
    {
        var copied = Doc(
            """{"type":"horizontalRule","attrs":{"id":"a"}}""",
            """{"type":"horizontalRule","attrs":{"id":"a"}}"""
        );
        var ids = RichText.Parse(copied).Value!.Blocks.Select(block => block.Id).ToList();
        Assert.Equal("a", ids[0]);
        Assert.NotEqual("a", ids[1]);
        Assert.Equal(ids, RichText.Parse(copied).Value!.Blocks.Select(block => block.Id));
    }

    [Fact]
    public void Script_is_escaped_as_text()
    {
        var body = Doc(Paragraph.Replace("\"x\"", "\"<script>alert('1')</script>&amp;\"", StringComparison.Ordinal));
        Assert.Equal(
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;",
            RichText.Parse(body).Value!.Derive(BodyForms.Html).Html.Split('>', 2)[1].Split("</p>")[0]
        );
    }

    private static string Doc(params string[] blocks) =>
        $$"""{"type":"doc","content":[{{string.Join(',', blocks)}}]}""";

    private static string Marked(string marks) =>
        $$"""{"type":"paragraph","content":[{"type":"text","text":"x","marks":[{{marks}}]}]}""";

    private static string Cell(string cell) =>
        $$"""{"type":"table","content":[{"type":"tableRow","content":[{{cell}}]}]}""";

    private static string Refusal(string body) =>
        RichText.Parse(body) is { IsRefused: true, Errors: [var error] }
            ? string.Create(CultureInfo.InvariantCulture, $"{error.GetType().Name}: {error.Message}")
            : "accepted";
}
