using System.Collections.Immutable;
using System.Text;
using Cms.GraphQL;
using Cms.Media;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cms.Body;

/// <summary>Reads the inline text of one Markdown block, and the images in it.</summary>
internal sealed class MarkdownInlines
{
    private const string MediaScheme = "media:";
    private const string Decorative = "#decorative";

    /// <summary>The warning about hidden markup other than a comment.</summary>
    public const string LeftOut =
        "A CDATA section, declaration or processing instruction was left out. Write it as code to show it.";

    private readonly EmbedSlugs _slugs;
    private readonly List<ImportWarning> _warnings;
    private readonly Action<int> _count;
    private readonly bool _inTable;
    private readonly int _line;
    private readonly InlineBuilder _text = new();
    private readonly ImmutableArray<Block>.Builder _blocks = ImmutableArray.CreateBuilder<Block>();
    private bool _picturesAllowed = true;

    private readonly LeafBlock _source;
    private readonly WithoutComments _document;

    public MarkdownInlines(
        LeafBlock source,
        WithoutComments document,
        int line,
        EmbedSlugs slugs,
        List<ImportWarning> warnings,
        Action<int> count,
        bool inTable
    )
    {
        (this._source, this._document, this._slugs, this._warnings) = (source, document, slugs, warnings);
        (this._count, this._inTable, this._line) = (count, inTable, line);
    }

    /// <summary>Reads the block as paragraphs, with images between them.</summary>
    public ImmutableArray<Block> Blocks()
    {
        Read(_source.Inline, TextStyle.None, link: null);
        if (_blocks.Count == 0)
        {
            return [new Paragraph("", _text.ToImmutable())];
        }

        EndParagraph();
        return _blocks.DrainToImmutable();
    }

    /// <summary>Reads the block as inline text, for a place that cannot contain images.</summary>
    public ImmutableArray<Inline> Running()
    {
        _picturesAllowed = false;
        Read(_source.Inline, TextStyle.None, link: null);
        return _text.ToImmutable();
    }

    /// <summary>Ends the paragraph before or after an image and trims the white space between the two.</summary>
    private void EndParagraph()
    {
        var content = _text.ToImmutable();
        if (content is [Text first, ..])
        {
            content = content.SetItem(0, first with { Value = first.Value.TrimStart() });
        }

        if (content is [.., Text last])
        {
            content = content.SetItem(content.Length - 1, last with { Value = last.Value.TrimEnd() });
        }

        content = content.RemoveAll(inline => inline is Text { Value: "" });
        if (!content.IsEmpty)
        {
            _blocks.Add(new Paragraph("", content));
        }
    }

    private void Warn(string message)
    {
        var warning = new ImportWarning(_line, message);
        if (_warnings is not [.., var last] || last != warning)
        {
            _warnings.Add(warning);
        }
    }

    private void Read(ContainerInline? container, TextStyle style, Link? link)
    {
        foreach (var inline in container ?? Enumerable.Empty<Markdig.Syntax.Inlines.Inline>())
        {
            _count(1);
            Read(inline, style, link);
        }
    }

    private void Read(Markdig.Syntax.Inlines.Inline inline, TextStyle style, Link? link)
    {
        switch (inline)
        {
            case LiteralInline literal:
                Add(literal.Content.ToString(), style, link);
                break;
            case HtmlEntityInline entity:
                Add(entity.Transcoded.ToString(), style, link);
                break;
            case CodeInline code:
                var content = _inTable ? code.Content.Replace("\\|", "|", StringComparison.Ordinal) : code.Content;
                Add(content, style | TextStyle.Code, link);
                break;
            case LineBreakInline { IsHard: true }:
                _text.Break();
                break;
            case LineBreakInline:
                Add(" ", style, link);
                break;
            case HtmlInline html:
                Html(html, style, link);
                break;
            case AutolinkInline autolink:
                var address = autolink.IsEmail ? $"mailto:{autolink.Url}" : autolink.Url;
                Add(autolink.Url, style, Address(address) is { } href ? new Link(href) : link);
                break;
            case LinkInline { IsImage: true } picture:
                Picture(picture, style, link);
                break;
            case LinkInline { FirstChild: null }:
                Warn("A link without text was left out. Write [text](URL).");
                break;
            case LinkInline target:
                Read(target, style, link ?? LinkOf(target));
                break;
            case EmphasisInline emphasis:
                Read(emphasis, style | StyleOf(emphasis), link);
                break;
            case DelimiterInline delimiter:
                // An unmatched bracket or asterisk is text.
                Add(delimiter.ToLiteral(), style, link);
                Read(delimiter, style, link);
                break;
            case ContainerInline other:
                Read(other, style, link);
                break;
            default:
                Add(inline.ToString() ?? "", style, link);
                break;
        }
    }

    private void Add(string value, TextStyle style, Link? link) => _text.Add(BodyText.Repair(value), style, link);

