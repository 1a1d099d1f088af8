using System.Globalization;
using System.Text;

namespace Cms.Body;

/// <summary>
/// Markdown that <see cref="MarkdownReader"/> reads back to the same tree. What Markdown cannot say is left out: block ids, empty
/// paragraphs, spans of table cells (empty cells stand in), several paragraphs in a cell (they become lines), header cells
/// anywhere but in the first row.
/// </summary>
internal sealed class MarkdownRenderer(ReferenceTargets targets) : IBlockVisitor
{
    private readonly StringBuilder markdown = new(2048);
    private readonly Stack<string> outer = [];
    private readonly Stack<OpenList> lists = [];
    private readonly MarkdownTable table = new();
    private string prefix = "";

    // The start of the next line, where containers have just opened: "- > ".
    private string? opening;
    private bool blankBefore;
    private bool afterTone;

    // Two lists in a row are told apart by their markers.
    private OpenList? closed;

    public void Enter(Block block)
    {
        switch (block)
        {
            case TableRow or TableCell:
                break;
            case Paragraph paragraph when table.IsOpen:
                table.Add(paragraph);
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
                // Not --- or ***: after a marker of a list, or at the top of a file, those read as something else.
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
            case BulletList or OrderedList:
                Separate(tight: false);
                lists.Push(new OpenList(block, other: closed?.IsFollowedInKindBy(block) is true));
                break;
            case Table:
                table.Begin();
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
                Lines(table.End());
                break;
            case TableRow:
                table.EndRow();
                break;
            case TableCell cell:
                table.EndCell(cell.Colspan);
                break;
            case BulletList or OrderedList:
                closed = lists.Pop();
                break;
            case ListItem or Blockquote or Callout:
                CloseContainer(block);
                break;
            default:
                break;
        }
    }

    public override string ToString() => markdown.ToString();

    private void OpenContainer(Block block)
    {
        Separate(tight: block is ListItem);
        outer.Push(prefix);
        var marker = block is ListItem ? lists.Peek().NextMarker() : "> ";
        opening = (opening ?? prefix) + marker;
        prefix += block is ListItem ? new string(' ', marker.Length) : "> ";
        closed = null;
        if (block is Callout callout)
        {
            Line($"[!{callout.Tone.ToString().ToUpperInvariant()}]");
            blankBefore = afterTone = true;
        }
    }

    private void CloseContainer(Block block)
    {
        if (opening is not null)
        {
            Line("");
        }

        prefix = outer.Pop();
        blankBefore = true;
        afterTone = false;
        closed = null;
    }

    /// <summary>Writes the empty line between two blocks.</summary>
    private void Separate(bool tight)
    {
        if (blankBefore && !tight)
        {
            markdown.Append(prefix.AsSpan().TrimEnd()).Append('\n');
        }

        blankBefore = afterTone = false;
    }

    private void Lines(string text, bool continues = false)
    {
        // A first paragraph continues the line that says the callout's tone.
        Separate(tight: afterTone && continues);
        foreach (var line in text.AsSpan().Split('\n'))
        {
            Line(text.AsSpan(line));
        }

        blankBefore = true;
        closed = null;
    }

    private void Line(ReadOnlySpan<char> text)
    {
        var start = opening ?? prefix;
        markdown.Append(text.IsEmpty ? start.AsSpan().TrimEnd() : start).Append(text).Append('\n');
        opening = null;
    }

    private static string Fenced(CodeBlock code)
    {
        var fence = new string('`', Math.Max(3, MarkdownText.LongestRunOfBackticks(code.Code) + 1));
        return code.Code is "" ? $"{fence}{code.Language}\n{fence}" : $"{fence}{code.Language}\n{code.Code}\n{fence}";
    }

    private static string Embed(string kind, string? slug, string id) =>
        slug is null ? $"::{kind}{{id=\"{id}\"}}" : $"::{kind}{{slug=\"{slug}\"}}";

    /// <summary>A list being written; <paramref name="other"/> tells it from the list of the same kind just before it.</summary>
    private sealed class OpenList(Block list, bool other)
    {
        private int number = (list as OrderedList)?.Start ?? 0;

        public bool IsFollowedInKindBy(Block next) => !other && next.GetType() == list.GetType();

        public string NextMarker()
        {
            if (list is BulletList)
            {
                return other ? "* " : "- ";
            }

            var marker = string.Create(CultureInfo.InvariantCulture, $"{number}{(other ? ')' : '.')} ");
            number = Math.Min(number + 1, BodyLimits.ListStart);
            return marker;
        }
    }
}
