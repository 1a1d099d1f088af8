using System.Collections.Immutable;
using System.Globalization;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Tools;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownTables = Markdig.Extensions.Tables;

namespace Cms.Body;

/// <summary>
/// Reads Markdown (CommonMark 0.31 as Markdig implements it, GitHub's pipe tables, strikethrough and alerts) into body
/// nodes. Raw HTML, images from other sites and anything else that a body cannot represent become text or a link, with
/// a warning.
/// </summary>
internal sealed class MarkdownReader
{
    // CommonMark 0.31.2, section 2.2.
    private const int TabStop = 4;

    private readonly List<ImportWarning> _warnings;
    private readonly OrderedDictionary<string, bool> _unknownArticles = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> _unknownTools = new(StringComparer.Ordinal);
    private readonly WithoutComments _text;
    private readonly string _source;
    private readonly EmbedSlugs _slugs;
    private int _nodes;

    private MarkdownReader(WithoutComments text, EmbedSlugs slugs) =>
        (this._text, _source, this._slugs, _warnings) = (
            text,
            text.Markdown,
            slugs,
            [.. text.LeftOut.Select(line => new ImportWarning(line + 1, MarkdownInlines.LeftOut))]
        );

    public static Result<MarkdownImport> Read(string markdown, EmbedSlugs slugs)
    {
        if (markdown.Length > BodyLimits.MarkdownLength)
        {
            return BodyTooLarge.OfMarkdown(markdown.Length);
        }

        if (markdown.AsSpan().Count('\n') > BodyLimits.MarkdownLines)
        {
            return new BodyTooManyLines(BodyLimits.MarkdownLines);
        }

        if (MarkdownDepth.IsExceededBy(markdown))
        {
            return new BodyTooDeep(BodyLimits.Depth);
        }

        try
        {
            if (
                !MarkdownComments.Remove(BodyText.Repair(markdown, code: true)).Succeeded(out var text, out var unclear)
            )
            {
                return unclear.ToList();
            }

            return new MarkdownReader(text, slugs).Read(Markdown.Parse(text.Markdown, Pipeline()));
        }
        catch (ArgumentException)
        {
            // Markdig throws this exception for nesting beyond its own limit of 128.
            return new BodyTooDeep(BodyLimits.Depth);
        }
        catch (MarkdownTooIntricateException)
        {
            return new BodyInvalid("", "A paragraph or table contains too much markup. Split it with empty lines.");
        }
    }