    private static TextStyle StyleOf(EmphasisInline emphasis) =>
        emphasis switch
        {
            { DelimiterChar: '~' } => TextStyle.Strike,
            { DelimiterCount: 1 } => TextStyle.Italic,
            _ => TextStyle.Bold,
        };

    private void Html(HtmlInline html, TextStyle style, Link? link)
    {
        if (html.Tag is "<br>" or "<br/>" or "<br />")
        {
            _text.Break();
        }
        else if (IsUnseen(html))
        {
            // Comments are omitted without a warning.
            if (!html.Tag.StartsWith(HiddenText.Comment.Start, StringComparison.Ordinal))
            {
                Warn(LeftOut);
            }
        }
        else
        {
            // All other HTML becomes text.
            Warn("HTML was treated as plain text. Write it in Markdown.");
            Add(html.Tag, style, link);
        }
    }

    private bool IsUnseen(HtmlInline html) =>
        HiddenElement.IsOpenedBy(html.Tag, _document.HasDrawing)
        && !HiddenElement.IsEmpty(html.Tag, (html.NextSibling as HtmlInline)?.Tag ?? "")
            ? throw new BeyondLimitException(HiddenElement.Refusal(html.Tag, _line))
            : HiddenText.IsTag(html.Tag);

    private LinkAddress? Address(string? url)
    {
        var address = LinkAddress.Encode(url ?? "");
        if (address is null)
        {
            Warn("A link was left as text, because it is not a full https, http or mailto URL.");
        }

        return address;
    }

    private Link? LinkOf(LinkInline link) =>
        Address(link.Url) is { } href ? new Link(href, Title(link) is { Length: > 0 } title ? title : null) : null;

    /// <summary>
    /// Returns the title of a link or image. Rejects markup that HTML hides: a title is plain text, so readers would
    /// see the markup.
    /// </summary>
    private string Title(LinkInline link)
    {
        // Check the source of the title, where a backslash marks a < as text. If the title comes from a reference
        // definition, or its position is not known, check its value.
        var written =
            link.Reference is null && !link.TitleSpan.IsEmpty && link.TitleSpan.End < _document.Markdown.Length
                ? WithoutEscapes(_document.Markdown.Substring(link.TitleSpan.Start, link.TitleSpan.Length))
                : link.Title ?? "";
        if (HiddenElement.IsIn(written))
        {
            throw new BeyondLimitException(HiddenElement.Refusal(written, _line));
        }

        return HiddenText.FirstIn(written) is { } hidden
            ? throw new BeyondLimitException(
                new BodyInvalid(
                    "",
                    $"The title of a link or image on line {_line} contains {hidden.Start}, which readers would see. Remove it, or write \\ before the < to show it."
                )
            )
            : Label(link.Title);
    }

    private static string WithoutEscapes(string text)
    {
        var rest = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            rest.Append(text[i] is '\\' && ++i < text.Length ? '_' : text[i]);
        }

        return rest.ToString();
    }

    private static string Label(string? label)
    {
        var clean = BodyText.Repair(label ?? "").Trim();
        return clean.Length <= BodyLimits.LabelLength ? clean : clean[..BodyLimits.LabelLength].Trim();
    }

    private void Picture(LinkInline picture, TextStyle style, Link? link)
    {
        var alt = Label(string.Concat(picture.Descendants<LeafInline>().Select(TextOf)));
        if (_picturesAllowed && MediaOf(picture.Url ?? "") is var (media, decorative) && !(decorative && alt is not ""))
        {
            EndParagraph();
            _blocks.Add(new Image("", media, alt, Title(picture), decorative));
            if (link is not null)
            {
                Warn("The link on an image was left out, because images cannot be links. Add it as a text link.");
            }
        }
        else if (LinkAddress.Encode(picture.Url ?? "") is { IsMail: false } address)
        {
            Warn(
                link is null
                    ? "An image from another site was replaced by a link. Upload the image to show it."
                    : "An image from another site was replaced by its alternative text. Upload the image to show it."
            );
            Add(alt is "" ? address.Value : alt, style, link ?? new Link(address));
        }
        else
        {
            Warn(
                "An image was replaced by its alternative text, because it is not in the library (media:med_…) or not allowed here."
            );
            Add(alt, style, link);
        }
    }

    private (MediaId Media, bool Decorative)? MediaOf(string url)
    {
        var decorative = url.EndsWith(Decorative, StringComparison.Ordinal);
        var name = decorative ? url[..^Decorative.Length] : url;
        var found = name.StartsWith(MediaScheme, StringComparison.Ordinal)
            ? MediaId.Parse(name[MediaScheme.Length..])
            : _slugs.Image(name);
        return found is { } media ? (media, decorative) : null;
    }

    private string TextOf(LeafInline inline) =>
        inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            CodeInline code => code.Content,
            LineBreakInline => " ",
            HtmlInline html => IsUnseen(html) ? "" : html.Tag,
            AutolinkInline link => link.Url,
            _ => "",
        };
}
