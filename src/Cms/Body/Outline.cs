using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Cms.Body;

/// <summary>Collects the headings and gives each a unique anchor.</summary>
internal sealed class Outline : IBlockVisitor
{
    private readonly HashSet<string> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _repeats = new(StringComparer.Ordinal);

    public List<TocEntry> Entries { get; } = [];

    public void Enter(Block block)
    {
        if (block is Heading heading)
        {
            var text = TextOf(heading.Content);
            Entries.Add(new TocEntry(Unique(Slug(text)), heading.Level, text));
        }
    }

    public void Leave(Block block) { }

    private static string TextOf(ImmutableArray<Inline> content) =>
        string.Concat(content.Select(inline => inline is Text text ? text.Value : " "));

    private string Unique(string slug)
    {
        var anchor = slug;
        while (!_anchors.Add(anchor))
        {
            ref var again = ref CollectionsMarshal.GetValueRefOrAddDefault(_repeats, slug, out var isKnown);
            again = isKnown ? again + 1 : 2;
            anchor = string.Create(CultureInfo.InvariantCulture, $"{slug}-{again}");
        }

        return anchor;
    }

    private static string Slug(string text)
    {
        const int most = 80;
        var slug = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                slug.Append(char.ToLowerInvariant(character));
            }
            else if (slug.Length > 0 && slug[^1] != '-' && character is not ('\'' or '’'))
            {
                slug.Append('-');
            }

            if (slug.Length == most)
            {
                break;
            }
        }

        var trimmed = slug.ToString().TrimEnd('-');
        return trimmed is "" ? "section" : trimmed;
    }
}
