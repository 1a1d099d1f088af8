using System.Text.Json;
using System.Text.RegularExpressions;
using Cms.Body;
using Cms.Import;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>
/// Text that a browser hides in a wire story is not published. Text that a browser shows is imported or causes a
/// warning.
/// </summary>
public sealed partial class WireHtmlTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-import-");

    public Task InitializeAsync()
    {
        _database.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        return _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // The test imports each fragment between two visible paragraphs.
    public static TheoryData<string> Hidden =>
        [
            "<p popover>secret</p>",
            "<div popover=manual><p>secret</p></div>",
            "<audio>secret</audio>",
            "<video src=v.mp4>secret <a href='https://a.example'>secret</a></video>",
            "<canvas><p>secret</p></canvas>",
            "<p><progress>secret</progress><meter>secret</meter></p>",
            "<svg><desc>secret</desc><metadata>secret</metadata><title>secret</title></svg>",
            "<svg><defs><text>secret</text></defs><symbol><text>secret</text></symbol></svg>",
            "<svg><text display=none>secret</text><text visibility=hidden>secret</text></svg>",
            "<math><semantics><annotation>secret</annotation></semantics></math>",
            "<p style='display:/**/none'>secret</p>",
            "<p style='display&#58;none'>secret</p>",
            "<p style='d\\69 splay:none'>secret</p>",
            "<p style='display:none!important'>secret</p>",
            "<p style=\"content:'/*';display:none;x:'*/'\">secret</p>",
            "<p style='--x:none;display:var(--x)'>secret</p>",
            "<p title=' style=x' style='display:none'>secret</p>",
            "<p style='content-visibility:hidden'>secret</p>",
            "<p style='opacity:0'>secret</p>",
            "<p style='font-size:0'>secret</p>",
            "<p style='max-height:0;overflow:hidden'>secret</p>",
            "<p/hidden>secret</p>",
            "<p title='a'hidden>secret</p>",
            "<pre><span popover>secret</span></pre>",
            "<p><code><span style='display:none'>secret</span></code></p>",
            "<ul><li popover>secret</li></ul>",
            "<p><!- secret -></p>",
            "<p></ secret></p>",
            "<p><!-- a --!><!-- secret --></p>",
            "<p><img alt=secret style='display:none'></p>",
        ];

    [Fact]
    public async Task A_noscript_element_at_the_start_of_a_story_is_left_out() =>
        Assert.Equal("Shown.", (await ImportAsync("<noscript><p>secret</p></noscript><p>Shown.</p>")).Text);

    [Theory]
    [InlineData("<body hidden><p>secret</p></body>")]
    [InlineData("<body style='display:none'><p>secret</p></body>")]
    [InlineData("<html hidden><body><p>secret</p></body></html>")]
    public async Task A_completely_hidden_story_is_rejected_because_it_has_no_body(string html)
    {
        await WriteStoryAsync(html);

        var summary = await RunAsync();

        Assert.Contains("body", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.Revisions.CountAsync());
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task Text_that_a_browser_hides_is_not_published(string html)
    {
        var (text, body, _) = await ImportAsync($"<p>Before.</p>{html}<p>After.</p>");

        Assert.Equal("Before. After.", text);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p><a href='https://a.example/\nb'>x</a></p>", "https://a.example/b")]
    [InlineData("<p><a href='https://a.exa\r\nmple/b'>x</a></p>", "https://a.example/b")]
    [InlineData("<p><a href='ht\ttps://a.example/b'>x</a></p>", "https://a.example/b")]
    [InlineData("<p><a href=' \n https://a.example/b \n '>x</a></p>", "https://a.example/b")]
    [InlineData("<p><a href='HTTPS://a.example/b'>x</a></p>", "HTTPS://a.example/b")]
    [InlineData("<p><a href='https&colon;//a.example/b'>x</a></p>", "https://a.example/b")]
    public async Task A_link_address_is_parsed_as_in_a_browser(string html, string address)
    {
        var (_, body, warnings) = await ImportAsync(html);

        Assert.Contains($"\"href\":\"{address}\"", body, StringComparison.Ordinal);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("<iframe src='https://vimeo.com/76979871' title='A &quot;film&quot; &amp; more'></iframe>")]
    [InlineData("<p><iframe src='//vimeo.com/76979871' title='A &quot;film&quot; &amp; more'></iframe></p>")]
    [InlineData(
        "<figure><iframe src='https://vimeo.com/76979871' title='A &quot;film&quot; &amp; more'></iframe></figure>"
    )]
    public async Task A_frame_of_an_allowed_site_becomes_an_external_embed(string html)
    {
        var (text, body, warnings) = await ImportAsync($"<p>x</p>{html}");

        Assert.Equal("x A \"film\" & more", text);
        Assert.Contains("\"type\":\"externalEmbed\"", body, StringComparison.Ordinal);
        Assert.Contains("\"url\":\"https://vimeo.com/76979871\"", body, StringComparison.Ordinal);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("<p><a href='https:\\\\a.example'>x</a></p>", "x", "https, http or mailto URL: https:\\\\a.example")]
    [InlineData("<p><a href='/relative'>x</a></p>", "x", "https, http or mailto URL: /relative")]
    [InlineData("<p><a href='#note'>x</a></p>", "x", "https, http or mailto URL: #note")]
    [InlineData("<p><a href='//a.example/b'>x</a></p>", "x", "https, http or mailto URL: //a.example/b")]
    [InlineData("<p><a href='ftp://a.example'>x</a></p>", "x", "https, http or mailto URL: ftp://a.example")]
    [InlineData("<p><a href='tel:+351'>x</a></p>", "x", "https, http or mailto URL: tel:+351")]
    [InlineData("<p><a href='javascript:alert(1)'>x</a></p>", "x", "https, http or mailto URL: javascript:alert(1)")]
    [InlineData("<p><a href=''>x</a></p>", "x", "not a full https, http or mailto URL.")]
    [InlineData("<p>x <a href='https://a.example'></a></p>", "x", "without text was left out: https://a.example")]
    [InlineData(
        "<p>x <code>y<a href='https://a.example'>z</a></code></p>",
        "x yz",
        "in code was left as text: https://a.example"
    )]
    [InlineData(
        "<p>w</p><pre>x<a href='https://a.example'>y</a></pre>",
        "w xy",
        "in code was left as text: https://a.example"
    )]
    [InlineData(
        "<p>x<map><area href='https://a.example'></map></p>",
        "x",
        "image was left out. Add it as a text link: https://a.example"
    )]
    [InlineData(
        "<p>x <img src='a.png' alt='A cloud'></p>",
        "x A cloud",
        "alternative text. Upload the image to show it: a.png"
    )]
    [InlineData("<p>x <img src='a.png'></p>", "x", "left out. Upload the image to show it: a.png")]
    [InlineData(
        "<p>x</p><iframe src='https://a.example'></iframe>",
        "x https://a.example",
        "An embed of a.example became a link."
    )]
    [InlineData(
        "<p>x</p><iframe src='http://a.example'></iframe>",
        "x",
        "(iframe) was left out. Add a link to its content: http://a.example"
    )]
    [InlineData(
        "<p>x</p><iframe src='https://vimeo.com/1' style='display:none'></iframe>",
        "x",
        "(iframe) was left out. Add a link to its content: https://vimeo.com/1"
    )]
    [InlineData(
        "<p>x</p><iframe src='https://vimeo.com/1' width=1 height=1></iframe>",
        "x",
        "(iframe) was left out. Add a link to its content: https://vimeo.com/1"
    )]
    [InlineData(
        "<p>x</p><video src='https://a.example/v'></video>",
        "x",
        "(video) was left out. Add a link to its content: https://a.example/v"
    )]
    [InlineData(
        "<p>x</p><embed src='https://a.example'>",
        "x",
        "(embed) was left out. Add a link to its content: https://a.example"
    )]
    [InlineData("<p>x</p><svg><path d='M0'/></svg>", "x", "(svg) was left out")]
    [InlineData("<p>x <span style='display:none;display:inline'>y</span></p>", "x", "it is in <span>")]
    public async Task Everything_that_is_lost_produces_a_warning(string html, string text, string sentence)
    {
        var (shown, _, warnings) = await ImportAsync(html);

        Assert.Equal(text, shown);
        Assert.Contains(sentence, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_nested_too_deeply_is_left_out_with_a_warning()
    {
        var depth = string.Concat(Enumerable.Repeat("<span>", 80));

        var (text, _, warnings) = await ImportAsync($"<p>x {depth}y</p>");

        Assert.Equal("x", text);
        Assert.Contains("levels deep was left out", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<ul>x<li>y</li></ul>", "x y")]
    [InlineData("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>", "漢(kan)")]
    [InlineData("<dialog open>x</dialog>", "x")]
    [InlineData("<details><summary>x</summary>y</details>", "xy")]
    [InlineData("<p style='--display:none'>x</p>", "x")]
    [InlineData("<p style='/*display:none*/'>x</p>", "x")]
    [InlineData("<div style='font-size:0'><p style='font-size:16px'>x</p></div>", "x")]
    [InlineData("<p title='hidden'>x</p>", "x")]
    [InlineData("<p>x<img src=t.gif width=1 height=1></p>", "x")]
    [InlineData("<p>x<script>y</script><style>y</style></p>", "x")]
    [InlineData("<p><a name=top>x</a></p>", "x")]
    [InlineData("<svg><text>x</text></svg>", "x")]
    public async Task Text_that_a_browser_shows_is_imported_without_a_warning(string html, string expected)
    {
        var (text, _, warnings) = await ImportAsync(html);

        Assert.Equal(expected, text);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("She doubts. <? secret ?>")]
    [InlineData("She doubts. <!NOTE secret>")]
    [InlineData("She doubts. <![CDATA[ secret ]]>")]
    [InlineData("She doubts. <!-- a --!> secret <!-- b -->")]
    [InlineData("She doubts. <!-- a --> secret -->")]
    [InlineData("She doubts. <p hidden>secret</p>")]
    [InlineData("She doubts. <p title='>' hidden>secret</p>")]
    [InlineData("She doubts. <noscript>secret</noscript>")]
    [InlineData("She doubts. <!- secret ->")]
    public async Task Hidden_text_in_the_biography_of_a_persona_is_rejected(string biography)
    {
        await WriteAsync("skeptic.md", $"---\ntype: persona\nname: The Skeptic\nlens: L.\n---\n{biography}\n");

        var summary = await RunAsync();

        Assert.Contains("below the front matter", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("headline: Story <!-- secret -->\nsummary: S.", "‘headline’")]
    [InlineData("headline: Story\nsummary: \"S. <!-- secret\\n\\nsecret -->\"", "‘summary’")]
    [InlineData("headline: Story\nsummary: S.\nhero: { image: x.png, caption: <!-- secret --> C. }", "‘hero.caption’")]
    [InlineData("headline: Story\nsummary: S.\ntakes: [{ persona: p, text: T. <!-- secret --> }]", "‘takes[0].text’")]
    public async Task A_comment_in_a_front_matter_value_is_rejected(string keys, string name)
    {
        await WriteAsync("story.md", $"---\n{keys}\n---\nWords.\n");

        var summary = await RunAsync();

        Assert.Contains(name, Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_mentions_comment_markers_is_accepted()
    {
        await WriteAsync("story.md", "---\nheadline: What <!-- means\nsummary: And --> and <!-- -->.\n---\nWords.\n");

        var summary = await RunAsync();

        Assert.Empty(summary.Refused);
    }

    [Fact]
    public async Task A_biography_with_generic_types_and_arrows_is_accepted()
    {
        await WriteAsync("skeptic.md", "---\ntype: persona\nname: The Skeptic\nlens: L.\n---\nList<?> --> <b>x</b>\n");

        var summary = await RunAsync();

        await using var db = await _database.OpenAsync();
        Assert.Empty(summary.Refused);
        Assert.Equal("List<?> --> <b>x</b>", (await db.Personas.SingleAsync()).Profile.Bio);
    }

    private async Task<(string Text, string Body, IReadOnlyList<string> Warnings)> ImportAsync(string html)
    {
        await WriteStoryAsync(html);
        var summary = await RunAsync();
        Assert.Empty(summary.Refused);
        await using var db = await _database.OpenAsync();
        var body = (await db.Revisions.Select(r => r.Content.Body).SingleAsync())!;
        var text = RichText.Parse(body).Value!.Derive(BodyForms.PlainText).PlainText;
        return (Space().Replace(text, " ").Trim(), body, summary.Warnings);
    }

    private Task WriteStoryAsync(string html) =>
        WriteAsync(
            "wire.json",
            $$"""{ "uri": "urn:example:1", "headline": "Story", "description_text": "D.", "body_html": {{JsonSerializer.Serialize(html)}} }"""
        );

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text);

    private Task<ImportSummary> RunAsync() =>
        _database.Get<ImportNewsroom>().Handle(_folder.FullName, new ImportOptions(), null, CancellationToken.None);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
