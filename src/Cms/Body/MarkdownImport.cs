using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

/// <summary>A body read from Markdown, with warnings about what could not be imported as written.</summary>
public sealed record MarkdownImport(RichText Body, IReadOnlyList<ImportWarning> Warnings);

/// <summary>A warning about Markdown that a body cannot represent as written.</summary>
/// <param name="Line">The line of the Markdown, from 1.</param>
/// <param name="Message">What the import did instead, for the person who imports.</param>
public sealed record ImportWarning(int Line, string Message);

/// <summary>
/// Finds the articles and tools that <c>::article{slug="…"}</c> and <c>::tool{slug="…"}</c> name; null for an unknown
/// slug. An import with <see cref="None"/> returns an <see cref="UnknownEmbeds"/> error that lists the slugs to look
/// up.
/// </summary>
public sealed record EmbedSlugs(Func<string, ArticleId?> Article, Func<string, ToolId?> Tool)
{
    /// <summary>Finds the image that the Markdown names by its file path; null if there is none.</summary>
    public Func<string, MediaId?> Image { get; init; } = _ => null;

    public static readonly EmbedSlugs None = new(_ => null, _ => null);
}
