using System.Collections.Immutable;
using Cms.Body;

namespace Cms.Tests.Body;

/// <summary>
/// A body reduced to what Markdown can express: no block ids, no empty paragraphs (except where a container needs one),
/// no spanning cells, no ragged rows, one paragraph in each table cell, header cells in the first row only, and columns
/// that are aligned like their first cell.
/// </summary>
public static class SayableInMarkdown
{
    public static RichText Of(RichText body) => new(BlockIds.Complete(Each(body.Blocks)));

    private static ImmutableArray<Block> Each(ImmutableArray<Block> blocks) =>
        [.. blocks.Where(block => block is not Paragraph { Content.IsEmpty: true }).Select(One)];

    private static ImmutableArray<Block> Filled(ImmutableArray<Block> blocks) =>
        Each(blocks) is [_, ..] some ? some : [new Paragraph("", [])];

    private static ListItem Item(ListItem item) =>
        new("", Each(item.Content) is [Paragraph, ..] led ? led : [new Paragraph("", []), .. Each(item.Content)]);

    private static Block One(Block block) =>
        block switch
        {
            BulletList list => new BulletList("", [.. list.Items.Select(Item)]),
            OrderedList list => new OrderedList("", list.Start, [.. list.Items.Select(Item)]),
            Blockquote quote => new Blockquote("", Filled(quote.Content)),
            Callout callout => new Callout("", callout.Tone, Filled(callout.Content)),
            Table table => Table(table),
            _ => block with { Id = "" },
        };

    private static Table Table(Table table)
    {
        var width = table.Rows.Max(row => row.Cells.Sum(cell => cell.Colspan));
        var columns = table.Rows[0].Cells.SelectMany(cell => Enumerable.Repeat(cell.Alignment, cell.Colspan)).ToList();
        return new Table(
            "",
            [.. table.Rows.Select((row, i) => new TableRow("", Cells(row, isHeader: i == 0, width, columns)))]
        );
    }

    private static ImmutableArray<TableCell> Cells(TableRow row, bool isHeader, int width, List<CellAlignment?> columns)
    {
        var empty = new TableCell("", isHeader, 1, 1, [new Paragraph("", [])]);
        var cells = row.Cells.SelectMany(cell =>
            Enumerable
                .Repeat(empty, cell.Colspan - 1)
                .Prepend(empty with { Content = [new Paragraph("", Lines(cell))] })
        );
        return
        [
            .. cells
                .Concat(Enumerable.Repeat(empty, width - row.Cells.Sum(cell => cell.Colspan)))
                .Select((cell, i) => cell with { Alignment = columns.ElementAtOrDefault(i) }),
        ];
    }

    private static ImmutableArray<Inline> Lines(TableCell cell)
    {
        var text = new InlineBuilder();
        foreach (var paragraph in cell.Content.Where(paragraph => !paragraph.Content.IsEmpty))
        {
            if (!text.IsEmpty)
            {
                text.Break();
            }

            text.AddRange(paragraph.Content);
        }

        return text.ToImmutable();
    }
}
