using System.Globalization;
using Cms.Articles;
using Cms.Body;
using Cms.GraphQL;
using Cms.Panel;

namespace Cms.Import;

/// <summary>
/// Finds the passages of a body that takes refer to, and names them for a file. Files have no ids of blocks, so they
/// contain the quoted words, and the number of the block if the words alone do not name it.
/// </summary>
internal sealed class Passages(RichText body)
{
    private readonly Anchors _anchors = new(body.ToJson());

    /// <summary>Returns the anchor of a passage, or why there is none.</summary>
    public Result<TakeAnchor> Find(PassageItem passage)
    {
        var quote = Written(passage.Quote);
        if (passage.Block is not { } number)
        {
            return quote is null ? new ValueMalformed("anchor", "{ quote: … }, { block: 3 } or both")
                : FirstWith(quote) is { } first ? Anchor(first, quote)
                : new PassageMissing(quote, null);
        }

        if (Numbered(body.Blocks, "").FirstOrDefault(block => block.Number == number.Trim()).Block is not { } found)
        {
            return new BlockMissing(number);
        }

        return quote is null || _anchors.Match(Anchor(found, quote))
            ? Anchor(found, quote)
            : new PassageMissing(quote, number);
    }

    /// <summary>Returns the passage of an anchor; null if the body does not have it.</summary>
    public PassageItem? Describe(TakeAnchor anchor)
    {
        if (!_anchors.Match(anchor))
        {
            return null;
        }

        var quote = Written(anchor.Quote);
        return quote is not null && FirstWith(quote)?.Id == anchor.BlockId
            ? new PassageItem { Quote = quote }
            : new PassageItem
            {
                Quote = quote,
                Block = Numbered(body.Blocks, "").First(block => block.Block.Id == anchor.BlockId).Number,
            };
    }

    // The first block with the words that has no block with them inside it.
    private Block? FirstWith(string quote) =>
        body
            .Blocks.SelectMany(block => block.SelfAndDescendants())
            .FirstOrDefault(block => Has(block, quote) && !block.Children.Any(child => Has(child, quote)));

    private bool Has(Block block, string quote) => _anchors.Match(Anchor(block, quote));

    private static TakeAnchor Anchor(Block block, string? quote) => new() { BlockId = block.Id, Quote = quote };

    // A quote matches whatever its white space is.
    private static string? Written(string? quote) => string.IsNullOrWhiteSpace(quote) ? null : Anchors.Words(quote);

    private static IEnumerable<(string Number, Block Block)> Numbered(IEnumerable<Block> blocks, string prefix) =>
        blocks.SelectMany(
            (block, i) =>
            {
                var number = string.Create(CultureInfo.InvariantCulture, $"{prefix}{i + 1}");
                return Numbered(block.Children, number + ".").Prepend((number, block));
            }
        );
}
