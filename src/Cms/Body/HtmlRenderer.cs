using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Cms.Body;

/// <summary>
/// Renders HTML (the living standard) for pages and feeds. Each block has its id in <c>data-id</c>, so that takes can
/// be anchored to it.
/// </summary>
internal sealed class HtmlRenderer(Outline outline, ReferenceTargets targets) : IBlockVisitor
{
    private readonly StringBuilder _html = new(4096);
    private bool _firstRow;

    // The number of rows of the current table that are still to come in its head.
    private int _headRows;

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
                _html.Append(" id=\"").AppendEscaped(outline.Entries[^1].Anchor).Append("\">");
                Inlines(heading.Content);
                break;
            case OrderedList { Start: not 1 } list:
                Open("ol", block, close: false);
                _html.Append(CultureInfo.InvariantCulture, $" start=\"{list.Start}\">");
                break;
            case CodeBlock code:
                Code(code);
                break;
            case Callout callout:
                Open("aside", block, close: false);
                _html
                    .Append(" class=\"callout callout-")
                    .Append(callout.Tone.ToString().ToLowerInvariant())
                    .Append("\">");
                if (targets.CalloutLabels?.Of(callout.Tone) is { Length: > 0 } label)
                {
                    _html.Append("<p class=\"callout-label\">").AppendEscaped(label).Append("</p>\n");
                }

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
            case ExternalEmbed embed:
                External(embed);
                break;
            case Table table:
                (_firstRow, _headRows) = (true, HeadRows(table));
                Open("table", block);
                _html.Append(_headRows > 0 ? "<thead>" : "<tbody>");
                break;
            case TableRow:
                _html.Append(_headRows is 0 && !_firstRow ? "</thead><tbody>" : "");
                Open("tr", block);
                break;
            case TableCell cell:
                Cell(cell);
                break;
            default:
                Open(TagOf(block), block);
                break;
        }
    }

    public void Leave(Block block)
    {
        switch (block)
        {
            case CodeBlock or HorizontalRule or Image or ArticleEmbed or ToolEmbed or ExternalEmbed:
                break;
            case Table table:
                // The last row is in the head only if all rows are.
                _html.Append(table.Rows.Length > 0 && _headRows is 0 ? "</thead></table>" : "</tbody></table>");
                break;
            case TableRow:
                _firstRow = false;
                _html.Append("</tr>");
                _headRows--;
                break;
            default:
                _html.Append("</").Append(TagOf(block)).Append('>');
                break;
        }

        if (block is not (TableRow or TableCell or ListItem))
        {
            _html.Append('\n');
        }
    }

    public override string ToString() => _html.ToString();

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
            TableCell { IsHeader: true } => "th",
            _ => "td",
        };

    // The head consists of the first rows in which all cells are headers. A cell cannot span from the head into the body
    // of a table, so a table with such a cell has no head.
    private static int HeadRows(Table table)
    {
        var rows = table.Rows.TakeWhile(row => !row.Cells.IsEmpty && row.Cells.All(cell => cell.IsHeader)).ToList();
        return rows.Where((row, i) => row.Cells.Any(cell => i + cell.Rowspan > rows.Count)).Any() ? 0 : rows.Count;
    }

    private void Open(string tag, Block block, bool close = true) =>
        _html.Append('<').Append(tag).Append(" data-id=\"").Append(block.Id).Append(close ? "\">" : "\"");

    private void Code(CodeBlock code)
    {
        Open("pre", code);
        _html.Append("<code");
        if (code.Language is { } language)
        {
            _html.Append(" class=\"language-").AppendEscaped(language).Append('"');
        }

        _html.Append('>').AppendEscaped(code.Code).Append("</code></pre>");
    }

    private void Picture(Image image)
    {
        if (targets.Media.GetValueOrDefault(image.Media) is not { IsLinkable: true } media)
        {
            var words = image.Caption is "" ? image.Alt : image.Caption;
            if (words is not "")
            {
                Open("p", image);
                _html.AppendEscaped(words).Append("</p>");
            }

            return;
        }

        var alt = image is { Alt: "", Decorative: false } ? media.Alt : image.Alt;
        Open("figure", image);
        _html.Append("<img src=\"").AppendEscaped(media.Url).Append("\" alt=\"").AppendEscaped(alt).Append('"');
        if (media is { Width: { } width, Height: { } height })
        {
            _html.Append(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\"");
        }

        if (media.Srcset is { } srcset)
        {
            _html
                .Append(" srcset=\"")
                .AppendEscaped(srcset)
                .Append("\" sizes=\"")
                .AppendEscaped(targets.ImageSizes)
                .Append('"');
        }

        _html.Append(" loading=\"lazy\">");
        var caption = image.Caption is "" ? media.Caption : image.Caption;
        if (caption is not "" || media.Credit is not null)
        {
            _html.Append("<figcaption>").AppendEscaped(caption);
            if (media.Credit is { } credit)
            {
                _html.Append(caption is "" ? "" : " ").Append("<small>").AppendEscaped(credit).Append("</small>");
            }

            _html.Append("</figcaption>");
        }

        _html.Append("</figure>");
    }

    private void Embed(Block embed)
    {
        if (targets.Page(embed) is not { } page)
        {
            return;
        }

        Open("p", embed, close: false);
        _html.Append(embed is ArticleEmbed ? " class=\"embed embed-article\">" : " class=\"embed embed-tool\">");
        if (page.IsLinkable)
        {
            _html.Append("<a href=\"").AppendEscaped(page.Url).Append("\" rel=\"noopener\">");
        }

        _html.AppendEscaped(page.Title).Append(page.IsLinkable ? "</a></p>" : "</p>");
    }

    // The link sends nothing to the other site before a reader clicks. A front end can replace it with a frame then.
    private void External(ExternalEmbed embed)
    {
        var isAllowed = targets.Hosts.Allow(embed.Address);
        Open(isAllowed ? "figure" : "p", embed, close: false);
        if (isAllowed)
        {
            _html.Append(" class=\"embed embed-external\" data-embed=\"").AppendEscaped(embed.Address.Host).Append('"');
            if (EmbedPlayer.FrameOf(embed.Address) is { } frame)
            {
                _html.Append(" data-embed-frame=\"").AppendEscaped(frame).Append('"');
            }
        }

        _html
            .Append("><a href=\"")
            .AppendEscaped(embed.Address.Value)
            .Append("\" rel=\"noopener\">")
            .AppendEscaped(embed.LinkText)
            .Append(isAllowed ? "</a></figure>" : "</a></p>");
    }

    private void Cell(TableCell cell)
    {
        Open(TagOf(cell), cell, close: false);
        if (cell.IsHeader)
        {
            _html.Append(_firstRow || _headRows > 0 ? " scope=\"col\"" : " scope=\"row\"");
        }

        if (cell.Alignment is { } alignment)
        {
            _html.Append(" class=\"align-").Append(alignment.ToString().ToLowerInvariant()).Append('"');
        }

        if (cell.Colspan > 1)
        {
            _html.Append(CultureInfo.InvariantCulture, $" colspan=\"{cell.Colspan}\"");
        }

        if (cell.Rowspan > 1)
        {
            _html.Append(CultureInfo.InvariantCulture, $" rowspan=\"{cell.Rowspan}\"");
        }

        _html.Append('>');
    }

    private void Inlines(ImmutableArray<Inline> inlines)
    {
        Link? open = null;
        foreach (var inline in inlines)
        {
            var link = (inline as Text)?.Link;
            if (link != open)
            {
                _html.Append(open is null ? "" : "</a>");
                Open(link);
                open = link;
            }

            if (inline is Text text)
            {
                Append(text);
            }
            else
            {
                _html.Append("<br>");
            }
        }

        _html.Append(open is null ? "" : "</a>");
    }

    private void Open(Link? link)
    {
        if (link is null)
        {
            return;
        }

        _html.Append("<a href=\"").AppendEscaped(link.Href.Value).Append('"');
        if (link.Title is { } title)
        {
            _html.Append(" title=\"").AppendEscaped(title).Append('"');
        }

        _html.Append(" rel=\"noopener\">");
    }

    private void Append(Text text)
    {
        var style = text.Style;
        if (style is TextStyle.None)
        {
            _html.AppendEscaped(text.Value);
            return;
        }

        _html
            .Append(style.HasFlag(TextStyle.Bold) ? "<strong>" : "")
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
