using Cms.Ids;
using Cms.Results;

namespace Cms.Articles;

/// <summary>Where an article stands.</summary>
public enum ArticleStatus
{
    /// <summary>Readers have not seen it.</summary>
    Draft,

    /// <summary>Readers see it.</summary>
    Published,

    /// <summary>Readers saw it and do no more.</summary>
    Withdrawn,
}

/// <summary>A story, from draft to withdrawal. Its words are in revisions, its public states in editions.</summary>
public sealed class Article
{
    /// <summary>Its id: the same in every answer, for ever.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The words of its URL.</summary>
    public required string Slug { get; init; }

    /// <summary>Where it stands.</summary>
    public ArticleStatus Status { get; private set; }

    /// <summary>The newest revision: the working copy.</summary>
    public RevisionId HeadId { get; private set; }

    /// <summary>How often it was saved.</summary>
    public int RevisionCount { get; private set; }

    /// <summary>The edition that readers see now; null before publishing and after a withdrawal.</summary>
    public EditionId? LiveEditionId { get; private set; }

    public int EditionCount { get; private set; }

    /// <summary>How often it was corrected.</summary>
    public int CorrectionCount { get; private set; }

    /// <summary>When it was first before readers; null when it never was.</summary>
    public DateTimeOffset? FirstPublishedAt { get; private set; }

    /// <summary>The date of the story; null before publishing.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>The item's id in the feed or folder it was imported from.</summary>
    public string? ImportId { get; init; }

    /// <summary>What the import last brought, as a hash, so that the same again changes nothing.</summary>
    public string? ImportHash { get; set; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last saved, published, corrected or withdrawn.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last saved, published, corrected or withdrew it.</summary>
    public string? UpdatedBy { get; private set; }

    /// <summary>Raised by every change; give it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>Why the caller's idea of this article is out of date; null when it is not.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        expectedVersion is { } expected && expected != Version
            ? new VersionConflict(Version, UpdatedBy, UpdatedAt) { Path = ["expectedVersion"] }
            : null;

    /// <summary>Takes a new working copy. What readers see stays as it is.</summary>
    public Revision Save(ArticleContent content, Contributor drafter, DateTimeOffset now, Revision? restored = null)
    {
        var revision = new Revision
        {
            Id = RevisionId.New(),
            ArticleId = Id,
            Number = ++RevisionCount,
            Content = content,
            Drafter = drafter,
            CreatedAt = now,
            RestoredFrom = restored?.Id,
        };
        (HeadId, UpdatedAt, UpdatedBy) = (revision.Id, now, drafter.Name);
        return revision;
    }

    /// <summary>Puts the working copy before readers: a first edition, or one that updates the last.</summary>
    /// <param name="head">The newest revision.</param>
    /// <param name="by">Who puts it there.</param>
    /// <param name="now">When the edition goes live.</param>
    public Result<Edition> Publish(Revision head, Contributor by, DateTimeOffset now) =>
        Issue(head, Status is ArticleStatus.Published ? EditionKind.Updated : EditionKind.Published, by, now);

    /// <summary>Puts the working copy before readers and says what was wrong.</summary>
    public Result<Edition> Correct(
        Revision head,
        string note,
        CorrectionSeverity severity,
        Contributor by,
        DateTimeOffset now
    )
    {
        if (Status is not ArticleStatus.Published)
        {
            return new ArticleNotPublished(Id) { Path = ["id"] };
        }

        if (string.IsNullOrWhiteSpace(note))
        {
            return new NoteRequired() { Path = ["note"] };
        }

        if (note.Length > ArticleLimits.Note)
        {
            return new TextTooLong("note", ArticleLimits.Note) { Path = ["note"] };
        }

        return Issue(head, EditionKind.Corrected, by, now, note, severity);
    }

    /// <summary>Takes the story from readers and leaves a tombstone that says why.</summary>
    public Result<Edition> Withdraw(string reason, ArticleId? successor, Contributor by, DateTimeOffset now)
    {
        if (Status is not ArticleStatus.Published)
        {
            return new ArticleNotPublished(Id) { Path = ["id"] };
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new ReasonRequired() { Path = ["reason"] };
        }

        if (reason.Length > ArticleLimits.Note)
        {
            return new TextTooLong("reason", ArticleLimits.Note) { Path = ["reason"] };
        }

        if (successor == Id)
        {
            return new SuccessorNotFound(Id) { Path = ["successor"] };
        }

        var edition = new Edition
        {
            Id = EditionId.New(),
            ArticleId = Id,
            Number = ++EditionCount,
            Kind = EditionKind.Withdrawn,
            Slug = Slug,
            FirstPublishedAt = FirstPublishedAt!.Value,
            PublishedAt = PublishedAt!.Value,
            LiveFrom = now,
            CorrectionSequence = CorrectionCount,
            WithdrawalReason = reason,
            SuccessorId = successor,
        };
        (Status, LiveEditionId, UpdatedAt, UpdatedBy) = (ArticleStatus.Withdrawn, null, now, by.Name);
        return edition;
    }

    private Result<Edition> Issue(
        Revision head,
        EditionKind kind,
        Contributor by,
        DateTimeOffset now,
        string? note = null,
        CorrectionSeverity? severity = null
    )
    {
        if (head.Content.Missing() is [_, ..] missing)
        {
            return new ArticleIncomplete(missing);
        }

        FirstPublishedAt ??= now;
        if (kind is EditionKind.Published)
        {
            PublishedAt = now;
        }

        var edition = new Edition
        {
            Id = EditionId.New(),
            ArticleId = Id,
            Number = ++EditionCount,
            Kind = kind,
            Slug = Slug,
            RevisionId = head.Id,
            Content = head.Content,
            Disclosure = Disclosures.Of(head.Drafter, by),
            FirstPublishedAt = FirstPublishedAt.Value,
            PublishedAt = PublishedAt!.Value,
            LiveFrom = now,
            CorrectionSequence = kind is EditionKind.Corrected ? ++CorrectionCount : CorrectionCount,
            CorrectionNote = note,
            CorrectionSeverity = severity,
        };
        (Status, LiveEditionId, UpdatedAt, UpdatedBy) = (ArticleStatus.Published, edition.Id, now, by.Name);
        return edition;
    }
}
