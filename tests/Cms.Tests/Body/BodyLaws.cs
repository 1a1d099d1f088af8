using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Cms.Body;
using Cms.Testing;
using FsCheck.Xunit;
using Ganss.Xss;
using Xunit;

namespace Cms.Tests.Body;

[Properties(Arbitrary = [typeof(Bodies)], MaxTest = 300)]
public sealed partial class BodyLaws
{
    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();

    [Property]
    public bool A_body_is_read_back_from_JSON_unchanged(RichText body) =>
        RichText.Parse(body.ToJson()).Value is { } read && read.ToJson() == body.ToJson();

    [Property]
    public bool A_body_read_back_from_Markdown_loses_only_what_Markdown_cannot_express(RichText body)
    {
        var markdown = body.ToMarkdown();
        var expected = SayableInMarkdown.Of(body).ToJson();
        var actual = RichText.FromMarkdown(markdown, EmbedSlugs.None).Value?.Body.ToJson();
        Assert.True(expected == actual, $"{markdown}\n\n{expected}\n{actual}");
        return true;
    }

    [Property]
    public bool A_body_that_comes_back_as_Markdown_has_the_same_ids(RichText body)
    {
        var before = Renumbered(SayableInMarkdown.Of(body));
        if (before.Blocks.Any(block => Levels(block) > InheritedIds.Depth))
        {
            return true;
        }

        var written = RichText.FromMarkdown(before.ToMarkdown(), EmbedSlugs.None).Value!.Body;

        Assert.Equal(before.ToJson(), written.WithIdsOf(before).ToJson());
        return true;
    }

    [Property]
    public bool Every_block_of_a_body_that_replaces_another_has_a_unique_id(RichText body, RichText before) =>
        Every_block_has_a_unique_id(body.WithIdsOf(before)) && body.WithIdsOf(before).ToMarkdown() == body.ToMarkdown();

    [Property]
    public bool A_sanitizer_removes_nothing_from_the_HTML(RichText body)
    {
        var html = body.Derive(BodyForms.Html, Samples.Targets).Html;
        var parser = new HtmlParser();
        Assert.Equal(
            parser.ParseDocument(html).Body!.InnerHtml,
            parser.ParseDocument(Sanitizer.Sanitize(html)).Body!.InnerHtml
        );
        return true;
    }

    [Property]
    public bool The_HTML_contains_all_the_text_and_no_text_becomes_markup(RichText body)
    {
        var html = body.Derive(BodyForms.Html, Samples.Targets).Html;
        var page = new HtmlParser().ParseDocument(html).Body!;
        return Words(page.TextContent) == Words(string.Concat(Texts(body.Blocks)));
    }

    [Property]
    public bool Plain_text_contains_all_the_text_and_no_markup(RichText body) =>
        Words(body.Derive(BodyForms.PlainText).PlainText)
        == Words(
            string.Concat(
                Flat(body.Blocks)
                    .Select(block =>
                        block switch
                        {
                            TextBlock text => string.Concat(text.Content.OfType<Text>().Select(run => run.Value)),
                            CodeBlock code => code.Code,
                            Image image => image.Caption is "" ? image.Alt : image.Caption,
                            ExternalEmbed embed => embed.Title is "" ? embed.Address.Value : embed.Title,
                            _ => "",
                        }
                    )
            )
        );

    [Property]
    public bool Every_heading_has_a_unique_anchor(RichText body)
    {
        var (html, toc) = body.Derive(BodyForms.Html | BodyForms.Toc) is var derived
            ? (derived.Html, derived.Toc)
            : default;
        var anchors = new HtmlParser()
            .ParseDocument(html)
            .QuerySelectorAll("h2, h3, h4")
            .Select(heading => heading.Id!);
        return toc.Select(entry => entry.Anchor).SequenceEqual(anchors)
            && toc.DistinctBy(entry => entry.Anchor).Count() == Flat(body.Blocks).OfType<Heading>().Count();
    }

