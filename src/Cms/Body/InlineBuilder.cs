using System.Collections.Immutable;

namespace Cms.Body;

/// <summary>Puts running text together; neighbours under the same marks become one text.</summary>
internal sealed class InlineBuilder
{
    private readonly ImmutableArray<Inline>.Builder inlines = ImmutableArray.CreateBuilder<Inline>(4);

    public bool IsEmpty => inlines.Count == 0;

    public void Break() => inlines.Add(HardBreak.Instance);

    public void Add(string text, TextStyle style, Link? link)
    {
        if (text is "")
        {
            return;
        }

        if (!IsEmpty && inlines[^1] is Text last && last.Style == style && last.Link == link)
        {
            inlines[^1] = last with { Value = last.Value + text };
        }
        else
        {
            inlines.Add(new Text(text, style, link));
        }
    }

    public void AddRange(ImmutableArray<Inline> range)
    {
        foreach (var inline in range)
        {
            if (inline is Text text)
            {
                Add(text.Value, text.Style, text.Link);
            }
            else
            {
                Break();
            }
        }
    }

    /// <summary>The text so far; the builder is empty again afterwards.</summary>
    public ImmutableArray<Inline> ToImmutable() => inlines.DrainToImmutable();
}
