using Cms.Articles.Gate;
using Cms.Audit;
using Cms.Media.Rights;

namespace Cms.Articles;

public enum EditionKind
{
    /// <summary>The first edition, or the first after a withdrawal.</summary>
    Published,
    Updated,
    Corrected,

    /// <summary>A tombstone: the article was withdrawn, and this edition gives the reason.</summary>
    Withdrawn,

    /// <summary>
    /// Released under embargo, for partners who may see it early. Readers never see it: it is not listed or announced.
    /// </summary>
    Advance,
}

/// <summary>How serious a mistake was.</summary>
public enum CorrectionSeverity
{
    /// <summary>A mistake in a detail that does not affect the rest of the story.</summary>
    Minor,

    /// <summary>A mistake in something that the story depends on.</summary>
    Major,
}

/// <summary>
/// An immutable snapshot of an article as readers saw it, from <see cref="LiveFrom" /> to <see cref="SupersededAt" />.
/// Readers never see an advance edition; the times say how long partners could.
/// </summary>
public sealed class Edition : IAudited
{
    string IAudited.AuditSubject => ArticleId.ToString();

    ArticleId? IAudited.AuditArticle => ArticleId;

    string? IAudited.AuditPart => "edition";

    private ArticleContent? _content;

    public required EditionId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>
    /// The edition's number. Numbers start at 1 and have no gaps. Advance editions have numbers of their own: -1, -2 and
    /// so on.
    /// </summary>
    public required int Number { get; init; }

    public required EditionKind Kind { get; init; }

    public required string Slug { get; init; }

    /// <summary>Null on a tombstone.</summary>
    public RevisionId? RevisionId { get; init; }

    /// <summary>Null on a tombstone.</summary>
    public ArticleContent? Content
    {
        get => _content;
        init => _content = value;
    }

    /// <summary>
    /// The AI disclosure: which model drafted the text and who reviewed it. Null if there is nothing to disclose.
    /// </summary>
    public string? Disclosure { get; init; }

    /// <summary>
    /// The name of the person whose approval the text was published with; null if nobody had approved it. The approval
    /// of the revision can be withdrawn later.
    /// </summary>
    public string? ApprovedBy { get; init; }

    /// <summary>How a model contributed to the text, in the IPTC NewsCodes; null if no model did.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    /// <summary>When the article was first published.</summary>
    public required DateTimeOffset FirstPublishedAt { get; init; }

    /// <summary>
    /// The article's publication date. Later editions keep it; publishing again after a withdrawal resets it.
    /// </summary>
    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset LiveFrom { get; init; }

    /// <summary>The name of the person who issued it; null if it was not recorded.</summary>
    public string? IssuedBy { get; init; }

    /// <summary>
    /// When the next edition replaced this edition, or when an advance edition was replaced, recalled or published; null
    /// while this edition is current.
    /// </summary>
    public DateTimeOffset? SupersededAt { get; private set; }

    /// <summary>The number of corrections up to and including this edition.</summary>
    public int CorrectionSequence { get; init; }

    /// <summary>A public note that says what was wrong.</summary>
    public string? CorrectionNote { get; init; }

    public CorrectionSeverity? CorrectionSeverity { get; init; }

    public string? WithdrawalReason { get; init; }

    /// <summary>Why the article was withdrawn; null unless this is a tombstone.</summary>
    public WithdrawalKind? WithdrawalKind { get; init; }

    /// <summary>The time by which partners must confirm the withdrawal; null if there is no deadline.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>The article to read instead of the withdrawn article.</summary>
    public ArticleId? SuccessorId { get; init; }

    /// <summary>The publishing rules whose warnings were acknowledged when it was published.</summary>
    public IReadOnlyList<CheckRule> Acknowledged { get; private set; } = [];

    public bool IsTombstone => Kind is EditionKind.Withdrawn;

    internal void Acknowledge(IReadOnlyList<CheckRule> rules) => Acknowledged = rules;

    /// <summary>Replaces merged terms by those that they were merged into, before the edition is saved.</summary>
    internal void Show(ArticleContent content) => _content = content;

    internal void Supersede(DateTimeOffset at) => SupersededAt = at;
}
