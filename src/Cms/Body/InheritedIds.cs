using System.Collections.Immutable;

namespace Cms.Body;

/// <summary>
/// Gives the blocks of a body that was written as Markdown, which has no ids, the ids that they had in the body before.
/// Comments and comparisons find blocks by their ids. Unchanged blocks keep their id wherever they are. A changed block
/// takes the id of a block of its type that was between the same unchanged blocks and has at least half of its words.
/// </summary>
internal static class InheritedIds
{
    // The number of earlier blocks that are compared with a changed block, so that the cost is linear.
    private const int Nearby = 20;

    // Blocks that are nested deeper get new ids, because each level reads the text of all levels below it.
    internal const int Depth = 16;

    public static ImmutableArray<Block> Inherit(ImmutableArray<Block> written, ImmutableArray<Block> before) =>
        BlockIds.Complete(Each(written, before, depth: 1));

    private static ImmutableArray<Block> Each(ImmutableArray<Block> written, ImmutableArray<Block> before, int depth)
    {
        if (depth > Depth)
        {
            before = [];
        }

        var sources = before.IsEmpty
            ? new int?[written.Length]
            : Sources([.. written.Select(Described.Of)], [.. before.Select(Described.Of)]);
        return
        [
            .. written.Select(
                (block, i) =>
                    sources[i] is { } source
                        ? WithChildren(block, Each(block.Children, before[source].Children, depth + 1)) with
                        {
                            Id = before[source].Id,
                        }
                        : WithChildren(block, Each(block.Children, [], depth + 1)) with
                        {
                            Id = "",
                        }
            ),
        ];
    }

    // The position of the earlier block whose id each block takes; null if it takes none.
    private static int?[] Sources(Described[] written, Described[] before)
    {
        var sources = new int?[written.Length];
        var unchanged = before
            .Index()
            .GroupBy(b => b.Item)
            .ToDictionary(same => same.Key, same => new Queue<int>(same.Select(b => b.Index)));
        for (var i = 0; i < written.Length; i++)
        {
            if (unchanged.TryGetValue(written[i], out var places) && places.TryDequeue(out var place))
            {
                sources[i] = place;
            }
        }

        var taken = sources.OfType<int>().ToHashSet();
        for (var start = 0; start < written.Length; start++)
        {
            if (sources[start] is not null)
            {
                continue;
            }

            var end = start;
            while (end < written.Length && sources[end] is null)
            {
                end++;
            }

            var from = start == 0 ? 0 : sources[start - 1]!.Value + 1;
            var to = end == written.Length ? before.Length : sources[end]!.Value;
            var seen = Math.Min(Math.Max(0, to - from), end - start + Nearby);
            List<int> free = [.. Enumerable.Range(from, seen).Where(place => !taken.Contains(place))];
            Pair(written, before, sources, start, end, free);
            taken.UnionWith(sources[start..end].OfType<int>());
            start = end;
        }

        return sources;
    }

    private static void Pair(
        Described[] written,
        Described[] before,
        int?[] sources,
        int start,
        int end,
        List<int> free
    )
    {
        var next = 0;
        for (var i = start; i < end; i++)
        {
            var last = Math.Min(free.Count, next + Nearby);
            for (var k = next; k < last; k++)
            {
                if (before[free[k]].IsLike(written[i]))
                {
                    sources[i] = free[k];
                    next = k + 1;
                    break;
                }
            }
        }
    }

    private static Block WithChildren(Block block, ImmutableArray<Block> children) =>
        block switch
        {
            BulletList list => list with { Items = [.. children.Cast<ListItem>()] },
            OrderedList list => list with { Items = [.. children.Cast<ListItem>()] },
            ListItem item => item with { Content = children },
            Blockquote quote => quote with { Content = children },
            Callout callout => callout with { Content = children },
            Table table => table with { Rows = [.. children.Cast<TableRow>()] },
            TableRow row => row with { Cells = [.. children.Cast<TableCell>()] },
            TableCell cell => cell with { Content = [.. children.Cast<Paragraph>()] },
            _ => block,
        };

    /// <summary>The type of a block and its content as text. Formatting is left out.</summary>
    private sealed record Described(Type Type, string Text)
    {
        private readonly Lazy<HashSet<string>> _words = new(() =>
            Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase)
        );

        public static Described Of(Block block) =>
            new(
                block.GetType(),
                block switch
                {
                    Image image => image.Media.ToString(),
                    ArticleEmbed embed => embed.Article.ToString(),
                    ToolEmbed embed => embed.Tool.ToString(),
                    ExternalEmbed embed => embed.Address.Value,
                    _ => new RichText([block]).Derive(BodyForms.PlainText).PlainText,
                }
            );

        /// <summary>Whether at least half of the words of both blocks are in both.</summary>
        public bool IsLike(Described other)
        {
            if (Type != other.Type)
            {
                return false;
            }

            var (fewer, more) =
                _words.Value.Count < other._words.Value.Count
                    ? (_words.Value, other._words.Value)
                    : (other._words.Value, _words.Value);
            var total = fewer.Count + more.Count;
            return fewer.Count > 0 && fewer.Count * 4 >= total && fewer.Count(more.Contains) * 4 >= total;
        }

        public bool Equals(Described? other) => other is not null && Type == other.Type && Text == other.Text;

        public override int GetHashCode() => HashCode.Combine(Type, Text);
    }
}
