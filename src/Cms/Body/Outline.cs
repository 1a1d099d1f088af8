using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Cms.Body;

/// <summary>The headings with their anchors.</summary>
internal sealed class Outline : IBlockVisitor
{
    private readonly HashSet<string> anchors = new(StringComparer.Ordinal);

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
        for (var again = 2; !anchors.Add(anchor); again++)
        {
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
