namespace Cms.Articles;

public enum EditionKind
{
    /// <summary>The first before readers, or the first after a withdrawal.</summary>
    Published,
    Updated,
    Corrected,

    /// <summary>A tombstone: what was here is gone, and says so.</summary>
    Withdrawn,
}

/// <summary>How much a mistake mattered.</summary>
public enum CorrectionSeverity
{
    /// <summary>A detail, which changes nothing else in the story.</summary>
    Minor,

    /// <summary>Something that the story rests on.</summary>
    Major,
}

/// <summary>An immutable snapshot of what the public saw of an article, from <see cref="LiveFrom" /> to <see cref="SupersededAt" />.</summary>
public sealed class Edition
{
    public required EditionId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>1 for the first edition, without gaps.</summary>
    public required int Number { get; init; }

    public required EditionKind Kind { get; init; }

    public required string Slug { get; init; }

    /// <summary>Null on a tombstone.</summary>
    public RevisionId? RevisionId { get; init; }

    /// <summary>Null on a tombstone.</summary>
    public ArticleContent? Content { get; init; }

    /// <summary>How much of the text a model wrote and who reviewed it, computed from provenance; null when there is nothing to disclose.</summary>
    public string? Disclosure { get; init; }

    /// <summary>When the story was first before readers.</summary>
    public required DateTimeOffset FirstPublishedAt { get; init; }

    /// <summary>The date of the story: later editions keep it, republishing after a withdrawal sets it anew.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset LiveFrom { get; init; }

    /// <summary>When the next edition took its place; null while it is the current one.</summary>
    public DateTimeOffset? SupersededAt { get; private set; }

    /// <summary>How many corrections the story has had, this edition's included.</summary>
    public int CorrectionSequence { get; init; }

    /// <summary>What was wrong, in words for readers.</summary>
    public string? CorrectionNote { get; init; }

    public CorrectionSeverity? CorrectionSeverity { get; init; }

    public string? WithdrawalReason { get; init; }

    /// <summary>The article to read instead of a withdrawn one.</summary>
    public ArticleId? SuccessorId { get; init; }

    public bool IsTombstone => Kind is EditionKind.Withdrawn;

    internal void Supersede(DateTimeOffset at) => SupersededAt = at;
}
