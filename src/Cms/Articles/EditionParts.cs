using Cms.Authors;
using Cms.Media;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles;

public sealed class EditionTag
{
    public required EditionId EditionId { get; init; }

    public required int Ordinal { get; init; }

    public required TagId TagId { get; init; }
}

public sealed class EditionAuthor
{
    public required EditionId EditionId { get; init; }

    public required int Ordinal { get; init; }

    public required AuthorId AuthorId { get; init; }
}

/// <summary>A tool that an edition is about.</summary>
public sealed class EditionTool
{
    public required EditionId EditionId { get; init; }

    public required int Ordinal { get; init; }

    public required ToolId ToolId { get; init; }
}

/// <summary>An image that an edition shows, as its hero image or in its body.</summary>
public sealed class EditionMedia
{
    public required EditionId EditionId { get; init; }

    public required MediaId MediaId { get; init; }

    public required ArticleId ArticleId { get; init; }
}

/// <summary>An approved take in an edition, with the name and lens from the persona's profile.</summary>
public sealed class EditionTake
{
    public required EditionId EditionId { get; init; }

    public required TakeId TakeId { get; init; }

    /// <summary>The revision of the take that the edition shows.</summary>
    public required TakeRevisionId RevisionId { get; init; }

    /// <summary>The persona's position on the panel.</summary>
    public required int Ordinal { get; init; }

    public required ArticleId ArticleId { get; init; }

    public required PersonaId PersonaId { get; init; }

    /// <summary>The version of the persona's profile for which the take was written.</summary>
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

    /// <summary>How a model contributed to the take, in the IPTC NewsCodes; null if no model did.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    /// <summary>
    /// When the take was first published. Later editions and revisions keep it; publishing again after a withdrawal or
    /// a retraction resets it.
    /// </summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When this revision of the take was first published.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
