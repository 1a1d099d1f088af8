using System.Collections.Immutable;
using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

/// <summary>
/// A block node. Its <paramref name="Id"/> identifies it across revisions, for diffs and for anchoring takes.
/// </summary>
public abstract record Block(string Id)
{
    internal virtual ImmutableArray<Block> Children => [];

    /// <summary>Returns the block and all blocks inside it.</summary>
    internal IEnumerable<Block> SelfAndDescendants() =>
        Children.SelectMany(child => child.SelfAndDescendants()).Prepend(this);
}

/// <summary>A block of inline text.</summary>
public abstract record TextBlock(string Id, ImmutableArray<Inline> Content) : Block(Id);

public sealed record Paragraph(string Id, ImmutableArray<Inline> Content) : TextBlock(Id, Content);

/// <summary>A heading in the article, of level 2, 3 or 4. Level 1 is the headline.</summary>
public sealed record Heading(string Id, int Level, ImmutableArray<Inline> Content) : TextBlock(Id, Content);

public sealed record BulletList(string Id, ImmutableArray<ListItem> Items) : Block(Id)
{
    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Items);
}

public sealed record OrderedList(string Id, int Start, ImmutableArray<ListItem> Items) : Block(Id)
{
    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Items);
}

/// <summary>An item of a list: a paragraph, then any other blocks.</summary>
public sealed record ListItem(string Id, ImmutableArray<Block> Content) : Block(Id)
{
    internal override ImmutableArray<Block> Children => Content;
}

public sealed record Blockquote(string Id, ImmutableArray<Block> Content) : Block(Id)
{
    internal override ImmutableArray<Block> Children => Content;
}

public sealed record Callout(string Id, CalloutTone Tone, ImmutableArray<Block> Content) : Block(Id)
{
    internal override ImmutableArray<Block> Children => Content;
}

public enum CalloutTone
{
    Note,
    Tip,
    Warning,
}

/// <summary>
/// Source code, with white space preserved. The language is a name such as <c>csharp</c> or <c>c++</c>; null if none
/// was given.
/// </summary>
public sealed record CodeBlock(string Id, string? Language, string Code) : Block(Id);

public sealed record HorizontalRule(string Id) : Block(Id);

/// <summary>
/// An image from the media library, with the alternative text and caption used in this body. A decorative image adds no
/// information to the text and has no alternative text.
/// </summary>
public sealed record Image(string Id, MediaId Media, string Alt, string Caption, bool Decorative) : Block(Id);

public sealed record ArticleEmbed(string Id, ArticleId Article) : Block(Id);

public sealed record ToolEmbed(string Id, ToolId Tool) : Block(Id);

/// <summary>A page on another site, such as a video, which a front end can show in a frame.</summary>
/// <param name="Id">The block's id.</param>
/// <param name="Address">The address of the page.</param>
/// <param name="Title">The title; empty if there is none.</param>
public sealed record ExternalEmbed(string Id, EmbedAddress Address, string Title) : Block(Id)
{
    /// <summary>The text of the link to the page.</summary>
    internal string LinkText => Title is "" ? Address.Value : Title;
}

public sealed record Table(string Id, ImmutableArray<TableRow> Rows) : Block(Id)
{
    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Rows);
}

public sealed record TableRow(string Id, ImmutableArray<TableCell> Cells) : Block(Id)
{
    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Cells);
}

/// <summary>How the text of a table cell is aligned.</summary>
public enum CellAlignment
{
    /// <summary>To the left.</summary>
    Left,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>To the right.</summary>
    Right,
}

public sealed record TableCell(string Id, bool IsHeader, int Colspan, int Rowspan, ImmutableArray<Paragraph> Content)
    : Block(Id)
{
    /// <summary>How the text is aligned; null for the alignment of the page.</summary>
    public CellAlignment? Alignment { get; init; }

    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Content);
}
