using Cms.Media;
using Cms.Panel;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles;

/// <summary>A tag as an edition carried it.</summary>
public sealed class EditionTag
{
    public required EditionId EditionId { get; init; }

    public required int Ordinal { get; init; }

    public required TagId TagId { get; init; }
}

/// <summary>A tool that an edition was about.</summary>
public sealed class EditionTool
{
    public required EditionId EditionId { get; init; }

    public required int Ordinal { get; init; }

    public required ToolId ToolId { get; init; }
}

/// <summary>An image that an edition showed, at its head or in its body.</summary>
public sealed class EditionMedia
{
    public required EditionId EditionId { get; init; }

    public required MediaId MediaId { get; init; }

    public required ArticleId ArticleId { get; init; }
}

/// <summary>An approved take as an edition carried it, with the persona's name and lens as they were.</summary>
public sealed class EditionTake
{
    public required EditionId EditionId { get; init; }

    public required TakeId TakeId { get; init; }

    /// <summary>The persona's place on the panel.</summary>
    public required int Ordinal { get; init; }

    public required ArticleId ArticleId { get; init; }

    public required PersonaId PersonaId { get; init; }

    /// <summary>The version of the persona's profile that the take was written under.</summary>
    public required int ProfileNumber { get; init; }

    public required string PersonaName { get; init; }

    public required string PersonaLens { get; init; }

    public required string Text { get; init; }

    public required Stance Stance { get; init; }

    public required int Confidence { get; init; }

    public string? Verdict { get; init; }

    public TakeAnchor? Anchor { get; init; }

    public TakeId? InReplyTo { get; init; }

    public string? Disclosure { get; init; }

    /// <summary>When the take came before readers: later editions keep it, republishing after a withdrawal sets it anew.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
}
