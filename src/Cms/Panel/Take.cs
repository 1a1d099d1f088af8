using Cms.Articles;
using Cms.Audit;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel;

/// <summary>The position that a take adopts.</summary>
public enum Stance
{
    /// <summary>In favour.</summary>
    Supportive,

    /// <summary>Partly in favour.</summary>
    Mixed,

    /// <summary>Not convinced.</summary>
    Skeptical,
}

/// <summary>The status of the newest revision of a take.</summary>
public enum TakeStatus
{
    /// <summary>An editor asked for the take, and nobody has written it yet.</summary>
    Requested,

    /// <summary>Written, but not submitted for review.</summary>
    Drafted,

    /// <summary>Waiting for an editor's approval.</summary>
    InReview,

    /// <summary>An editor asked for changes.</summary>
    ChangesRequested,

    /// <summary>
    /// Approved. If the revision is not public yet, it becomes public when the article is next published, updated or
    /// corrected. It stays in the article until a newer approved revision is published or the take is retracted.
    /// </summary>
    Approved,

    /// <summary>
    /// An editor retracted the take or cancelled the request. Later editions do not contain the take.
    /// </summary>
    Retracted,
}

/// <summary>The passage that a take refers to.</summary>
public sealed record TakeAnchor
{
    /// <summary>The id of a block in the body.</summary>
    public required string BlockId { get; init; }

    /// <summary>The words that the take refers to, as they were in the article when the take was written.</summary>
    public string? Quote { get; init; }
}

/// <summary>The content of a take.</summary>
public sealed record TakeContent
{
    public required string Text { get; init; }

    public Stance Stance { get; init; } = Stance.Mixed;

    /// <summary>The persona's confidence in the take, from 0 to 100.</summary>
    public int Confidence { get; init; } = 50;

    /// <summary>A one-line summary of the take.</summary>
    public string? Verdict { get; init; }
}

/// <summary>
/// A persona's opinion on an article: one for each persona and article, however often it is revised. Readers see the
/// approved revision once it is part of a published edition.
/// </summary>
public sealed class Take : IArticlePart, IAudited
{
    public const int MaxBrief = 4_000;
    public const int MaxReason = 1_000;

    string IAudited.AuditSubject => Id.ToString();

    ArticleId? IAudited.AuditArticle => ArticleId;

    /// <summary>The take's id. It never changes.</summary>
    public required TakeId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    public required PersonaId PersonaId { get; init; }

    /// <summary>The status of the newest revision.</summary>
    public TakeStatus Status { get; private set; }

    /// <summary>When the take reached its status.</summary>
    public DateTimeOffset StatusChangedAt { get; private set; }

    /// <summary>The newest revision; null if nobody has written the take yet.</summary>
    public TakeRevisionId? HeadId { get; private set; }

    /// <summary>The number of revisions.</summary>
    public int RevisionCount { get; private set; }

    /// <summary>The approved revision; null if no revision is approved.</summary>
    public TakeRevisionId? ApprovedRevisionId { get; private set; }

    /// <summary>The person who writes the take; null if nobody is assigned.</summary>
    public PersonKey? AssigneeKey { get; private set; }

    /// <summary>What the editor asks for; null if nothing is specified.</summary>
    public string? Brief { get; private set; }

    /// <summary>When the take should be written; null if no date is set.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Who asked for the take; null if nobody did.</summary>
    public string? RequestedBy { get; private set; }

    /// <summary>
    /// When a correction of the article made the published take stale; null if it is not stale, or if somebody has
    /// since confirmed it or approved a newer revision.
    /// </summary>
    public DateTimeOffset? StaleAt { get; private set; }

    /// <summary>Why the take was retracted; null if it is not retracted.</summary>
    public string? RetractionReason { get; private set; }

    /// <summary>When the take was requested or first drafted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the take last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last changed the take.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>Returns a conflict if a version other than the current one is expected; otherwise null.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy, UpdatedAt);

    /// <summary>Returns whether the due date has passed and the take still has to be written or submitted.</summary>
    public bool IsOverdue(DateTimeOffset now) => DueAt <= now && Status.IsUnsubmitted;

    /// <summary>Asks for the take, or changes who writes it, when it is due and what is asked for.</summary>
    public void Request(PersonKey? assignee, DateTimeOffset? dueAt, string? brief, Contributor by, DateTimeOffset now)
    {
        // A new writer sees the request as new.
        var isNew = StatusChangedAt == default || Status is TakeStatus.Retracted || assignee != AssigneeKey;
        if (isNew && Status is TakeStatus.Requested or TakeStatus.Retracted)
        {
            RetractionReason = null;
            (Status, StatusChangedAt) = (TakeStatus.Requested, now);
        }

        (AssigneeKey, DueAt, Brief) = (assignee, dueAt, brief);
        RequestedBy = by.Name;

        Touch(by, now);
    }

