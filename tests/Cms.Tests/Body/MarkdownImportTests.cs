using System.Globalization;
using Cms.Body;
using Cms.Testing;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Tests.Body;

[Slow]
public sealed class MarkdownImportTests
{
    [Fact]
    public void All_unknown_slugs_are_reported_together()
    {
        var refusal = Assert.Single(
            RichText
                .FromMarkdown(
                    "::article{slug=\"b\"}\n\n> ::tool{slug=\"c\"}\n\n::article{slug=\"the-launch\"}\n::article{slug=\"b\"}",
                    Samples.Slugs
                )
                .Errors
        );
        var unknown = Assert.IsType<UnknownEmbeds>(refusal);
        Assert.Equal(["b"], unknown.Articles);
        Assert.Equal(["c"], unknown.Tools);
    }

    [Theory]
    [InlineData("headings of level 1 and 6", "# One\n\n###### Six")]
    [InlineData("inline HTML", "<button>alert(1)</button>\n\n<b onclick=\"x\">bold</b> a<br>b <!-- gone -->")]
    [InlineData("block HTML", "<div>\n\n*inside*\n\n</div>")]
    [InlineData("image from another site", "![Chart](https://a.example/c.png)")]
    [InlineData("images without a library id", "See ![Chart](chart.png) here, and ![x](javascript:alert(1))")]
    [InlineData(
        "library image in a paragraph",
        "Before ![A chip](media:med_00000003000000000000000000000000 \"Photo\") after"
    )]
    [InlineData("decorative image", "![](media:med_00000003000000000000000000000000#decorative)")]
    [InlineData("image in a heading", "# ![Logo](media:med_00000003000000000000000000000000) Title")]
    [InlineData(
        "unsafe and relative links",
        "[x](javascript:alert(1)) [y](/relative) <https://a.example> <desk@example.com>"
    )]
    [InlineData("callouts", "> [!CAUTION]\n> Hot\n\n> [!NOTE] no alert\n\n- > [!TIP]\n  > in a list")]
    [InlineData("malformed embeds", "::video{id=\"x\"}\n\n::article{slug=the-launch}\n\ntext ::tool{slug=\"x\"}")]
    [InlineData("task list and numbered list", "- [ ] one\n- [x] two\n\n7) seven\n8) eight")]
    [InlineData("code blocks", "    indented\n    \tcode\n\n```not a language!\nx\n```\n\n~~~go\n\tx := 1")]
    [InlineData("table with uneven rows", "| a | b |\n|:--|--:|\n| 1 | `x \\| y` | 3 |\n| 2 |")]
    [InlineData("line breaks", "Setext\n===\n\ntwo lines  \nand a\\\nthird\nsoft")]
    [InlineData("reference links", "[ref][r] and [missing][m]\n\n[r]: https://a.example \"T\"")]
    [InlineData("empty", "")]
    public void Markdown_from_other_tools_is_imported_with_warnings_about_what_is_lost(string what, string markdown)
    {
        var import = RichText.FromMarkdown(markdown, Samples.Slugs).Value!;
        var warnings = import.Warnings.Select(warning =>
            string.Create(CultureInfo.InvariantCulture, $"line {warning.Line}: {warning.Message}\n")
        );
        Snapshot.Match(
            $"{import.Body.Derive(BodyForms.Html, Samples.Targets).Html}\n{string.Concat(warnings)}",
            $"Markdown_import_{what.Replace(' ', '_')}"
        );
    }

    [Fact]
    public void Invalid_characters_become_replacement_characters() =>
        Assert.Equal(
            "a\uFFFDb \uFFFD & \uFFFD",
            RichText
                .FromMarkdown("a\0b &#1; &amp; \uD800", EmbedSlugs.None)
                .Value!.Body.Derive(BodyForms.PlainText)
                .PlainText
        );

    [Fact]
    public void A_tab_at_the_start_of_a_code_line_survives_in_a_list() =>
        Assert.Contains(
            "<code class=\"language-go\">\tx := 1</code>",
            RichText
                .FromMarkdown("1. Run:\n\n   ```go\n   \tx := 1\n   ```", EmbedSlugs.None)
                .Value!.Body.Derive(BodyForms.Html)
                .Html,
            StringComparison.Ordinal
        );

    public static TheoryData<string, string, int, string> Hostile =>
        new()
        {
            { "quotations", ">", 10_000, "" },
            { "lists", "- ", 10_000, "x" },
            { "numbers", "1. ", 10_000, "x" },
            { "backticks", "`", 100_000, "" },
            { "backtick runs", "a`b``c```", 30_000, "" },
            { "open brackets", "[", 100_000, "" },
            { "open links", "[a](", 50_000, "" },
            { "open links with text", "[a](b", 50_000, "" },
            { "open images", "![[]()", 50_000, "" },
            { "open emphasis", "*a _b ", 50_000, "" },
            { "closing emphasis", "a** b", 50_000, "" },
            { "strikes", "~~a ", 50_000, "" },
            { "tags", "<a ", 100_000, "" },
            { "processing instructions", "<?", 100_000, "" },
            { "declarations", "<!a ", 100_000, "" },
            { "generic types", "a<?> ", 50_000, "" },
            { "nested hidden tags", "<a style ", 10_000, ">" },
            { "hidden tags", "<a style>\n\n", 20_000, "" },
            { "tags in HTML only", "<a/style>\n\n", 20_000, "" },
            { "malformed end tags", "</ ", 10_000, "" },
            { "comments", "<!--", 50_000, "" },
            { "comments with empty lines", "<!-- a\n\nb -->\n\n", 12_000, "" },
            { "text before a comment", "a [ b ", 50_000, "<!--\n\n-->" },
            { "comments with code", "<!-- a\n\n```\n-->\n", 12_000, "" },
            { "pipes", "|", 100_000, "\n|-|" },
            { "wide table", "|a", 5_000, "\n|-|-|\n" },
            { "references", "[a]: /u\n", 30_000, "" },
            { "entities", "&a", 100_000, "" },
            { "backslashes", "\\", 100_000, "" },
            { "parentheses", "(", 100_000, "[a](" },
            { "quoted lines", "> a\n", 50_000, "" },
            { "embeds", "::x{a=\"", 10_000, "" },
            { "underlined headings", "a\n=\n", 200_000, "" },
            { "equal headings", "# a\n", 40_000, "" },
            { "definitions", "[a]: /u\n\n", 20_000, "" },
            { "tables", "|a|\n|-|\n|b|\n\n", 10_000, "" },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_Markdown_is_rejected_or_harmless(string what, string part, int times, string end)
    {
        var read = RichText.FromMarkdown(string.Concat(Enumerable.Repeat(part, times)) + end, EmbedSlugs.None);
        Assert.True(
            read.IsRefused
                ? read.Errors is [BodyTooDeep or BodyTooManyNodes or BodyTooManyLines or BodyInvalid]
                : RichText.Parse(read.Value!.Body.ToJson()) is { IsRefused: false } or { Errors: [BodyTooLarge] },
            what
        );
    }
}
