using System.Collections.Immutable;
using System.Text;

namespace Cms.Body;

/// <summary>Puts running text together; neighbours under the same marks become one text.</summary>
internal sealed class InlineBuilder
{
    private readonly ImmutableArray<Inline>.Builder inlines = ImmutableArray.CreateBuilder<Inline>(4);

    // The text being put together, and what follows its first piece: almost always nothing.
    private Text? last;
    private StringBuilder? rest;

    public bool IsEmpty => inlines.Count == 0 && last is null;

    public void Break()
    {
        EndText();
        inlines.Add(HardBreak.Instance);
    }

    public void Add(string text, TextStyle style, Link? link)
    {
        if (text is "")
        {
            return;
        }

        if (last is not null && last.Style == style && last.Link == link)
        {
            rest = (rest ?? new StringBuilder()).Append(text);
        }
        else
        {
            EndText();
            last = new Text(text, style, link);
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
    public ImmutableArray<Inline> ToImmutable()
    {
        EndText();
        return inlines.DrainToImmutable();
    }

    private void EndText()
    {
        if (last is not null)
        {
            inlines.Add(rest is null ? last : last with { Value = $"{last.Value}{rest}" });
            (last, rest) = (null, null);
        }
    }
}
