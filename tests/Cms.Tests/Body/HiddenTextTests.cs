using System.Text.RegularExpressions;
using Cms.Body;
using Xunit;

namespace Cms.Tests.Body;

/// <summary>
/// Text in Markdown that HTML or CommonMark hides is never published. Text that only looks hidden is imported.
/// </summary>
public sealed partial class HiddenTextTests
{
    [Theory]
    [InlineData("A <? secret ?> b")]
    [InlineData("A <?= secret ?> b")]
    [InlineData("A <?\tsecret ?> b")]
    [InlineData("A <?- secret ?> b")]
    [InlineData("A <?xml secret=\"1\"?> b")]
    [InlineData("A <?php echo 'secret' ?> b")]
    [InlineData("A <!NOTE secret> b")]
    [InlineData("A <!note secret> b")]
    [InlineData("A <!TODO: secret> b")]
    [InlineData("A <!DOCTYPE secret> b")]
    [InlineData("A <![CDATA[ secret ]]> b")]
    [InlineData("A <? secret\nsecret ?> b")]
    [InlineData("A <? secret\n\nsecret ?> b")]
    [InlineData("A <?= secret\n\nsecret ?> b")]
    [InlineData("A <!NOTE secret\n\nsecret> b")]
    [InlineData("A <!note secret\nsecret> b")]
    [InlineData("A <![CDATA[ secret\n\nsecret ]]> b")]
    [InlineData("A\n\n<? secret\n\n- secret\n\n?>\n\nb")]
    [InlineData("A\n\n<!NOTE secret\n\n# secret>\n\nb")]
    [InlineData("> A <!NOTE secret\n> secret> b")]
    [InlineData("> A\n>\n> <? secret\n>\n> secret ?>\n\nb")]
    [InlineData("- A <? secret\n\n  secret ?>\n- b")]
    [InlineData("# A <? secret ?> b")]
    [InlineData("| A |\n|---|\n| <? secret ?> b |")]
    [InlineData("A List<? secret ?> b", "A List b")]
    [InlineData("A List<?> <!-- secret --> b List<?>", "A List<?> b List<?>")]
    [InlineData("::tool{<? secret ?>} A b", "::tool{} A b")]
    [InlineData("::tool{<!NOTE secret>}", "::tool{}")]
    public void Text_that_CommonMark_hides_is_left_out_with_a_warning(string markdown, string expected = "A b")
    {
        var read = RichText.FromMarkdown(markdown, EmbedSlugs.None).Value!;

        Assert.Equal(expected, Words(read.Body));
        Assert.DoesNotContain("secret", read.Body.ToJson(), StringComparison.Ordinal);
        Assert.Equal(
            !markdown.Contains("<!--", StringComparison.Ordinal),
            read.Warnings.Any(warning => warning.Message.Contains("was left out", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_warning_names_the_line_where_the_text_was_left_out() =>
        Assert.Equal(
            [3, 9],
            RichText
                .FromMarkdown("A\n\n<? b\n\nc ?>\n\nd\n\ne <!NOTE f> g", EmbedSlugs.None)
                .Value!.Warnings.Select(warning => warning.Line)
        );

    [Theory]
    [InlineData("<noscript>secret</noscript>")]
    [InlineData("<dialog>secret</dialog>")]
    [InlineData("<script>secret</script>")]
    [InlineData("<SCRIPT type=\"text/plain\">secret</SCRIPT>")]
    [InlineData("<style>secret</style>")]
    [InlineData("<title>secret</title>")]
    [InlineData("<head>secret</head>")]
    [InlineData("<iframe>secret</iframe>")]
    [InlineData("<object>secret</object>")]
    [InlineData("<noframes>secret</noframes>")]
    [InlineData("<noembed>secret</noembed>")]
    [InlineData("<datalist>secret</datalist>")]
    [InlineData("<audio>secret</audio>")]
    [InlineData("<video controls>secret</video>")]
    [InlineData("<canvas>secret</canvas>")]
    [InlineData("<progress>secret</progress>")]
    [InlineData("<svg><desc>secret</desc></svg>")]
    [InlineData("<svg><metadata>secret</metadata></svg>")]
    [InlineData("<svg><text display=\"none\">secret</text></svg>")]
    [InlineData("<p popover>secret</p>")]
    [InlineData("<p POPOVER=manual>secret</p>")]
    [InlineData("<p title=\" style=x\" style=\"display:none\">secret</p>")]
    [InlineData("<p data-style=\"x\" style=\"display:none\">secret</p>")]
    [InlineData("<p title='hidden' hidden>secret</p>")]
    [InlineData("<p style=\"display:/**/none\">secret</p>")]
    [InlineData("<p style=\"display/**/:none\">secret</p>")]
    [InlineData("<p style=\"display&#58;none\">secret</p>")]
    [InlineData("<p style=\"&#100;isplay:none\">secret</p>")]
    [InlineData("<p style=\"display&colon;none\">secret</p>")]
    [InlineData("<p style=\"d\\69 splay:none\">secret</p>")]
    [InlineData("<p style=\"display:n\\6fne\">secret</p>")]
    [InlineData("<p style=\"display:none!important\">secret</p>")]
    [InlineData("<p style=\"content:'/*';display:none;x:'*/'\">secret</p>")]
    [InlineData("<p style=display:none>secret</p>")]
    [InlineData("<p\nstyle = 'DISPLAY\n:\nNONE'>secret</p>")]
    [InlineData("<p style=\"--x:none;display:var(--x)\">secret</p>")]
    [InlineData("<p style=\"visibility:collapse\">secret</p>")]
    [InlineData("<p style=\"content-visibility:hidden\">secret</p>")]
    [InlineData("<p style=\"opacity:0.0\">secret</p>")]
    [InlineData("<p style=\"font-size:0px\">secret</p>")]
    [InlineData("<p style=\"max-height:0;overflow:hidden\">secret</p>")]
    [InlineData("<p/hidden>secret</p>")]
    [InlineData("<p title=\"a\"hidden>secret</p>")]
    [InlineData("<p title=\">\"hidden>secret</p>")]
    [InlineData("<p a=b\"c hidden>secret</p>")]
    [InlineData("<o:p hidden>secret</o:p>")]
    [InlineData("> <p\n> hidden>secret</p>")]
    [InlineData("> <p/\n> hidden>secret</p>")]
    [InlineData("a <b\n  hidden\n>secret</b>")]
    [InlineData("# <span hidden>secret</span>")]
    [InlineData("| a |\n|---|\n| <span hidden>secret</span> |")]
    [InlineData("![<span hidden>secret</span>](media:med_00000003000000000000000000000000)")]
    [InlineData("[<span hidden>secret</span>](https://a.example)")]
    [InlineData("[x](https://a.example \"<span hidden>secret</span>\")")]
    [InlineData("::tool{<span hidden>secret</span>}")]
    [InlineData("<script></scripts>secret</script>")]
    [InlineData("[x](https://a.example \"`\") <p hidden>secret</p> `")]
    public void An_element_that_HTML_hides_is_rejected_with_a_suggestion(string markdown)
    {
        var error = Assert.IsType<BodyInvalid>(Assert.Single(RichText.FromMarkdown(markdown, EmbedSlugs.None).Errors));

        Assert.Contains("is hidden in HTML", error.Message, StringComparison.Ordinal);
        Assert.Contains("put it in a comment (<!-- … -->)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[x](https://a.example \"<!-- secret -->\")")]
    [InlineData("[x](https://a.example \"A <!-- secret --> b\")")]
    [InlineData("[x](https://a.example '<? secret ?>')")]
    [InlineData("[x](https://a.example (<!NOTE secret>))")]
    [InlineData("[x](https://a.example \"<![CDATA[ secret ]]>\")")]
    [InlineData("[x](https://a.example \"\\\\<!-- secret -->\")")]
    [InlineData("[x][r]\n\n[r]: https://a.example \"<!-- secret -->\"")]
    [InlineData("> a\n> [x](https://a.example\n> \"<!-- secret -->\")")]
    [InlineData("![x](media:med_00000003000000000000000000000000 \"<!-- secret -->\")")]
    [InlineData("| a |\n|---|\n| [x](https://a.example \"<!-- secret -->\") |")]
    public void A_comment_in_the_title_of_a_link_or_image_is_rejected(string markdown)
    {
        var error = Assert.IsType<BodyInvalid>(Assert.Single(RichText.FromMarkdown(markdown, EmbedSlugs.None).Errors));

        Assert.Contains("The title of a link or image", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!-- a --!> shown <!-- b -->", "--!>")]
    [InlineData("<!-- a\n\n--!>\n\nshown\n\n<!-- b -->", "--!>")]
    [InlineData("A <!-- a --!> -->", "--!>")]
    [InlineData("A <!- shown ->", "begins a comment in HTML")]
    [InlineData("A <! shown >", "begins a comment in HTML")]
    [InlineData("A <![if mso]> shown <![endif]>", "begins a comment in HTML")]
    [InlineData("A <![cdata[ shown ]]>", "begins a comment in HTML")]
    [InlineData("A </ shown>", "begins a comment in HTML")]
    [InlineData("A </-- shown -->", "begins a comment in HTML")]
    [InlineData("A <? shown", "is not closed")]
    [InlineData("A <? shown >", "is not closed")]
    [InlineData("A <!NOTE shown", "is not closed")]
    [InlineData("> <!NOTE shown\n>\n> shown>", "begins a quotation")]
    [InlineData("<!NOTE shown\n> shown", "begins a quotation")]
    public void Text_that_only_HTML_or_only_CommonMark_hides_is_rejected(string markdown, string sentence)
    {
        var error = Assert.IsType<BodyInvalid>(Assert.Single(RichText.FromMarkdown(markdown, EmbedSlugs.None).Errors));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("List<?> shown Map<?, ?>", "List<?> shown Map<?, ?>")]
    [InlineData("List<?> **shown** List<?>", "List<?> shown List<?>")]
    [InlineData("List<? extends Shown> and List<? super Shown>", "List<? extends Shown> and List<? super Shown>")]
    [InlineData("Map<?,List<? extends Shown>> m ?>", "Map<?,List<? extends Shown>> m ?>")]
    [InlineData("a <?> shown", "a <?> shown")]
    [InlineData("a <!> shown", "a <!> shown")]
    [InlineData("I </3 shown", "I </3 shown")]
    [InlineData("a < b and c </ d", "a < b and c </ d")]
    [InlineData("`<? shown ?>` `<!NOTE shown>`", "<? shown ?> <!NOTE shown>")]
    [InlineData("`<script>shown</script>` `<p hidden>`", "<script>shown</script> <p hidden>")]
    [InlineData("\\<? shown ?> \\<!NOTE shown> \\<p hidden>", "<? shown ?> <!NOTE shown> <p hidden>")]
    [InlineData("&lt;script>shown&lt;/script>", "<script>shown</script>")]
    [InlineData("```\n<? shown\n\n?> <!NOTE\n```", "<? shown ?> <!NOTE")]
    [InlineData("    <script>shown\n\n    </script>", "<script>shown </script>")]
    [InlineData("<p title=\"hidden\">shown</p>", "<p title=\"hidden\">shown</p>")]
    [InlineData(
        "<p title=\" hidden style=display:none\">shown</p>",
        "<p title=\" hidden style=display:none\">shown</p>"
    )]
    [InlineData("<p style=\"color:red\">shown</p>", "<p style=\"color:red\">shown</p>")]
    [InlineData("<p style=\"x:'display:none'\">shown</p>", "<p style=\"x:'display:none'\">shown</p>")]
    [InlineData("<p style=\"/*display:none*/\">shown</p>", "<p style=\"/*display:none*/\">shown</p>")]
    [InlineData("<p style=\"--display:none\">shown</p>", "<p style=\"--display:none\">shown</p>")]
    [InlineData("<dialog open>shown</dialog>", "<dialog open>shown</dialog>")]
    [InlineData("<details>shown</details>", "<details>shown</details>")]
    [InlineData("<metadata>shown</metadata>", "<metadata>shown</metadata>")]
    [InlineData("<iframe src=\"x\"></iframe> shown", "<iframe src=\"x\"></iframe> shown")]
    [InlineData("[shown](<https://a.example/x hidden y>)", "shown")]
    [InlineData("[shown](https://a.example \"List<?>\")", "shown")]
    [InlineData("[shown](https://a.example \"`\")`<script>`", "shown<script>")]
    public void Text_that_only_looks_hidden_is_imported(string markdown, string expected) =>
        Assert.Equal(expected, Words(RichText.FromMarkdown(markdown, EmbedSlugs.None).Value!.Body));

    [Fact]
    public void A_title_that_contains_comment_markers_survives_export_and_import()
    {
        var body = RichText
            .FromMarkdown("[x](https://a.example \"\\<!-- shown --> &lt;? a ?>\")", EmbedSlugs.None)
            .Value!.Body;

        Assert.Contains(
            "<!-- shown --> <? a ?>",
            body.ToJson()
                .Replace("\\u003C", "<", StringComparison.OrdinalIgnoreCase)
                .Replace("\\u003E", ">", StringComparison.OrdinalIgnoreCase),
            StringComparison.Ordinal
        );
        Assert.Equal(body, RichText.FromMarkdown(body.ToMarkdown(), EmbedSlugs.None).Value!.Body);
    }

    [Theory]
    [InlineData("[](https://a.example)", "without text")]
    [InlineData(
        "[![A](media:med_00000003000000000000000000000000)](https://a.example)",
        "link on an image was left out"
    )]
    [InlineData("[![A](https://b.example/a.png)](https://a.example)", "replaced by its alternative text")]
    [InlineData("[A](/relative)", "left as text")]
    [InlineData("[A](https:\\\\\\\\a.example)", "left as text")]
    [InlineData("[A](ftp://a.example)", "left as text")]
    public void A_lost_link_produces_a_warning(string markdown, string sentence) =>
        Assert.Contains(
            sentence,
            Assert.Single(RichText.FromMarkdown(markdown, EmbedSlugs.None).Value!.Warnings).Message,
            StringComparison.Ordinal
        );

    private static string Words(RichText body) =>
        Space().Replace(body.Derive(BodyForms.PlainText).PlainText, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
