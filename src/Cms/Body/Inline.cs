namespace Cms.Body;

/// <summary>A piece of inline text.</summary>
public abstract record Inline;

/// <summary>Text with one set of marks. Adjacent texts with the same marks are always merged into one.</summary>
public sealed record Text(string Value, TextStyle Style = TextStyle.None, Link? Link = null) : Inline;

public sealed record HardBreak : Inline
{
    public static readonly HardBreak Instance = new();
}

/// <summary>The marks that have no attributes. They are flags, so a text cannot have the same mark twice.</summary>
[Flags]
public enum TextStyle
{
    None = 0,
    Bold = 1,
    Italic = 2,
    Strike = 4,
    Code = 8,
}

public sealed record Link(LinkAddress Href, string? Title = null);
