using Markdig.Parsers;
using Markdig.Syntax;

namespace Cms.Body;

/// <summary>
/// Limits the work of one import. For each bracket, asterisk and pipe, Markdig searches all open ones in the paragraph,
/// so its time grows with the square of their number. With 100,000 of them, it would run for minutes.
/// </summary>
internal sealed class MarkdownBudget
{
    // Pipes stay nested until their table is assembled, so they cost more than brackets and asterisks.
    private const int WeightOfPipe = 3;

    /// <summary>
    /// The maximum sum of the squared weights of all paragraphs. It allows one table of 400 rows and 10 columns, or
    /// 1,000 paragraphs with much markup.
    /// </summary>
    private const long Most = 225_000_000;

    private long _spent;

    public void Spend(LeafBlock block)
    {
        long weight = 0;
        for (var i = 0; i < block.Lines.Count; i++)
        {
            weight += Weigh(block.Lines.Lines[i].Slice.AsSpan());
        }

        _spent += weight * weight;
        if (_spent > Most)
        {
            throw new MarkdownTooIntricateException();
        }
    }

    private static int Weigh(ReadOnlySpan<char> line)
    {
        var weight = 0;
        foreach (var character in line)
        {
            weight += character switch
            {
                '|' => WeightOfPipe,
                '*' or '_' or '~' or '[' or ']' or '(' or '<' or '`' or '!' or '&' or '\\' => 1,
                _ => 0,
            };
        }

        return weight;
    }
}

internal sealed class MarkdownTooIntricateException : InvalidOperationException;

internal sealed class BoundedParagraphParser(MarkdownBudget budget) : ParagraphBlockParser
{
    public override bool Close(BlockProcessor processor, Markdig.Syntax.Block block)
    {
        budget.Spend((LeafBlock)block);
        return base.Close(processor, block);
    }
}

internal sealed class BoundedHeadingParser(MarkdownBudget budget) : HeadingBlockParser
{
    public override bool Close(BlockProcessor processor, Markdig.Syntax.Block block)
    {
        budget.Spend((LeafBlock)block);
        return base.Close(processor, block);
    }
}