    private static MarkdownPipeline Pipeline()
    {
        var budget = new MarkdownBudget();
        var pipeline = new MarkdownPipelineBuilder()
            .UsePreciseSourceLocation()
            .UsePipeTables()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);
        UseBlocks(pipeline, budget);
        return pipeline.Build();
    }

    /// <summary>
    /// Sets up the parsers for blocks and tags. There is no parser for HTML blocks, so all HTML is read as inline HTML.
    /// </summary>
    internal static void UseBlocks(MarkdownPipelineBuilder pipeline, MarkdownBudget budget)
    {
        pipeline.BlockParsers.TryRemove<HtmlBlockParser>();
        pipeline.BlockParsers.ReplaceOrAdd<ParagraphBlockParser>(new BoundedParagraphParser(budget));
        pipeline.BlockParsers.ReplaceOrAdd<HeadingBlockParser>(new BoundedHeadingParser(budget));
        pipeline.BlockParsers.Insert(0, new EmbedLineParser());
        pipeline.InlineParsers.ReplaceOrAdd<AutolinkInlineParser>(new TagParser());
    }

    private Result<MarkdownImport> Read(MarkdownDocument document)
    {
        ImmutableArray<Block> blocks;
        try
        {
            blocks = Blocks(document, depth: 1);
        }
        catch (BeyondLimitException beyond)
        {
            return beyond.Error;
        }

        return _unknownArticles.Count + _unknownTools.Count > 0
            ? new UnknownEmbeds([.. _unknownArticles.Keys], [.. _unknownTools.Keys])
            : new MarkdownImport(new RichText(BlockIds.Complete(blocks)), _warnings);
    }

    private ImmutableArray<Block> Blocks(ContainerBlock container, int depth)
    {
        if (depth > BodyLimits.Depth)
        {
            throw new BeyondLimitException(new BodyTooDeep(BodyLimits.Depth));
        }

        var blocks = ImmutableArray.CreateBuilder<Block>();
        foreach (var block in container)
        {
            Count();
            Add(blocks, block, depth);
        }

        return blocks.DrainToImmutable();
    }

    private void Count(int more = 1)
    {
        _nodes += more;
        if (_nodes > BodyLimits.Nodes)
        {
            throw new BeyondLimitException(new BodyTooManyNodes(BodyLimits.Nodes));
        }
    }

    private void Add(ImmutableArray<Block>.Builder blocks, Markdig.Syntax.Block block, int depth)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                // A paragraph that contains only comments is empty and is omitted.
                blocks.AddRange(
                    Inlines(paragraph).Blocks().Where(read => read is not Paragraph { Content.IsEmpty: true })
                );
                break;
            case HeadingBlock heading:
                blocks.Add(new Heading("", Math.Clamp(heading.Level, 2, 4), Inlines(heading).Running()));
                break;
            case Markdig.Syntax.CodeBlock code:
                blocks.Add(Code(code));
                break;
            case ThematicBreakBlock:
                blocks.Add(new HorizontalRule(""));
                break;
            case QuoteBlock alert when Tone(alert) is { } tone:
                RemoveFirstLine((ParagraphBlock)alert[0]);
                blocks.Add(new Callout("", tone, Filled(Blocks(alert, depth + 1))));
                break;
            case QuoteBlock quote:
                blocks.Add(new Blockquote("", Filled(Blocks(quote, depth + 1))));
                break;
            case ListBlock list:
                blocks.Add(List(list, depth));
                break;
            case MarkdownTables.Table table:
                blocks.Add(Table(table, depth));
                break;
            case EmbedLine embed:
                Embed(blocks, embed);
                break;
            default:
                // Link reference definitions are already resolved in the links.
                break;
        }
    }

    private MarkdownInlines Inlines(LeafBlock block, bool inTable = false) =>
        new(block, _text, _text.LineOf(block.Line) + 1, _slugs, _warnings, Count, inTable);

    private CodeBlock Code(Markdig.Syntax.CodeBlock code)
    {
        var language = (code as FencedCodeBlock)?.Info;
        return new CodeBlock(
            "",
            language is not null && CodeLanguage.IsValid(language) ? language : null,
            BodyText.Repair(
                string.Join(
                    '\n',
                    Enumerable.Range(0, code.Lines.Count).Select(i => CodeLine(code, code.Lines.Lines[i]))
                ),
                code: true
            )
        );
    }

    /// <summary>
    /// Returns a line of code with its leading tab, which Markdig replaces with spaces inside a list.
    /// </summary>
    private string CodeLine(Markdig.Syntax.CodeBlock block, StringLine line)
    {
        var code = line.Slice.ToString();
        if (block is not FencedCodeBlock)
        {
            return code;
        }

        var start = _source.LastIndexOf('\n', Math.Clamp(line.Position - 1, 0, _source.Length - 1)) + 1;
        var end = _source.IndexOf('\n', start);
        var whole = _source.AsSpan(start, (end < 0 ? _source.Length : end) - start);
        return
            IndexOfColumn(whole, block.Column) is { } i
            && whole[i] is '\t'
            && whole[i..].TrimStart().SequenceEqual(code.AsSpan().TrimStart())
            ? whole[i..].ToString()
            : code;
    }

    /// <summary>
    /// Returns the index of a column; null if the line is shorter or a tab extends across the column.
    /// </summary>
    private static int? IndexOfColumn(ReadOnlySpan<char> line, int wanted)
    {
        var column = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (column >= wanted)
            {
                return column == wanted ? i : null;
            }

            column += line[i] is '\t' ? TabStop - (column % TabStop) : 1;
        }

        return null;
    }

    /// <summary>
    /// Returns the tone of a quotation whose first line is <c>[!NOTE]</c> or similar, as in GitHub's alerts; null for
    /// any other quotation. Markdig supports alerts too, but not inside a list.
    /// </summary>
    private CalloutTone? Tone(QuoteBlock quote)
    {
        if (quote is not [ParagraphBlock first, ..])
        {
            return null;
        }

        var line = _source.AsSpan(first.Span.Start, first.Span.Length);
        var end = line.IndexOf('\n');
        return (end < 0 ? line : line[..end]).TrimEnd() switch
        {
            "[!NOTE]" or "[!IMPORTANT]" => CalloutTone.Note,
            "[!TIP]" => CalloutTone.Tip,
            "[!WARNING]" or "[!CAUTION]" => CalloutTone.Warning,
            _ => null,
        };
    }

    private static void RemoveFirstLine(ParagraphBlock paragraph)
    {
        while (paragraph.Inline?.FirstChild is { } inline)
        {
            inline.Remove();
            if (inline is LineBreakInline)
            {
                return;
            }
        }
    }

    private Block List(ListBlock list, int depth)
    {
        ImmutableArray<ListItem> items =
        [
            .. list.OfType<ListItemBlock>().Select(item => new ListItem("", Led(Blocks(item, depth + 2)))),
        ];
        Count(items.Length);
        return list.IsOrdered
            ? new OrderedList(
                "",
                int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out var start) ? start : 1,
                items
            )
            : new BulletList("", items);
    }

    private Table Table(MarkdownTables.Table table, int depth)
    {
        if (depth + 3 > BodyLimits.Depth)
        {
            throw new BeyondLimitException(new BodyTooDeep(BodyLimits.Depth));
        }

        var rows = table.OfType<MarkdownTables.TableRow>().ToList();
        Count(rows.Sum(row => 1 + (2 * row.Count)));
        return new Table(
            "",
            [
                .. rows.Select(row => new TableRow(
                    "",
                    [
                        .. row.OfType<MarkdownTables.TableCell>()
                            .Select(
                                (cell, i) =>
                                    Cell(cell, row.IsHeader) with
                                    {
                                        Alignment = AlignmentOf(table.ColumnDefinitions.ElementAtOrDefault(i)),
                                    }
                            ),
                    ]
                )),
            ]
        );
    }

    private static CellAlignment? AlignmentOf(MarkdownTables.TableColumnDefinition? column) =>
        column?.Alignment switch
        {
            MarkdownTables.TableColumnAlign.Left => CellAlignment.Left,
            MarkdownTables.TableColumnAlign.Center => CellAlignment.Center,
            MarkdownTables.TableColumnAlign.Right => CellAlignment.Right,
            _ => null,
        };

    private TableCell Cell(MarkdownTables.TableCell cell, bool isHeader)
    {
        ImmutableArray<Paragraph> paragraphs =
        [
            .. cell.OfType<ParagraphBlock>().Select(text => new Paragraph("", Inlines(text, inTable: true).Running())),
        ];
        return new TableCell("", isHeader, 1, 1, paragraphs.IsEmpty ? [new Paragraph("", [])] : paragraphs);
    }

    private void Embed(ImmutableArray<Block>.Builder blocks, EmbedLine embed)
    {
        if (embed is { Kind: "external", Attribute: "url" })
        {
            blocks.Add(External(embed));
            return;
        }

        var known = (embed.Kind, embed.Attribute);
        var article = known switch
        {
            ("article", "slug") => _slugs.Article(embed.Target),
            ("article", "id") => ArticleId.Parse(embed.Target),
            _ => default(ArticleId?),
        };
        var tool = known switch
        {
            ("tool", "slug") => _slugs.Tool(embed.Target),
            ("tool", "id") => ToolId.Parse(embed.Target),
            _ => default(ToolId?),
        };

        if (article is { } foundArticle)
        {
            blocks.Add(new ArticleEmbed("", foundArticle));
        }
        else if (tool is { } foundTool)
        {
            blocks.Add(new ToolEmbed("", foundTool));
        }
        else if (known is ("article", "slug"))
        {
            _unknownArticles[embed.Target] = true;
        }
        else if (known is ("tool", "slug"))
        {
            _unknownTools[embed.Target] = true;
        }
        else
        {
            _warnings.Add(
                new ImportWarning(
                    _text.LineOf(embed.Line) + 1,
                    "A line was treated as text. Write an embed as ::article{slug=\"…\"}, ::tool{slug=\"…\"} or ::external{url=\"https://…\" title=\"…\"}."
                )
            );
            blocks.Add(new Paragraph("", [new Text(embed.Source)]));
        }
    }

    private Block External(EmbedLine embed)
    {
        var problem =
            embed.Title.Length > BodyLimits.LabelLength
                ? $"Shorten the title of the external embed to at most {BodyLimits.LabelLength} characters."
                : EmbedAddress.Problem;
        var line = _text.LineOf(embed.Line) + 1;
        if (embed.Title.Length > BodyLimits.LabelLength || EmbedAddress.Parse(embed.Target) is not { } address)
        {
            throw new BeyondLimitException(
                new BodyInvalid("", string.Create(CultureInfo.InvariantCulture, $"Line {line}: {problem}"))
            );
        }

        var external = new ExternalEmbed("", address, embed.Title);
        if (_slugs.Hosts?.Allow(address) is not false)
        {
            return external;
        }

        _warnings.Add(
            new ImportWarning(
                line,
                $"An embed of {address.Host} became a link. To show the embed, ask an operator to add the host to Cms__Embeds__Hosts."
            )
        );
        var link = new Link(LinkAddress.Parse(address.Value)!, null);
        return new Paragraph("", [new Text(external.LinkText, TextStyle.None, link)]);
    }

    private static ImmutableArray<Block> Filled(ImmutableArray<Block> blocks) =>
        blocks.IsEmpty ? [new Paragraph("", [])] : blocks;

    /// <summary>
    /// Adds an empty first paragraph if there is none. The model requires a list item to begin with a paragraph.
    /// </summary>
    private static ImmutableArray<Block> Led(ImmutableArray<Block> blocks) =>
        blocks is [Paragraph, ..] ? blocks : [new Paragraph("", []), .. blocks];
}

/// <summary>Ends a deep recursion with an error, which <see cref="MarkdownReader"/> catches and returns.</summary>
internal sealed class BeyondLimitException(UserError error) : InvalidOperationException(error.Message)
{
    public UserError Error => error;
}
