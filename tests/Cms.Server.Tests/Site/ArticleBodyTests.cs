using System.Net;
using System.Text.RegularExpressions;
using Cms.Site.Articles;
using Cms.Site.Articles.Body;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The text of an article's page: passages, quotes, tables and embeds, whatever the body contains.</summary>
public sealed partial class ArticleBodyTests
{
    private static readonly string[] Void = ["br", "hr", "img"];

    [Fact]
    public void The_words_of_a_take_are_marked_across_inline_elements()
    {
        var body = Make(
            """<p data-id="b1">It is right, <em>provided that <strong>yes</strong> means</em> yes.</p>""",
            Take("t1", "b1", "that yes means yes")
        );

        Assert.Equal("that yes means yes", Marked(body));
        Assert.Equal("q-t1", body.Places["t1"]);
        Assert.Contains(
            """<mark class="pass p-t1" id="q-t1">that </mark><strong>""",
            Markup(body),
            StringComparison.Ordinal
        );
        AssertBalanced(Markup(body));
    }

    [Fact]
    public void Several_takes_can_speak_of_one_block()
    {
        var body = Make(
            """<p data-id="b1">one two three four five</p>""",
            Take("t1", "b1", "two three four"),
            Take("t2", "b1", "three four five"),
            Take("t3", "b1", "three four")
        );

        var html = Markup(body);
        Assert.Equal("two three four five", Marked(body));
        Assert.Equal(["t1", "t2", "t3"], body.Places.Keys.Order(StringComparer.Ordinal));
        Assert.All(body.Places.Values, place => Assert.Contains($"id=\"{place}\"", html, StringComparison.Ordinal));
        Assert.Equal(3, Portrait().Count(html));
        Assert.Equal(3, Note().Count(html));
        AssertBalanced(html);
    }

