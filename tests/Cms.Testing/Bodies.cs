using System.Collections.Immutable;
using Cms.Articles;
using Cms.Body;
using Cms.Media;
using Cms.Tools;
using FsCheck;
using FsCheck.Fluent;

namespace Cms.Testing;

/// <summary>Random bodies with every type of node and mark and with text that is hard to convert.</summary>
public static class Bodies
{
    private static readonly string[] Awkward =
    [
        "# not a heading",
        "- no item",
        "1. one",
        "12) two",
        "+",
        "= = =",
        "---",
        "***",
        "_",
        "__",
        "snake_case",
        "a_ b",
        "*",
        "**",
        "`",
        "``",
        "~~",
        "> no",
        "[x](y)",
        "![",
        "!",
        "[!NOTE]",
        "::tool{slug=\"x\"}",
        "<b>",
        "<script>alert(1)</script>",
        "</p>",
        "&amp;",
        "&#32;",
        "&",
        "a|b",
        "|",
        "\\",
        "\\n",
        " lead",
        "trail ",
        "  ",
        " ",
        "\"quoted\"",
        "'",
        "http://x.example",
        "é",
        "—",
        "日本",
        "🙂",
        "a",
        "b.",
        "(c)",
        "#",
        "C#",
        "x #",
        ":",
        ";",
        "{",
        "\u00A0",
        "<br>",
        "<!-- -->",
        "javascript:alert(1)",
        "a  b",
    ];

    private static readonly string[] Sources =
    [
        "",
        "var x = 1;",
        "a\n\nb",
        "\n",
        "\n\na\n",
        "```",
        "~~~",
        "\tx",
        "  y  ",
        "<b>&",
        "    four",
        "````\n```",
        "> q",
        "a\\|b|c",
    ];

    private static readonly string[] Addresses =
    [
        "https://a.example",
        "http://a.example/b_c*d?e=1&f=2&amp;g#h",
        "mailto:desk@example.com",
        "https://a.example/(x)[y]|z~~",
        "HTTPS://例え.example/ü",
        "https://a.example:8080/%20",
    ];

