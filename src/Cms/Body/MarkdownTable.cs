using System.Text;

namespace Cms.Body;

/// <summary>
/// Builds a Markdown pipe table, which has one header row, one line of text per cell, and an alignment for each column:
/// that of the cell in the first row.
/// </summary>
internal sealed class MarkdownTable
{
    private readonly List<List<string>> _rows = [];
    private readonly InlineBuilder _cell = new();
    private readonly List<CellAlignment?> _alignments = [];
    private List<string> _row = [];

    public bool IsOpen { get; private set; }

    public void Begin() => IsOpen = true;

    public void Add(Paragraph paragraph)
    {
        if (!_cell.IsEmpty && !paragraph.Content.IsEmpty)
        {
            _cell.Break();
        }

        _cell.AddRange(paragraph.Content);
    }

    public void EndCell(TableCell cell)
    {
        _row.Add(MarkdownText.Of(_cell.ToImmutable(), breaks: false, inTable: true));
        _row.AddRange(Enumerable.Repeat("", cell.Colspan - 1));
        if (_rows.Count == 0)
        {
            _alignments.AddRange(Enumerable.Repeat(cell.Alignment, cell.Colspan));
        }
    }

    public void EndRow()
    {
        _rows.Add(_row);
        _row = [];
    }

    public string End()
    {
        var columns = _rows.Max(cells => cells.Count);
        var lines = _rows.Select(cells => Line([.. cells, .. Enumerable.Repeat("", columns - cells.Count)])).ToList();
        lines.Insert(1, Line(Enumerable.Range(0, columns).Select(i => Delimiter(_alignments.ElementAtOrDefault(i)))));
        _rows.Clear();
        _alignments.Clear();
        IsOpen = false;
        return string.Join('\n', lines);
    }

    private static string Delimiter(CellAlignment? alignment) =>
        alignment switch
        {
            CellAlignment.Left => ":---",
            CellAlignment.Center => ":---:",
            CellAlignment.Right => "---:",
            _ => "---",
        };

    private static string Line(IEnumerable<string> cells)
    {
        var line = new StringBuilder("|");
        foreach (var text in cells)
        {
            line.Append(' ').Append(text).Append(text is "" ? "|" : " |");
        }

        return line.ToString();
    }
}
