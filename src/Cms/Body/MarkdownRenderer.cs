using System.Globalization;
using System.Text;

namespace Cms.Body;

/// <summary>
/// Renders Markdown that <see cref="MarkdownReader"/> reads back to the same tree, except for what Markdown cannot
/// express: block ids, empty paragraphs, spans of table cells (empty cells replace them), several paragraphs in a cell
/// (they become lines), header cells outside the first row, and cells that are not aligned like the first of their column.
/// </summary>
internal sealed class MarkdownRenderer(ReferenceTargets targets) : IBlockVisitor
{
    private readonly StringBuilder _markdown = new(2048);
    private readonly Stack<string> _outer = [];
    private readonly Stack<OpenList> _lists = [];
    private readonly MarkdownTable _table = new();
    private string _prefix = "";

    // The start of the next line if containers have just opened, such as "- > ".
    private string? _opening;
    private bool _blankBefore;
    private bool _afterTone;

    // The list that has just ended. If a list of the same kind follows, it gets a different marker.
    private OpenList? _closed;

    public void Enter(Block block)
    {
        switch (block)
        {
            case TableRow or TableCell:
                break;
            case Paragraph paragraph when _table.IsOpen:
                _table.Add(paragraph);
                break;
            case Paragraph { Content.IsEmpty: true }:
                break;
            case Paragraph paragraph:
                Lines(MarkdownText.Of(paragraph.Content, breaks: true), continues: true);
                break;
            case Heading heading:
                Lines($"{new string('#', heading.Level)} {MarkdownText.Of(heading.Content, breaks: false)}".TrimEnd());
                break;
            case CodeBlock code:
                Lines(Fenced(code));
                break;
            case HorizontalRule:
                // --- and *** have other meanings after a list marker or at the top of a file.
                Lines("___");
                break;
            case Image image:
                Lines(MarkdownText.Image(image, targets.Media.GetValueOrDefault(image.Media)?.Path));
                break;
            case ArticleEmbed embed:
                Lines(Embed("article", targets.Page(embed)?.Slug, embed.Article.ToString()));
                break;
            case ToolEmbed embed:
                Lines(Embed("tool", targets.Page(embed)?.Slug, embed.Tool.ToString()));
                break;
            case ExternalEmbed embed:
                Lines(EmbedLine.Of(embed));
                break;
            case BulletList or OrderedList:
                Separate(tight: false);
                _lists.Push(new OpenList(block, other: _closed?.HasUsualMarkerOf(block) is true));
                break;
            case Table:
                _table.Begin();
                break;
            default:
                OpenContainer(block);
                break;
        }
    }

    public void Leave(Block block)
    {
        switch (block)
        {
            case Table:
                Lines(_table.End());
                break;
            case TableRow:
                _table.EndRow();
                break;
            case TableCell cell:
                _table.EndCell(cell);
                break;
            case BulletList or OrderedList:
                _closed = _lists.Pop();
                break;
            case ListItem or Blockquote or Callout:
                CloseContainer(block);
                break;
            default:
                break;
        }
    }

    public override string ToString() => _markdown.ToString();

    private void OpenContainer(Block block)
    {
        Separate(tight: block is ListItem);
        _outer.Push(_prefix);
        var marker = block is ListItem ? _lists.Peek().NextMarker() : "> ";
        _opening = (_opening ?? _prefix) + marker;
        _prefix += block is ListItem ? new string(' ', marker.Length) : "> ";
        _closed = null;
        if (block is Callout callout)
        {
            Line($"[!{callout.Tone.ToString().ToUpperInvariant()}]");
            _blankBefore = _afterTone = true;
        }
    }

    private void CloseContainer(Block block)
    {
        if (_opening is not null)
        {
            Line("");
        }

        _prefix = _outer.Pop();
        _blankBefore = true;
        _afterTone = false;
        _closed = null;
    }

    /// <summary>Writes the empty line between two blocks, unless they are tight.</summary>
    private void Separate(bool tight)
    {
        if (_blankBefore && !tight)
        {
            _markdown.Append(_prefix.AsSpan().TrimEnd()).Append('\n');
        }

        _blankBefore = _afterTone = false;
    }

    private void Lines(string text, bool continues = false)
    {
        // No empty line separates the line with the callout's tone from a first paragraph.
        Separate(tight: _afterTone && continues);
        foreach (var line in text.AsSpan().Split('\n'))
        {
            Line(text.AsSpan(line));
        }

        _blankBefore = true;
        _closed = null;
    }

    private void Line(ReadOnlySpan<char> text)
    {
        var start = _opening ?? _prefix;
        _markdown.Append(text.IsEmpty ? start.AsSpan().TrimEnd() : start).Append(text).Append('\n');
        _opening = null;
    }

    private static string Fenced(CodeBlock code)
    {
        var fence = new string('`', Math.Max(3, MarkdownText.LongestRunOfBackticks(code.Code) + 1));
        return code.Code is "" ? $"{fence}{code.Language}\n{fence}" : $"{fence}{code.Language}\n{code.Code}\n{fence}";
    }

    private static string Embed(string kind, string? slug, string id) =>
        slug is null ? $"::{kind}{{id=\"{id}\"}}" : $"::{kind}{{slug=\"{slug}\"}}";

    /// <summary>
    /// A list that is being written. If <paramref name="other"/> is true, its marker is not the usual one, because a
    /// list of the same kind comes just before it.
    /// </summary>
    private sealed class OpenList(Block list, bool other)
    {
        private int _number = (list as OrderedList)?.Start ?? 0;

        public bool HasUsualMarkerOf(Block next) => !other && next.GetType() == list.GetType();

        public string NextMarker()
        {
            if (list is BulletList)
            {
                return other ? "* " : "- ";
            }

            var marker = string.Create(CultureInfo.InvariantCulture, $"{_number}{(other ? ')' : '.')} ");
            _number = Math.Min(_number + 1, BodyLimits.ListStart);
            return marker;
        }
    }
}
