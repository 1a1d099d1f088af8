using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

/// <summary>A body read from Markdown, with warnings about what could not be imported as written.</summary>
public sealed record MarkdownImport(RichText Body, IReadOnlyList<ImportWarning> Warnings);

/// <summary>A warning about Markdown that a body cannot represent as written.</summary>
/// <param name="Line">The line of the Markdown, from 1.</param>
/// <param name="Message">A sentence that says what the import did instead.</param>
public sealed record ImportWarning(int Line, string Message);

/// <summary>
/// Functions that find the articles and tools named by <c>::article{slug="…"}</c> and <c>::tool{slug="…"}</c>. They
/// return null for an unknown slug. With <see cref="None"/>, the import returns an <see cref="UnknownEmbeds"/> error
/// that lists the slugs to look up.
/// </summary>
public sealed record EmbedSlugs(Func<string, ArticleId?> Article, Func<string, ToolId?> Tool)
{
    /// <summary>A function that finds an image by the file path in the Markdown, or returns null.</summary>
    public Func<string, MediaId?> Image { get; init; } = _ => null;

    /// <summary>
    /// The sites whose pages can be embedded. An embed of another site becomes a link, with a warning. Null to import
    /// every embed.
    /// </summary>
    public EmbedHosts? Hosts { get; init; }

    public static readonly EmbedSlugs None = new(_ => null, _ => null);
}