    /// <summary>
    /// Creates a revision. The approved revision stays in the next edition until a newer one is approved.
    /// </summary>
    public TakeRevision Save(
        TakeDraft draft,
        int profileNumber,
        string? editedBy,
        Contributor drafter,
        DateTimeOffset now
    )
    {
        var revision = new TakeRevision
        {
            Id = TakeRevisionId.New(),
            TakeId = Id,
            Number = ++RevisionCount,
            ProfileNumber = profileNumber,
            Content = draft.Content,
            Anchor = draft.Anchor,
            InReplyTo = draft.InReplyTo,
            DraftedWith = draft.DraftedWith,
            EditedBy = editedBy,
            Drafter = drafter,
            CreatedAt = now,
        };
        HeadId = revision.Id;
        RetractionReason = null;
        Move(
            Status switch
            {
                TakeStatus.InReview or TakeStatus.ChangesRequested => Status,
                TakeStatus.Approved => TakeStatus.InReview,
                _ => TakeStatus.Drafted,
            },
            now
        );
        Touch(drafter, now);
        return revision;
    }

    /// <summary>Submits the newest revision for review.</summary>
    public Result<Take> Submit(Contributor by, DateTimeOffset now) =>
        Status switch
        {
            TakeStatus.InReview => this,
            TakeStatus.Approved => new TakeAlreadyApproved(Id) { Path = ["id"] },
            TakeStatus.Drafted or TakeStatus.ChangesRequested => Moved(TakeStatus.InReview, by, now),
            _ => new TakeNotWritten(Id, Status) { Path = ["id"] },
        };

    /// <summary>Asks the writer for changes. An approved revision stays approved until a newer one is.</summary>
    public Result<Take> RequestChanges(Contributor by, DateTimeOffset now) =>
        Status is TakeStatus.InReview or TakeStatus.Approved
            ? Moved(TakeStatus.ChangesRequested, by, now)
            : new TakeNotInReview(Id) { Path = ["id"] };

    /// <summary>Returns why the newest revision cannot be approved; null if it can.</summary>
    public UserError? CannotApprove(TakeRevisionId? read) =>
        HeadId is not { } head || Status is TakeStatus.Retracted or TakeStatus.Requested
            ? new TakeNotWritten(Id, Status) { Path = ["id"] }
        : read is not null && read != head ? new TakeRevisionNotNewest(head) { Path = ["revision"] }
        : null;

    /// <summary>Approves the newest revision for the next edition.</summary>
    public void Approve(Contributor reviewer, DateTimeOffset now)
    {
        if (Status is not TakeStatus.Approved)
        {
            ApprovedRevisionId = HeadId;
            StaleAt = null;
            Moved(TakeStatus.Approved, reviewer, now);
        }
    }

    /// <summary>Takes the take back. The next edition is without it.</summary>
    public void Retract(string reason, Contributor by, DateTimeOffset now)
    {
        if (Status is not TakeStatus.Retracted)
        {
            (ApprovedRevisionId, StaleAt, RetractionReason) = (null, null, reason);
            Moved(TakeStatus.Retracted, by, now);
        }
    }

    /// <summary>Marks the published take as stale, because the article was corrected.</summary>
    internal void MarkStale(Contributor by, DateTimeOffset now)
    {
        if (StaleAt is null)
        {
            StaleAt = now;
            Touch(by, now);
        }
    }

    /// <summary>Confirms that the published take is still right after a correction.</summary>
    public Result<Take> Confirm(Contributor by, DateTimeOffset now)
    {
        if (StaleAt is null)
        {
            return new TakeNotStale(Id) { Path = ["id"] };
        }

        StaleAt = null;
        Touch(by, now);
        return this;
    }

    private Take Moved(TakeStatus to, Contributor by, DateTimeOffset now)
    {
        Move(to, now);
        Touch(by, now);
        return this;
    }

    private void Move(TakeStatus to, DateTimeOffset now)
    {
        if (to != Status || StatusChangedAt == default)
        {
            (Status, StatusChangedAt) = (to, now);
        }
    }

    private void Touch(Contributor by, DateTimeOffset now) => (UpdatedAt, UpdatedBy) = (now, by.Name);
}

internal static class UnsubmittedTakes
{
    extension(TakeStatus status)
    {
        /// <summary>Whether the take still has to be written or submitted.</summary>
        public bool IsUnsubmitted =>
            status is TakeStatus.Requested or TakeStatus.Drafted or TakeStatus.ChangesRequested;
    }

    extension(IQueryable<Take> takes)
    {
        /// <summary>Returns the takes that still have to be written or submitted.</summary>
        public IQueryable<Take> Unsubmitted() =>
            takes.Where(t =>
                t.Status == TakeStatus.Requested
                || t.Status == TakeStatus.Drafted
                || t.Status == TakeStatus.ChangesRequested
            );
    }
}
