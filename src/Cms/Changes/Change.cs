using Cms.Articles;
using Cms.Foundation;

namespace Cms.Changes;

public enum ChangeKind
{
    ArticlePublished,
    ArticleUpdated,
    ArticleCorrected,
    ArticleWithdrawn,
    PersonaChanged,
    ToolChanged,
    CategoryChanged,
    TagChanged,
    SourceChanged,

    /// <summary>A published image or its description changed, or it was removed.</summary>
    MediaChanged,

    /// <summary>The rights in an image have ended.</summary>
    MediaExpired,
}

/// <summary>One public change. The log of them is what every reaction to publishing reads.</summary>
public sealed class Change
{
    /// <summary>Without gaps, in commit order.</summary>
    public required long Seq { get; init; }

    public required ChangeKind Kind { get; init; }

    public required SubjectId SubjectId { get; init; }

    public EditionId? EditionId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>The one row that numbers the log.</summary>
public sealed class ChangeCounter
{
    public required int Id { get; init; }

    /// <summary>The last number given; 0 for an empty log.</summary>
    public required long Seq { get; init; }

    /// <summary>Names this log: a database restored or made anew has another, so a cursor from before is told to start over.</summary>
    public required Guid Epoch { get; init; }
}
