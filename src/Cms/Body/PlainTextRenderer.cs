using System.Text;

namespace Cms.Body;

/// <summary>
/// Renders plain text for search, excerpts and speech. Empty lines separate paragraphs, line feeds separate list items
/// and table rows, and tabs separate table cells.
/// </summary>
internal sealed class PlainTextRenderer(ReferenceTargets targets) : IBlockVisitor
{
    private readonly StringBuilder _text = new();
    private string _separator = "";
    private int _compact;

    public void Enter(Block block)
    {
        switch (block)
        {
            case BulletList or OrderedList or Table:
                _compact++;
                break;
            case TextBlock paragraph:
                foreach (var inline in paragraph.Content)
                {
                    Append(inline is Text run ? run.Value : "\n");
                }

                break;
            case CodeBlock code:
                Append(code.Code);
                break;
            case Image image:
                Append(image.Caption is "" ? image.Alt : image.Caption);
                break;
            case ArticleEmbed or ToolEmbed when targets.Page(block) is { } page:
                Append(page.Title);
                break;
            case ExternalEmbed embed:
                Append(embed.LinkText);
                break;
            default:
                break;
        }
    }

    public void Leave(Block block)
    {
        _compact -= block is BulletList or OrderedList or Table ? 1 : 0;
        _separator =
            _text.Length == 0 ? ""
            : block is TableCell ? "\t"
            : _compact > 0 ? "\n"
            : "\n\n";
    }

    public override string ToString() => _text.ToString();

    private void Append(string words)
    {
        if (words is not "")
        {
            _text.Append(_separator).Append(words);
            _separator = "";
        }
    }
}
