using Markdig.Parsers;
using Markdig.Syntax;

namespace Cms.Body;

/// <summary>
/// Bounds the work of one import. Markdig looks back over the open brackets, stars and pipes of a paragraph, so its time grows
/// with the square of their number: 100,000 of them would hold a processor for minutes.
/// </summary>
internal sealed class MarkdownBudget
{
    /// <summary>The squares of the numbers of special characters of all paragraphs: one paragraph of 5,000, or 600 of 200.</summary>
    private const long Most = 25_000_000;

    private long spent;

    public void Spend(LeafBlock block)
    {
        long special = 0;
        for (var i = 0; i < block.Lines.Count; i++)
        {
            special += CountSpecial(block.Lines.Lines[i].Slice.AsSpan());
        }

        spent += special * special;
        if (spent > Most)
        {
            throw new MarkdownTooIntricateException();
        }
    }

    private static int CountSpecial(ReadOnlySpan<char> line)
    {
        var count = 0;
        foreach (var character in line)
        {
            count += character is '*' or '_' or '~' or '[' or ']' or '<' or '`' or '|' or '!' or '&' or '(' ? 1 : 0;
        }

        return count;
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
