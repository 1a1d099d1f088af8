using System.Collections.Immutable;
using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

/// <summary>The forms that can be derived from a body.</summary>
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

/// <summary>The forms derived from a body. Forms that were not requested are empty.</summary>
public sealed record DerivedBody
{
    /// <summary>Well-formed HTML in which all text is escaped. It needs no sanitizer.</summary>
    public string Html { get; init; } = "";

    public string Markdown { get; init; } = "";

    public string PlainText { get; init; } = "";

    public ImmutableArray<TocEntry> Toc { get; init; } = [];

    /// <summary>The number of words, including captions and titles of external embeds, and excluding code blocks.</summary>
    public int WordCount { get; init; }

    /// <summary>
    /// The reading time in whole minutes at 220 words a minute, rounded up; 0 only if the body has neither words nor
    /// code.
    /// </summary>
    public int ReadingMinutes { get; init; }

    public BodyReferences References { get; init; } = BodyReferences.None;
}

/// <summary>A heading in the table of contents.</summary>
/// <param name="Anchor">The <c>id</c> of the heading in the HTML, unique in the body.</param>
/// <param name="Level">The level of the heading: 2, 3 or 4.</param>
/// <param name="Text">The text of the heading, without markup.</param>
public sealed record TocEntry(string Anchor, int Level, string Text);

/// <summary>The targets that a body refers to, each listed once, in the order of first use.</summary>
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

/// <summary>
/// A target that a body refers to, with its id in the API: <c>art_…</c>, <c>tol_…</c> or <c>med_…</c>.
/// </summary>
public sealed record BodyReference(ReferenceKind Kind, string Id);
