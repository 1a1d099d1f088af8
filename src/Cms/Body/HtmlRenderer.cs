using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Cms.Body;

/// <summary>HTML (the living standard) for pages and feeds. Every block says its id in <c>data-id</c>, for takes to anchor to.</summary>
internal sealed class HtmlRenderer(Outline outline, ReferenceTargets targets) : IBlockVisitor
{
    private readonly StringBuilder html = new(4096);
    private bool firstRow;

    public void Enter(Block block)
    {
        switch (block)
        {
            case Paragraph paragraph:
                Open("p", block);
                Inlines(paragraph.Content);
                break;
            case Heading heading:
                Open(TagOf(heading), block, close: false);
                html.Append(" id=\"").AppendEscaped(outline.Entries[^1].Anchor).Append("\">");
                Inlines(heading.Content);
                break;
            case OrderedList { Start: not 1 } list:
                Open("ol", block, close: false);
                html.Append(CultureInfo.InvariantCulture, $" start=\"{list.Start}\">");
                break;
            case CodeBlock code:
                Code(code);
                break;
            case Callout callout:
                Open("aside", block, close: false);
                html.Append(" class=\"callout callout-")
                    .Append(callout.Tone.ToString().ToLowerInvariant())
                    .Append("\">");
                break;
            case HorizontalRule:
                Open("hr", block);
                break;
            case Image image:
                Picture(image);
                break;
            case ArticleEmbed or ToolEmbed:
                Embed(block);
                break;
            case TableCell cell:
                Cell(cell);
                break;
            default:
                firstRow |= block is Table;
                Open(TagOf(block), block);
                html.Append(block is Table ? "<tbody>" : "");
                break;
        }
    }

    public void Leave(Block block)
    {
        switch (block)
        {
            case CodeBlock or HorizontalRule or Image or ArticleEmbed or ToolEmbed:
                break;
            case Table:
                html.Append("</tbody></table>");
                break;
            default:
                firstRow &= block is not TableRow;
                html.Append("</").Append(TagOf(block)).Append('>');
                break;
        }

        if (block is not (TableRow or TableCell or ListItem))
        {
            html.Append('\n');
        }
    }

    public override string ToString() => html.ToString();

    private static string TagOf(Block block) =>
        block switch
        {
            Paragraph => "p",
            Heading { Level: 2 } => "h2",
            Heading { Level: 3 } => "h3",
            Heading => "h4",
            BulletList => "ul",
            OrderedList => "ol",
            ListItem => "li",
            Blockquote => "blockquote",
            Callout => "aside",
            Table => "table",
            TableRow => "tr",
            TableCell { IsHeader: true } => "th",
            _ => "td",
        };

    private void Open(string tag, Block block, bool close = true) =>
        html.Append('<').Append(tag).Append(" data-id=\"").Append(block.Id).Append(close ? "\">" : "\"");

    private void Code(CodeBlock code)
    {
        Open("pre", code);
        html.Append("<code");
        if (code.Language is { } language)
        {
            html.Append(" class=\"language-").AppendEscaped(language).Append('"');
        }

        html.Append('>').AppendEscaped(code.Code).Append("</code></pre>");
    }

    private void Picture(Image image)
    {
        if (targets.Media.GetValueOrDefault(image.Media) is not { IsLinkable: true } media)
        {
            var words = image.Caption is "" ? image.Alt : image.Caption;
            if (words is not "")
            {
                Open("p", image);
                html.AppendEscaped(words).Append("</p>");
            }

            return;
        }

        var alt = image is { Alt: "", Decorative: false } ? media.Alt : image.Alt;
        Open("figure", image);
        html.Append("<img src=\"").AppendEscaped(media.Url).Append("\" alt=\"").AppendEscaped(alt).Append('"');
        if (media is { Width: { } width, Height: { } height })
        {
            html.Append(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\"");
        }

        if (media.Srcset is { } srcset)
        {
            html.Append(" srcset=\"").AppendEscaped(srcset).Append("\" sizes=\"100vw\"");
        }

        html.Append(" loading=\"lazy\">");
        var caption = image.Caption is "" ? media.Caption : image.Caption;
        if (caption is not "" || media.Credit is not null)
        {
            html.Append("<figcaption>").AppendEscaped(caption);
            if (media.Credit is { } credit)
            {
                html.Append(caption is "" ? "" : " ").Append("<small>").AppendEscaped(credit).Append("</small>");
            }

            html.Append("</figcaption>");
        }

        html.Append("</figure>");
    }

    private void Embed(Block embed)
    {
        if (targets.Page(embed) is not { } page)
        {
            return;
        }

        Open("p", embed, close: false);
        html.Append(embed is ArticleEmbed ? " class=\"embed embed-article\">" : " class=\"embed embed-tool\">");
        if (page.IsLinkable)
        {
            html.Append("<a href=\"").AppendEscaped(page.Url).Append("\" rel=\"noopener\">");
        }

        html.AppendEscaped(page.Title).Append(page.IsLinkable ? "</a></p>" : "</p>");
    }

    private void Cell(TableCell cell)
    {
        Open(TagOf(cell), cell, close: false);
        if (cell.IsHeader)
        {
            html.Append(firstRow ? " scope=\"col\"" : " scope=\"row\"");
        }

        if (cell.Colspan > 1)
        {
            html.Append(CultureInfo.InvariantCulture, $" colspan=\"{cell.Colspan}\"");
        }

        if (cell.Rowspan > 1)
        {
            html.Append(CultureInfo.InvariantCulture, $" rowspan=\"{cell.Rowspan}\"");
        }

        html.Append('>');
    }

    private void Inlines(ImmutableArray<Inline> inlines)
    {
        Link? open = null;
        foreach (var inline in inlines)
        {
            var link = (inline as Text)?.Link;
            if (link != open)
            {
                html.Append(open is null ? "" : "</a>");
                Open(link);
                open = link;
            }

            if (inline is Text text)
            {
                Append(text);
            }
            else
            {
                html.Append("<br>");
            }
        }

        html.Append(open is null ? "" : "</a>");
    }

    private void Open(Link? link)
    {
        if (link is null)
        {
            return;
        }

        html.Append("<a href=\"").AppendEscaped(link.Href.Value).Append('"');
        if (link.Title is { } title)
        {
            html.Append(" title=\"").AppendEscaped(title).Append('"');
        }

        html.Append(" rel=\"noopener\">");
    }

    private void Append(Text text)
    {
        var style = text.Style;
        if (style is TextStyle.None)
        {
            html.AppendEscaped(text.Value);
            return;
        }

        html.Append(style.HasFlag(TextStyle.Bold) ? "<strong>" : "")
            .Append(style.HasFlag(TextStyle.Italic) ? "<em>" : "")
            .Append(style.HasFlag(TextStyle.Strike) ? "<s>" : "")
            .Append(style.HasFlag(TextStyle.Code) ? "<code>" : "")
            .AppendEscaped(text.Value)
            .Append(style.HasFlag(TextStyle.Code) ? "</code>" : "")
            .Append(style.HasFlag(TextStyle.Strike) ? "</s>" : "")
            .Append(style.HasFlag(TextStyle.Italic) ? "</em>" : "")
            .Append(style.HasFlag(TextStyle.Bold) ? "</strong>" : "");
    }
}
