using System.Text;

namespace Cms.Body;

/// <summary>A table on its way to a pipe table, which has one header row and a line of text per cell.</summary>
internal sealed class MarkdownTable
{
    private readonly List<List<string>> rows = [];
    private readonly InlineBuilder cell = new();
    private List<string> row = [];

    public bool IsOpen { get; private set; }

    public void Begin() => IsOpen = true;

    public void Add(Paragraph paragraph)
    {
        if (!cell.IsEmpty && !paragraph.Content.IsEmpty)
        {
            cell.Break();
        }

        cell.AddRange(paragraph.Content);
    }

    public void EndCell(int columns)
    {
        row.Add(MarkdownText.Of(cell.ToImmutable(), breaks: false, inTable: true));
        row.AddRange(Enumerable.Repeat("", columns - 1));
    }

    public void EndRow()
    {
        rows.Add(row);
        row = [];
    }

    public string End()
    {
        var columns = rows.Max(cells => cells.Count);
        var lines = rows.Select(cells => Line([.. cells, .. Enumerable.Repeat("", columns - cells.Count)])).ToList();
        lines.Insert(1, Line(Enumerable.Repeat("---", columns)));
        rows.Clear();
        IsOpen = false;
        return string.Join('\n', lines);
    }

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
