using System.Collections.Immutable;
using Cms.Body;

namespace Cms.Articles.Comparing;

/// <summary>Compares two bodies by the ids of their blocks.</summary>
internal static class BlockComparer
{
    /// <summary>
    /// Returns the blocks of both bodies, in the order of the later one. Removed blocks are listed at the place that
    /// they had in the earlier body. A block that moved is returned once, in its new place.
    /// </summary>
    public static IEnumerable<BlockComparison> Compare(
        string? earlier,
        string? later,
        TextComparer texts,
        CancellationToken cancellationToken
    )
    {
        var (before, after) = (BlocksIn(earlier), BlocksIn(later));
        var places = before.Index().ToDictionary(x => x.Item.Id, x => x.Index, StringComparer.Ordinal);
        var current = after.Select(block => block.Id).ToHashSet(StringComparer.Ordinal);
        var inOrder = LongestRising([
            .. after.Where(block => places.ContainsKey(block.Id)).Select(block => places[block.Id]),
        ]);
        var next = 0;
        foreach (var block in after)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!places.TryGetValue(block.Id, out var place))
            {
                yield return Pair(BlockChange.Added, null, block, texts);
                continue;
            }

            var isInOrder = inOrder.Contains(place);
            if (isInOrder)
            {
                foreach (var removed in RemovedBefore(place))
                {
                    yield return removed;
                }
            }

            var was = before[place];
            yield return Pair(
                !isInOrder ? BlockChange.Moved
                    : Json(was) == Json(block) ? BlockChange.Unchanged
                    : BlockChange.Changed,
                was,
                block,
                texts
            );
        }

        foreach (var removed in RemovedBefore(before.Length))
        {
            yield return removed;
        }

        IEnumerable<BlockComparison> RemovedBefore(int place)
        {
            for (; next < place; next++)
            {
                if (!current.Contains(before[next].Id))
                {
                    yield return Pair(BlockChange.Removed, before[next], null, texts);
                }
            }
        }
    }

    /// <summary>
    /// Returns the numbers of the longest rising subsequence, in O(n log n): patience sorting (C. Schensted, 1961). The
    /// numbers are distinct.
    /// </summary>
    internal static HashSet<int> LongestRising(IReadOnlyList<int> numbers)
    {
        // tops[i] is the position of the smallest number that ends a rising subsequence of i + 1 numbers.
        List<int> tops = [];
        var previous = new int[numbers.Count];
        for (var i = 0; i < numbers.Count; i++)
        {
            var (low, high) = (0, tops.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = numbers[tops[middle]] < numbers[i] ? (middle + 1, high) : (low, middle);
            }

            previous[i] = low > 0 ? tops[low - 1] : -1;
            if (low == tops.Count)
            {
                tops.Add(i);
            }
            else
            {
                tops[low] = i;
            }
        }

        HashSet<int> rising = [];
        for (var i = tops.Count > 0 ? tops[^1] : -1; i >= 0; i = previous[i])
        {
            rising.Add(numbers[i]);
        }

        return rising;
    }

    private static BlockComparison Pair(BlockChange change, Block? earlier, Block? later, TextComparer texts)
    {
        var (from, to) = (Text(earlier), Text(later));
        return new BlockComparison(
            (later ?? earlier)!.Id,
            change,
            change is BlockChange.Changed && from == to && !HasPicturesOrEmbeds(later!),
            texts.Compare(from, to)
        );
    }

    // A different image or embed is not a change of formatting, although the text is the same.
    private static bool HasPicturesOrEmbeds(Block block) =>
        block.SelfAndDescendants().Any(part => part is Image or ArticleEmbed or ToolEmbed or ExternalEmbed);

    private static ImmutableArray<Block> BlocksIn(string? json) => json is null ? [] : RichText.OfStored(json).Blocks;

    private static string Json(Block block) => new RichText([block]).ToJson();

    private static string Text(Block? block) =>
        block is null ? "" : new RichText([block]).Derive(BodyForms.PlainText).PlainText;
}