    private static readonly string[] Embedded =
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://vimeo.com/76979871/0123abcdef",
        "https://codepen.io/a/pen/b_c*d~e",
        "HTTPS://Vimeo.com",
        "https://例え.example/ü(x)[y]|z?a=1&amp;b#c",
    ];

    public static Arbitrary<RichText> RichText() =>
        Arb.From(Gen.Sized(size => Blocks(Math.Min(size / 12, 4), 4).Select(Whole)), Shrink);

    private static RichText Whole(ImmutableArray<Block> blocks) => new(BlockIds.Complete(blocks));

    private static IEnumerable<RichText> Shrink(RichText body) => Fewer(body.Blocks, Smaller).Select(Whole);

    private static IEnumerable<Block> Smaller(Block block) =>
        block switch
        {
            Paragraph paragraph => Smaller(paragraph.Content).Select(content => paragraph with { Content = content }),
            Heading heading => Smaller(heading.Content).Select(content => heading with { Content = content }),
            Table { Rows: [{ Cells: [{ Content: [var only] } cell] } row] } table => Smaller(only.Content)
                .Select(content => only with { Content = content })
                .Select(text => table with { Rows = [row with { Cells = [cell with { Content = [text] }] }] }),
            Table table => table
                .Rows.SelectMany(row => row.Cells)
                .SelectMany(cell => cell.Content.Select(text => cell with { Content = [text] }))
                .Select(cell => table with { Rows = [new TableRow("", [cell])] }),
            BulletList list => Inside(block)
                .Concat(Fewer(list.Items, Item).Select(items => list with { Items = items })),
            OrderedList list => Inside(block)
                .Concat(Fewer(list.Items, Item).Select(items => list with { Items = items })),
            Blockquote quote => Inside(block)
                .Concat(Fewer(quote.Content, Smaller).Select(some => quote with { Content = some })),
            Callout callout => Inside(block)
                .Concat(Fewer(callout.Content, Smaller).Select(some => callout with { Content = some })),
            _ => [],
        };

    private static IEnumerable<ListItem> Item(ListItem item) =>
        Fewer(item.Content, Smaller)
            .Where(some => some is [Paragraph, ..])
            .Select(some => item with { Content = some });

    private static IEnumerable<Block> Inside(Block block) =>
        block.Children.SelectMany(child => child is ListItem ? child.Children : [child]);

    /// <summary>Returns each non-empty list that results from removing or shrinking one item.</summary>
    private static IEnumerable<ImmutableArray<T>> Fewer<T>(ImmutableArray<T> items, Func<T, IEnumerable<T>> smaller) =>
        items
            .Select((_, i) => items.RemoveAt(i))
            .Where(some => !some.IsEmpty)
            .Concat(items.SelectMany((item, i) => smaller(item).Select(less => items.SetItem(i, less))));

    private static IEnumerable<ImmutableArray<Inline>> Smaller(ImmutableArray<Inline> content) =>
        content
            .Select((_, i) => Merged(content.RemoveAt(i)))
            .Concat(
                content.SelectMany(
                    (inline, i) =>
                        inline is Text { Value.Length: > 1 } text && !text.Value.Any(char.IsSurrogate)
                            ?
                            [
                                Merged(content.SetItem(i, text with { Value = text.Value[1..] })),
                                Merged(content.SetItem(i, text with { Value = text.Value[..^1] })),
                            ]
                            : Enumerable.Empty<ImmutableArray<Inline>>()
                )
            );

    private static Gen<T> In<T>(params T[] values) => Gen.Elements(values);

    private static Gen<ImmutableArray<T>> Some<T>(Gen<T> of, int least, int most) =>
        Gen.Choose(least, most).SelectMany(count => Gen.ArrayOf(of, count)).Select(items => items.ToImmutableArray());

    private static Gen<string> Words() => Some(In(Awkward), 1, 3).Select(words => string.Concat(words));

    private static Gen<string> Label() => Gen.OneOf(Gen.Constant(""), Words().Select(words => words.Trim()));

    private static Gen<Inline> Inline() =>
        Gen.Frequency(
            (
                12,
                from words in Words()
                from style in Gen.Frequency((3, Gen.Constant(0)), (3, Gen.Choose(0, 15)))
                from link in Gen.Frequency((5, Gen.Constant<Link?>(null)), (1, Link()))
                select (Inline)new Text(words, (TextStyle)style, link)
            ),
            (1, Gen.Constant<Inline>(HardBreak.Instance))
        );

    private static Gen<Link?> Link() =>
        from href in In(Addresses)
        from title in Label()
        select (Link?)new Link(LinkAddress.Parse(href)!, title is "" ? null : title);

    private static Gen<ImmutableArray<Inline>> Inlines() => Some(Inline(), 0, 5).Select(Merged);

    private static ImmutableArray<Inline> Merged(ImmutableArray<Inline> content)
    {
        var merged = new InlineBuilder();
        merged.AddRange(content);
        return merged.ToImmutable();
    }

    private static Gen<Paragraph> Paragraphs() => Inlines().Select(content => new Paragraph("", content));

    private static Gen<Guid> Id() => Gen.Choose(1, 9).Select(n => new Guid(n, 0, 0, new byte[8]));

    private static Gen<ImmutableArray<Block>> Blocks(int depth, int most, int least = 0) =>
        Some(Block(depth), least, most);

    private static Gen<ListItem> Item(int depth) =>
        from first in Paragraphs()
        from rest in Blocks(depth, 2)
        select new ListItem("", [first, .. rest]);

    private static Gen<Block> Block(int depth)
    {
        var leaf = Gen.Frequency(
            (5, Paragraphs().Select(Up)),
            (2, Gen.Choose(2, 4).SelectMany(level => Inlines().Select(text => Up(new Heading("", level, text))))),
            (
                1,
                from language in In<string?>(null, "csharp", "c++", "objective-c")
                from code in In(Sources)
                select Up(new CodeBlock("", language, code))
            ),
            (1, Gen.Constant(Up(new HorizontalRule("")))),
            (1, Id().Select(id => Up(new ArticleEmbed("", new ArticleId(id))))),
            (1, Id().Select(id => Up(new ToolEmbed("", new ToolId(id))))),
            (
                1,
                from url in In(Embedded)
                from title in Label()
                select Up(new ExternalEmbed("", EmbedAddress.Parse(url)!, title))
            ),
            (
                1,
                from id in Id()
                from alt in Label()
                from caption in Label()
                from decorative in In(true, false)
                select Up(new Image("", new MediaId(id), decorative ? "" : alt, caption, decorative))
            )
        );
        return depth == 0
            ? leaf
            : Gen.Frequency(
                (6, leaf),
                (1, Some(Item(depth - 1), 1, 3).Select(items => Up(new BulletList("", items)))),
                (
                    1,
                    from start in In(0, 1, 7, 99, BodyLimits.ListStart)
                    from items in Some(Item(depth - 1), 1, 3)
                    select Up(new OrderedList("", start, items))
                ),
                (1, Blocks(depth - 1, 3, 1).Select(content => Up(new Blockquote("", content)))),
                (
                    1,
                    from tone in In(CalloutTone.Note, CalloutTone.Tip, CalloutTone.Warning)
                    from content in Blocks(depth - 1, 3, 1)
                    select Up(new Callout("", tone, content))
                ),
                (1, Some(Row(), 1, 3).Select(rows => Up(new Table("", rows))))
            );
    }

    private static Gen<TableRow> Row() => Some(Cell(), 1, 3).Select(cells => new TableRow("", cells));

    private static Gen<TableCell> Cell() =>
        from header in In(true, false)
        from colspan in In(1, 1, 1, 2)
        from rowspan in In(1, 1, 2)
        from alignment in In<CellAlignment?>(null, null, CellAlignment.Left, CellAlignment.Center, CellAlignment.Right)
        from content in Some(Paragraphs(), 1, 2)
        select new TableCell("", header, colspan, rowspan, content) { Alignment = alignment };

    private static Block Up(Block block) => block;
}
