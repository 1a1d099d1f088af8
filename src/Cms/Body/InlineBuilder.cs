using System.Collections.Immutable;
using System.Text;

namespace Cms.Body;

/// <summary>Builds inline text. Adjacent pieces with the same marks become one text.</summary>
internal sealed class InlineBuilder
{
    private readonly ImmutableArray<Inline>.Builder _inlines = ImmutableArray.CreateBuilder<Inline>(4);

    // The first piece of the current text, and the pieces after it. Most texts have only one piece.
    private Text? _last;
    private StringBuilder? _rest;

    public bool IsEmpty => _inlines.Count == 0 && _last is null;

    public void Break()
    {
        EndText();
        _inlines.Add(HardBreak.Instance);
    }

    public void Add(string text, TextStyle style, Link? link)
    {
        if (text is "")
        {
            return;
        }

        if (_last is not null && _last.Style == style && _last.Link == link)
        {
            _rest = (_rest ?? new StringBuilder()).Append(text);
        }
        else
        {
            EndText();
            _last = new Text(text, style, link);
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

    /// <summary>Returns the text so far and empties the builder.</summary>
    public ImmutableArray<Inline> ToImmutable()
    {
        EndText();
        return _inlines.DrainToImmutable();
    }

    private void EndText()
    {
        if (_last is not null)
        {
            _inlines.Add(_rest is null ? _last : _last with { Value = $"{_last.Value}{_rest}" });
            (_last, _rest) = (null, null);
        }
    }
}