    [Property]
    public bool Every_block_has_a_unique_id(RichText body) =>
        Flat(body.Blocks).Select(block => block.Id).Order(StringComparer.Ordinal).ToList() is var ids
        && ids.Distinct(StringComparer.Ordinal).Count() == ids.Count
        && !ids.Contains("");

    [Property]
    public bool A_form_is_the_same_whether_it_is_derived_separately_or_with_the_others(RichText body)
    {
        var all = body.Derive(BodyForms.All, Samples.Targets);
        return all.Html == body.Derive(BodyForms.Html, Samples.Targets).Html
            && all.Markdown == body.Derive(BodyForms.Markdown, Samples.Targets).Markdown
            && all.PlainText == body.Derive(BodyForms.PlainText, Samples.Targets).PlainText
            && all.WordCount == body.Derive(BodyForms.Length).WordCount;
    }

    [Property]
    public bool Reading_Markdown_never_throws(string? markdown) =>
        RichText.FromMarkdown(markdown ?? "", EmbedSlugs.None) is var read
        && (read.IsRefused || RichText.Parse(read.Value!.Body.ToJson()).Value!.Equals(read.Value.Body));

    [GeneratedRegex("\"id\":\"[^\"]*\"")]
    private static partial Regex BlockId();

    private static int Levels(Block block) => 1 + block.Children.Select(Levels).DefaultIfEmpty().Max();

    // Ids that a hash of the content cannot give.
    private static RichText Renumbered(RichText body)
    {
        var next = 0;
        return RichText.Parse(BlockId().Replace(body.ToJson(), _ => $"\"id\":\"before-{next++}\"")).Value!;
    }

    private static string Words(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static IEnumerable<Block> Flat(IEnumerable<Block> blocks) =>
        blocks.SelectMany(block => Flat(block.Children).Prepend(block));

    private static IEnumerable<string> Texts(IEnumerable<Block> blocks) =>
        Flat(blocks)
            .Select(block =>
                block switch
                {
                    TextBlock text => string.Concat(text.Content.OfType<Text>().Select(run => run.Value)),
                    CodeBlock code => code.Code,
                    Image image when Samples.Targets.Media.ContainsKey(image.Media) => image.Caption,
                    Image image => image.Caption is "" ? image.Alt : image.Caption,
                    ArticleEmbed embed => Samples.Targets.Articles.GetValueOrDefault(embed.Article)?.Title ?? "",
                    ExternalEmbed embed => embed.Title is "" ? embed.Address.Value : embed.Title,
                    ToolEmbed embed => Samples.Targets.Tools.GetValueOrDefault(embed.Tool)?.Title ?? "",
                    _ => "",
                }
            );

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Clear();
        sanitizer.AllowedTags.UnionWith([
            "p",
            "h2",
            "h3",
            "h4",
            "ul",
            "ol",
            "li",
            "blockquote",
            "aside",
            "pre",
            "code",
            "hr",
            "figure",
            "figcaption",
            "img",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "a",
            "strong",
            "em",
            "s",
            "br",
        ]);
        sanitizer.AllowedAttributes.Clear();
        sanitizer.AllowedAttributes.UnionWith([
            "id",
            "class",
            "data-id",
            "data-embed",
            "data-embed-frame",
            "href",
            "title",
            "rel",
            "src",
            "alt",
            "width",
            "height",
            "loading",
            "start",
            "colspan",
            "rowspan",
            "scope",
        ]);
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["https", "http", "mailto"]);
        // Netscape 4 executed &{…} in attributes. No later browser does, so titles and alternative text can contain it.
        sanitizer.RemovingAttribute += (_, removing) =>
            removing.Cancel =
                removing.Attribute.Name is "title" or "alt"
                && removing.Attribute.Value.Contains("&{", StringComparison.Ordinal);
        return sanitizer;
    }
}
