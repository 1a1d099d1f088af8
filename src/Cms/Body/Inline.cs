namespace Cms.Body;

/// <summary>A piece of running text.</summary>
public abstract record Inline;

/// <summary>Text under one set of marks. Neighbours never share the same marks: they are one text.</summary>
public sealed record Text(string Value, TextStyle Style = TextStyle.None, Link? Link = null) : Inline;

public sealed record HardBreak : Inline
{
    public static readonly HardBreak Instance = new();
}

/// <summary>The marks without attributes; as flags, a text cannot carry one of them twice.</summary>
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
