using System.Collections.Immutable;
using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

/// <summary>A node that stands on its own; <paramref name="Id"/> stays with it through edits, for diffs and for anchoring takes.</summary>
public abstract record Block(string Id)
{
    internal virtual ImmutableArray<Block> Children => [];
}

/// <summary>A block made of running text.</summary>
public abstract record TextBlock(string Id, ImmutableArray<Inline> Content) : Block(Id);

public sealed record Paragraph(string Id, ImmutableArray<Inline> Content) : TextBlock(Id, Content);

/// <summary>A heading inside the article, of level 2, 3 or 4; level 1 is the headline's.</summary>
public sealed record Heading(string Id, int Level, ImmutableArray<Inline> Content) : TextBlock(Id, Content);

public sealed record BulletList(string Id, ImmutableArray<ListItem> Items) : Block(Id)
{
    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Items);
}

public sealed record OrderedList(string Id, int Start, ImmutableArray<ListItem> Items) : Block(Id)
{
    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Items);
}

/// <summary>One entry of a list: a paragraph, then whatever belongs to it.</summary>
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

/// <summary>Source code, kept to the letter; its language as in <c>csharp</c> or <c>c++</c>, null where none was named.</summary>
public sealed record CodeBlock(string Id, string? Language, string Code) : Block(Id);

public sealed record HorizontalRule(string Id) : Block(Id);

/// <summary>
/// A picture from the media library, here with its own words. Decorative is one that says nothing the text does not: it has no
/// alternative text.
/// </summary>
public sealed record Image(string Id, MediaId Media, string Alt, string Caption, bool Decorative) : Block(Id);

public sealed record ArticleEmbed(string Id, ArticleId Article) : Block(Id);

public sealed record ToolEmbed(string Id, ToolId Tool) : Block(Id);

public sealed record Table(string Id, ImmutableArray<TableRow> Rows) : Block(Id)
{
    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Rows);
}

public sealed record TableRow(string Id, ImmutableArray<TableCell> Cells) : Block(Id)
{
    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Cells);
}

public sealed record TableCell(string Id, bool IsHeader, int Colspan, int Rowspan, ImmutableArray<Paragraph> Content)
    : Block(Id)
{
    internal override ImmutableArray<Block> Children => ImmutableArray<Block>.CastUp(Content);
}
