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
    AuthorChanged,

    /// <summary>The file, description or rights of a published image changed, or the image was removed.</summary>
    MediaChanged,

    /// <summary>The rights to an image have expired.</summary>
    MediaExpired,

    /// <summary>A redirect was saved or deleted.</summary>
    RedirectChanged,

    /// <summary>The list of articles on a front was saved or deleted.</summary>
    FrontChanged,
}

/// <summary>A public change. Everything that reacts to publishing reads these changes from the log.</summary>
public sealed class Change
{
    /// <summary>The change's number. Numbers follow commit order and have no gaps.</summary>
    public required long Seq { get; init; }

    public required ChangeKind Kind { get; init; }

    public required SubjectId SubjectId { get; init; }

    public EditionId? EditionId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>The single row that stores the log's epoch and last number.</summary>
public sealed class ChangeCounter
{
    public required int Id { get; init; }

    /// <summary>The last number assigned; 0 for an empty log.</summary>
    public required long Seq { get; init; }

    /// <summary>
    /// Identifies this log. A newly created database has a different epoch, so cursors from the old log are rejected.
    /// </summary>
    public required Guid Epoch { get; init; }
}
