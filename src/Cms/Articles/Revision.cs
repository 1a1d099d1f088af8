using Cms.People;

namespace Cms.Articles;

/// <summary>
/// An immutable snapshot of an article's working copy. Every save creates a revision. Only staff see revisions.
/// </summary>
public sealed class Revision
{
    public required RevisionId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>The revision's number. Numbers start at 1 and have no gaps.</summary>
    public required int Number { get; init; }

    public required ArticleContent Content { get; init; }

    public required Contributor Drafter { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// The id of the earlier revision that this revision restores; null if this revision is not a restoration.
    /// </summary>
    public RevisionId? RestoredFrom { get; init; }
}
