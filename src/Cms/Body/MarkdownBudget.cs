using Markdig.Parsers;
using Markdig.Syntax;

namespace Cms.Body;

/// <summary>
/// Bounds the work of one import. Markdig looks back over the open brackets, stars and pipes of a paragraph, so its time grows
/// with the square of their number: 100,000 of them would hold a processor for minutes.
/// </summary>
internal sealed class MarkdownBudget
{
    // Pipes nest in one another until their table is put together, so they weigh more than brackets and stars.
    private const int WeightOfPipe = 3;

    /// <summary>The squares of the weights of all paragraphs: one table of 400 rows by 10, or 1,000 rich paragraphs.</summary>
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
