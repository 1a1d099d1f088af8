using Cms.People;

namespace Cms.Articles;

/// <summary>An immutable snapshot of an article's working copy. Every save creates one; only staff see them.</summary>
public sealed class Revision
{
    public required RevisionId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>The revision's number: 1 for the first save, without gaps.</summary>
    public required int Number { get; init; }

    public required ArticleContent Content { get; init; }

    public required Contributor Drafter { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The revision whose content this one restored; null if it is not a restoration.</summary>
    public RevisionId? RestoredFrom { get; init; }
}