    [Fact]
    public void A_quote_that_the_block_no_longer_has_marks_nothing_and_links_to_the_block()
    {
        var body = Make("""<p data-id="b1">New words.</p>""", Take("t1", "b1", "old words"));

        Assert.Equal("", Marked(body));
        Assert.Equal("b-b1", body.Places["t1"]);
        Assert.Contains(
            "<p id=\"b-b1\">New words.<a class=\"ref p-t1\" href=\"#t1\"",
            Markup(body),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_block_that_is_gone_changes_nothing()
    {
        var body = Make("""<p data-id="b1">Words.</p>""", Take("t1", "b2", "Words"));

        Assert.Equal("<p>Words.</p>", Markup(body));
        Assert.Empty(body.Places);
    }

    [Fact]
    public void A_portrait_is_never_inside_a_link_or_code()
    {
        var body = Make(
            """<p data-id="b1">Read <a href="/x">the <code>whole</code> story</a>.</p><pre data-id="b2"><code>run it</code></pre>""",
            Take("t1", "b1", "whole story"),
            Take("t2", "b1", "the whole"),
            Take("t3", "b2", "run it")
        );

        var html = Markup(body);
        AssertBalanced(html);
        Assert.Contains("story</mark></a><a class=\"ref p-t1\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("ref p-t3", html, StringComparison.Ordinal);
        Assert.Contains(
            """<mark class="pass p-t3" id="q-t3">run it</mark></code></pre>""",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_quote_can_go_across_lines_and_items_of_a_list()
    {
        var body = Make(
            "<ul data-id=\"l1\"><li data-id=\"i1\"><p data-id=\"p1\">First\n item</p>\n</li><li data-id=\"i2\"><p data-id=\"p2\">second</p>\n</li></ul>",
            Take("t1", "l1", "First item second")
        );

        Assert.Equal("First item second", Marked(body));
        AssertBalanced(Markup(body));
        // The note floats beside the text, so it is outside the list.
        Assert.StartsWith("""<div class="mnote p-t1">""", Markup(body), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_look_like_markup_stay_words()
    {
        var body = Make(
            """<p data-id="b1">Type &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;go&quot;</p>""",
            Take("t1", "b1", "<script>alert(1)</script> & \"go\"") with
            {
                Verdict = "\"><img src=x onerror=alert(1)>",
                WrittenAs = new("\"><b>", "Lens"),
            }
        );

        var html = Markup(body);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.Equal("<script>alert(1)</script> & “go”", Marked(body));
        AssertBalanced(html);
    }

    [Theory]
    [InlineData("<p data-id=\"b1\">never closed <em>words", "words")]
    [InlineData("</p></em><p data-id=\"b1\">words</em></p></div>", "words")]
    [InlineData("<p data-id=\"b1\">1 < 2 words > 0 & more</p>", "2 words >")]
    [InlineData("<p data-id=\"b1\" title=\"a > b\" x='\"'>words</p>", "words")]
    [InlineData("<p data-id=b1 hidden>words<br/>here</p>", "words here")]
    [InlineData("<p data-id=\"b1\"><em>wo<strong>rds</em></strong></p>", "words")]
    [InlineData("<p data-id=\"b1\"><!-- </p> -->words<!", "words")]
    [InlineData("<p data-id=\"b1\">words<", "words")]
    [InlineData("<p data-id=\"b1\">words</p", "words")]
    [InlineData("<p data-id=\"b1\" onx<y=\"1\" \"=2>words</p>", "words")]
    [InlineData("<p data-id=\"b1\">words</p><p data-id=\"b1\">words</p>", "words")]
    public void Broken_markup_is_mended_and_marked(string html, string quote)
    {
        var body = Make(html, Take("t1", "b1", quote));

        AssertBalanced(Markup(body));
        Assert.Contains(quote.Split(' ')[^1][..1], Marked(body), StringComparison.Ordinal);
        Assert.NotEqual("", Marked(body));
    }

    [Fact]
    public void Marks_change_no_words_and_break_no_markup()
    {
        Random random = new(20261127);
        string[] tokens =
        [
            "one ",
            "two",
            " three ",
            "&amp;",
            "<em>",
            "</em>",
            "<a href=\"/x\">",
            "</a>",
            "<code>",
            "</code>",
            "<br>",
            "<strong>",
            "</strong>",
            "\n",
            "é",
        ];
        for (var round = 0; round < 500; round++)
        {
            var inner = string.Concat(
                Enumerable.Range(0, random.Next(1, 25)).Select(_ => tokens[random.Next(tokens.Length)])
            );
            var html = $"<p data-id=\"b1\">{inner}</p>";
            var plain = Words(Markup(Make(html)));
            var takes = Enumerable
                .Range(0, random.Next(1, 5))
                .Select(i =>
                {
                    var start = random.Next(plain.Length + 1);
                    return Take($"t{i}", "b1", plain.Substring(start, random.Next(plain.Length - start + 1)));
                })
                .ToArray();

            var marked = Markup(Make(html, takes));

            AssertBalanced(marked);
            Assert.Equal(plain, Words(Note().Replace(marked, "")));
        }
    }

    [Fact]
    public void Straight_quotes_become_typographic_except_in_code_and_other_languages()
    {
        const string Html =
            """<p data-id="b1">&quot;<em>It&#39;s</em>&quot; from the &#39;90s: <code>&quot;x&quot;</code></p>""";

        Assert.Equal("<p>“<em>It’s</em>” from the ’90s: <code>&quot;x&quot;</code></p>", Markup(Make(Html)));
        Assert.Equal(
            "<p>&quot;<em>It's</em>&quot; from the '90s: <code>&quot;x&quot;</code></p>",
            Markup(BodyMaker.Make(Article(Html) with { Language = "de" }))
        );
    }

    [Fact]
    public void Tables_and_code_can_be_reached_and_have_different_names()
    {
        const string Table =
            "<table data-id=\"t\"><thead><tr data-id=\"r\"><th data-id=\"c\" scope=\"col\"><p data-id=\"p\">Card</p>\n</th><th data-id=\"d\" scope=\"col\"><p data-id=\"q\">Cuts</p>\n</th></tr></thead><tbody><tr data-id=\"s\"><td data-id=\"e\"><p data-id=\"h\">B</p>\n</td><td data-id=\"f\"><p data-id=\"g\">2,000</p>\n</td></tr></tbody></table>\n";
        var html = Markup(Make(Table + Table + """<pre data-id="k"><code>x</code></pre>"""));

        Assert.Contains(
            """<div class="tw" role="region" aria-label="Table 1" tabindex="0"><table><thead><tr>""",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("aria-label=\"Table 2\"", html, StringComparison.Ordinal);
        Assert.Contains("""<th scope="col" class="num">Cuts</th>""", html, StringComparison.Ordinal);
        Assert.Contains("""<td class="num">2,000</td>""", html, StringComparison.Ordinal);
        Assert.Contains("""<pre tabindex="0" role="region" aria-label="Code">""", html, StringComparison.Ordinal);
        AssertBalanced(html);
    }

    [Fact]
    public void Every_row_of_a_table_without_a_head_can_have_figures()
    {
        var html = Markup(
            Make(
                """<table data-id="t"><tbody><tr data-id="r"><th data-id="c" scope="row">Seats</th><td data-id="d">450</td></tr></tbody></table>"""
            )
        );

        Assert.Contains(
            """<tbody><tr><th scope="row">Seats</th><td class="num">450</td></tr></tbody>""",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_column_keeps_the_alignment_that_its_writer_chose()
    {
        var html = Markup(
            Make(
                """<table data-id="t"><thead><tr data-id="r"><th data-id="c" scope="col">Card</th><th data-id="d" scope="col" class="align-center">Cuts</th><th data-id="e" scope="col" class="align-right">Seats</th></tr></thead><tbody><tr data-id="s"><td data-id="f">B</td><td data-id="g" class="align-center">2,000</td><td data-id="h" class="align-right">450</td></tr></tbody></table>"""
            )
        );

        Assert.Contains(
            """<td class="align-center">2,000</td><td class="align-right num">450</td>""",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_table_with_words_or_merged_cells_is_not_aligned()
    {
        const string Head = """<thead><tr><th scope="col">Card</th><th scope="col">Cuts</th></tr></thead>""";
        var html = Markup(
            Make(
                $"""<table>{Head}<tbody><tr><td>A</td><td>none</td></tr></tbody></table><table>{Head}<tbody><tr><td>B</td><td>2</td></tr><tr><td colspan="2">3</td></tr></tbody></table><table>{Head}</table>"""
            )
        );

        Assert.DoesNotContain("num", html, StringComparison.Ordinal);
        AssertBalanced(html);
    }

    [Theory]
    [InlineData("https://www.youtube-nocookie.com/embed/abcdefghijk", "https://www.youtube-nocookie.com")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("http://player.example/x", null)]
    public void Only_frames_over_https_can_be_loaded(string frame, string? origin)
    {
        var body = Make(
            $"""<figure data-id="x" class="embed embed-external" data-embed="www.youtube.com" data-embed-frame="{frame}"><a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener">A film</a></figure>"""
        );

        var card = Assert.IsType<BodyExternal>(Assert.Single(body.Parts));
        Assert.Equal("A film", card.Title);
        Assert.Equal(origin is null ? null : frame, card.Frame);
        Assert.Equal(origin is null ? [] : [origin], body.Frames);
    }

    [Fact]
    public void A_tool_becomes_a_card_and_one_that_readers_cannot_see_stays_a_link()
    {
        const string Html =
            """<p data-id="a" class="embed embed-tool"><a href="https://x.example/t/quillon/" rel="noopener">Quillon</a></p><p data-id="b" class="embed embed-tool"><a href="/tools/gone">Gone</a></p>""";
        var article = Article(Html);
        var body = BodyMaker.Make(
            article with
            {
                Body = article.Body! with
                {
                    References =
                    [
                        new()
                        {
                            Type = "Tool",
                            Id = "tol_1",
                            Slug = "quillon",
                            Name = "Quillon",
                        },
                    ],
                },
            }
        );

        Assert.Collection(
            body.Parts,
            part => Assert.Equal("tol_1", Assert.IsType<BodyTool>(part).Tool.Id),
            part => Assert.Contains("Gone</a></p>", Assert.IsType<BodyMarkup>(part).Html, StringComparison.Ordinal)
        );
    }

    private static ShownBody Make(string html, params TakeData[] takes) =>
        BodyMaker.Make(Article(html) with { Takes = takes });

    internal static ArticleData Article(string html) =>
        new(
            "art_1",
            "slug",
            "Headline",
            "Summary",
            Byline: null,
            "en",
            default,
            default,
            1,
            Disclosure: null,
            DigitalSourceType: null,
            1,
            1,
            IsBookmarked: null,
            Category: null,
            Source: null,
            [],
            [],
            HeroImage: null,
            new(html, [], []),
            [],
            new(0, 0, 0, Split: false),
            [],
            [],
            new("Headline", "Summary", CanonicalUrl: null, NoIndex: false)
        );

    internal static TakeData Take(string id, string block, string quote) =>
        new(
            id,
            "Text",
            "Verdict",
            Stance.Mixed,
            50,
            Disclosure: null,
            DigitalSourceType: null,
            default,
            IsBookmarked: null,
            PreviewStatus: null,
            new(block, quote),
            InReplyTo: null,
            new("The Tester", "Lens"),
            new(id, "The Tester", Avatar: null)
        );

    private static string Markup(ShownBody body) =>
        string.Concat(body.Parts.OfType<BodyMarkup>().Select(part => part.Html));

    private static string Marked(ShownBody body) =>
        string.Join(
            ' ',
            string.Concat(
                    MarkOrBreak()
                        .Matches(Markup(body))
                        .Select(mark => mark.Groups["break"].Success ? " " : Words(mark.Value))
                )
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    private static string Words(string html) => WebUtility.HtmlDecode(Tag().Replace(html, ""));

    // Every start has its end, and neither marks nor links are inside their like.
    private static void AssertBalanced(string html)
    {
        Stack<string> open = new();
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups["name"].Value;
            if (tag.Groups["end"].Success)
            {
                Assert.True(open.TryPop(out var start), html);
                Assert.Equal(start, name);
            }
            else if (!Void.Contains(name))
            {
                Assert.False(name is "mark" && open.Contains(name), html);
                Assert.False(
                    name is "a" && open.Contains(name) && tag.Value.Contains("class=\"ref", StringComparison.Ordinal),
                    html
                );
                open.Push(name);
            }
        }

        Assert.Empty(open);
    }

    [GeneratedRegex("<(?<end>/)?(?<name>[a-z][a-z0-9]*)(\\s+[a-z-]+=\"[^\"]*\")*>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex("<mark [^>]*>[^<]*</mark>|(?<break></(li|p)>|<br>)", RegexOptions.ExplicitCapture)]
    private static partial Regex MarkOrBreak();

    [GeneratedRegex("<a class=\"ref ")]
    private static partial Regex Portrait();

    [GeneratedRegex("<div class=\"mnote.*?</div>", RegexOptions.Singleline)]
    private static partial Regex Note();
}
