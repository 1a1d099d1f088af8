using System.Collections.Immutable;
using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

/// <summary>What can be made of a body; ask for what is needed, and only that is made.</summary>
[Flags]
public enum BodyForms
{
    None = 0,
    Html = 1,
    Markdown = 2,
    PlainText = 4,
    Toc = 8,

    /// <summary>Word count and reading time.</summary>
    Length = 16,
    References = 32,
    All = Html | Markdown | PlainText | Toc | Length | References,
}

/// <summary>What was made of a body; forms that nobody asked for are empty.</summary>
public sealed record DerivedBody
{
    /// <summary>Well-formed and escaped: it needs no sanitizer after it.</summary>
    public string Html { get; init; } = "";

    public string Markdown { get; init; } = "";

    public string PlainText { get; init; } = "";

    public ImmutableArray<TocEntry> Toc { get; init; } = [];

    /// <summary>Words of prose, captions included, code blocks not.</summary>
    public int WordCount { get; init; }

    /// <summary>Whole minutes at 220 words a minute; 0 only for a body without words and code.</summary>
    public int ReadingMinutes { get; init; }

    public BodyReferences References { get; init; } = BodyReferences.None;
}

/// <summary>One heading in the table of contents.</summary>
/// <param name="Anchor">The <c>id</c> of the heading in the HTML, unique in the body.</param>
/// <param name="Level">2, 3 or 4.</param>
/// <param name="Text">The heading without its marks.</param>
public sealed record TocEntry(string Anchor, int Level, string Text);

/// <summary>What a body refers to: each target once, in the order of first mention.</summary>
public sealed record BodyReferences(
    ImmutableArray<ArticleId> Articles,
    ImmutableArray<ToolId> Tools,
    ImmutableArray<MediaId> Media
)
{
    public static readonly BodyReferences None = new([], [], []);

    public IEnumerable<BodyReference> All =>
        [
            .. Articles.Select(id => new BodyReference(ReferenceKind.Article, id.ToString())),
            .. Tools.Select(id => new BodyReference(ReferenceKind.Tool, id.ToString())),
            .. Media.Select(id => new BodyReference(ReferenceKind.Media, id.ToString())),
        ];
}

public enum ReferenceKind
{
    Article,
    Tool,
    Media,
}

/// <summary>One thing that a body refers to, by its id as the API writes it: <c>art_…</c>, <c>tol_…</c> or <c>med_…</c>.</summary>
public sealed record BodyReference(ReferenceKind Kind, string Id);
