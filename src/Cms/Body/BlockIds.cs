using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cms.Body;

/// <summary>
/// Gives a new id to every block that has no id, or that has the id of an earlier block (for example after copy and
/// paste). The id is a hash of the block's content. Therefore the same text always gets the same ids, and an unchanged
/// paragraph keeps its id when a Markdown file is imported again.
/// </summary>
internal sealed class BlockIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int> _repeats = new(StringComparer.Ordinal);

    private BlockIds() { }

    public static ImmutableArray<Block> Complete(ImmutableArray<Block> blocks)
    {
        var ids = new BlockIds();
        ids.CollectIds(blocks);
        return ids.Each(blocks, out _);
    }

    private void CollectIds(ImmutableArray<Block> blocks)
    {
        foreach (var block in blocks)
        {
            _taken.Add(block.Id);
            CollectIds(block.Children);
        }
    }

    private ImmutableArray<T> Each<T>(ImmutableArray<T> blocks, out ulong hash)
        where T : Block
    {
        hash = Hash.Start;
        var complete = ImmutableArray.CreateBuilder<T>(blocks.Length);
        foreach (var block in blocks)
        {
            // The first block with an id keeps it. A parent comes before its children.
            var keeps = block.Id is not "" && _given.Add(block.Id);
            var (content, contentHash) = Inside(block);
            hash = Hash.Mix(hash, contentHash);
            complete.Add(keeps ? (T)content : (T)(content with { Id = Next(contentHash) }));
        }

        return complete.MoveToImmutable();
    }

    private (Block Block, ulong ContentHash) Inside(Block block)
    {
        ulong contentHash;
        var content = block switch
        {
            BulletList list => (Block)(list with { Items = Each(list.Items, out contentHash) }),
            OrderedList list => list with { Items = Each(list.Items, out contentHash) },
            ListItem item => item with { Content = Each(item.Content, out contentHash) },
            Blockquote quote => quote with { Content = Each(quote.Content, out contentHash) },
            Callout callout => callout with { Content = Each(callout.Content, out contentHash) },
            Table table => table with { Rows = Each(table.Rows, out contentHash) },
            TableRow row => row with { Cells = Each(row.Cells, out contentHash) },
            TableCell cell => cell with { Content = Each(cell.Content, out contentHash) },
            _ => Leaf(block, out contentHash),
        };
        return (content, Hash.Mix(Hash.Of(block.GetType().Name), contentHash));
    }

    private static Block Leaf(Block block, out ulong contentHash)
    {
        contentHash = block switch
        {
            TextBlock text => Hash.Of(Words(text.Content)),
            CodeBlock code => Hash.Of(code.Code),
            Image image => Hash.Of(image.Media.ToString()),
            ArticleEmbed embed => Hash.Of(embed.Article.ToString()),
            ToolEmbed embed => Hash.Of(embed.Tool.ToString()),
            ExternalEmbed embed => Hash.Of(embed.Address.Value),
            _ => Hash.Start,
        };
        return block;
    }

    private static string Words(ImmutableArray<Inline> content) =>
        content is [Text only] ? only.Value : string.Concat(content.Select(inline => (inline as Text)?.Value ?? "\n"));

    private string Next(ulong contentHash)
    {
        var stem = Format(contentHash);
        var id = stem;
        while (!_taken.Add(id))
        {
            // Continue from the last number. Otherwise each of a thousand equal blocks would try up to a thousand
            // numbers.
            ref var again = ref CollectionsMarshal.GetValueRefOrAddDefault(_repeats, stem, out var isKnown);
            again = isKnown ? again + 1 : 2;
            id = string.Create(CultureInfo.InvariantCulture, $"{stem}-{again}");
        }

        _given.Add(id);
        return id;
    }

    private static string Format(ulong hash)
    {
        const int length = 8;
        Span<char> id = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            id[i] = Alphabet[(int)((hash >> (i * 5)) & 31)];
        }

        return new string(id);
    }

    /// <summary>A hash based on 64-bit FNV-1a. It is the same on every machine and in every release.</summary>
    private static class Hash
    {
        public const ulong Start = 14_695_981_039_346_656_037;
        private const ulong Prime = 1_099_511_628_211;

        public static ulong Of(string text)
        {
            var hash = Start;
            foreach (var character in text)
            {
                hash = (hash ^ character) * Prime;
            }

            return hash ^ (hash >> 32);
        }

        public static ulong Mix(ulong hash, ulong other)
        {
            var mixed = (hash ^ other) * Prime;
            return mixed ^ (mixed >> 32);
        }
    }
}
