using Cms.Articles;
using Cms.Media;
using Cms.Tools;

namespace Cms.Body;

/// <summary>A body read from Markdown, with what could not be kept as it was.</summary>
public sealed record MarkdownImport(RichText Body, IReadOnlyList<ImportWarning> Warnings);

/// <summary>Something that a body cannot hold as it was written.</summary>
/// <param name="Line">The line of the Markdown, from 1.</param>
/// <param name="Message">What was done instead, for the person importing.</param>
public sealed record ImportWarning(int Line, string Message);

/// <summary>
/// Finds what <c>::article{slug="…"}</c> and <c>::tool{slug="…"}</c> name; null for an unknown slug. Importing once with
/// <see cref="None"/> tells every slug to look up, in an <see cref="UnknownEmbeds"/>.
/// </summary>
public sealed record EmbedSlugs(Func<string, ArticleId?> Article, Func<string, ToolId?> Tool)
{
    /// <summary>Finds the image of a file that the Markdown names by its path; null for one that is not there.</summary>
    public Func<string, MediaId?> Image { get; init; } = _ => null;

    public static readonly EmbedSlugs None = new(_ => null, _ => null);
}
