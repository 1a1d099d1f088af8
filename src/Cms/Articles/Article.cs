using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.Audit;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

/// <summary>
/// Whether readers can see an article. Readers do not see schedules and embargoes, so the status does not include them.
/// </summary>
public enum ArticleStatus
{
    /// <summary>Never published.</summary>
    Draft,

    /// <summary>Visible to readers.</summary>
    Published,

    /// <summary>Published, then withdrawn.</summary>
    Withdrawn,
}

/// <summary>
/// A story, from draft to withdrawal. Revisions store each saved text; editions store what readers saw.
/// </summary>
public sealed partial class Article : IArticlePart, IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    ArticleId? IAudited.AuditArticle => Id;

    string? IAudited.AuditName => Slug;

    private string _slug = "";

    /// <summary>The article's id. It never changes.</summary>
    public required ArticleId Id { get; init; }

    ArticleId IArticlePart.ArticleId => Id;

    /// <summary>The slug in the article's URL.</summary>
    public required string Slug
    {
        get => _slug;
        init => _slug = value;
    }

    /// <summary>Whether the article is a draft, published or withdrawn.</summary>
    public ArticleStatus Status { get; private set; }

    /// <summary>The newest revision, which is the working copy.</summary>
    public RevisionId HeadId { get; private set; }

    /// <summary>The number of revisions.</summary>
    [NotAudited]
    public int RevisionCount { get; private set; }

    /// <summary>The edition that readers see now; null before the first publication and after a withdrawal.</summary>
    public EditionId? LiveEditionId { get; private set; }

    [NotAudited]
    public int EditionCount { get; private set; }

    /// <summary>The number of corrections.</summary>
    public int CorrectionCount { get; private set; }

    /// <summary>When the article was first published; null if it never was.</summary>
    public DateTimeOffset? FirstPublishedAt { get; private set; }

    /// <summary>
    /// The article's publication date. Updates and corrections keep it; publishing again after a withdrawal resets it.
    /// Null before the first publication.
    /// </summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>When the scheduled revision will be published; null if none is scheduled.</summary>
    public DateTimeOffset? ScheduledAt { get; private set; }

    /// <summary>
    /// The revision to publish at the scheduled time, which was the newest when the article was scheduled; null if none
    /// is scheduled.
    /// </summary>
    public RevisionId? ScheduledRevisionId { get; private set; }

    public Contributor? ScheduledBy { get; private set; }

    /// <summary>The publishing rules whose warnings were acknowledged for the schedule.</summary>
    public IReadOnlyList<CheckRule> ScheduleAcknowledged { get; private set; } = [];

    /// <summary>
    /// Why the article could not be published at its scheduled time; null if publishing did not fail.
    /// </summary>
    public string? ScheduleRefusal { get; private set; }

    /// <summary>When publishing at the scheduled time failed; null if it did not fail.</summary>
    public DateTimeOffset? ScheduleRefusedAt { get; private set; }

    /// <summary>The person whose schedule failed; null if none failed.</summary>
    public PersonKey? ScheduleRefusedTo { get; private set; }

    /// <summary>
    /// The article cannot be published before this time; null if there is no embargo. Readers do not see the embargo.
    /// Its end does not publish the article, unless the article is released under embargo.
    /// </summary>
    public DateTimeOffset? EmbargoUntil { get; private set; }

    /// <summary>The article's id in the feed or folder from which it was imported.</summary>
    public string? ImportId { get; init; }

    /// <summary>
    /// The hash of the last imported content, so that importing the same content again changes nothing.
    /// </summary>
    [NotAudited]
    public string? ImportHash { get; set; }

    /// <summary>When the article was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the article last changed in any way that increases its version.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last changed the article in any way that increases its version.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>
    /// Who last changed the working copy, schedule, embargo or public state. Unlike <see cref="UpdatedBy" />, it does
    /// not change with the review, the assignment, the trash or the slug.
    /// </summary>
    [NotAudited]
    public string EditedBy { get; private set; } = "";

    /// <summary>
    /// Increases with every change, except changes to comments, takes and the names of revisions. Pass it as
    /// expectedVersion.
    /// </summary>
    public int Version { get; private set; }

    /// <summary>
    /// Returns a conflict if an expected version is given and is not the current version; otherwise null.
    /// </summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy, UpdatedAt);

    /// <summary>
    /// Creates a revision with the new working copy. The public article does not change. An approval covers
    /// only the revision that was approved, so an approved article returns to review.
    /// </summary>
    /// <param name="content">The new working copy.</param>
    /// <param name="drafter">Who saves it.</param>
    /// <param name="now">The current time.</param>
    /// <param name="restored">The revision whose content is restored; null for new content.</param>
    /// <param name="isAutosave">Whether the editor's page saved by itself.</param>
    /// <param name="folded">
    /// The newest revision, if the new one replaces it and takes its number; null to number the new one after it.
    /// </param>
    /// <param name="draftedWith">The model that drafted the content; null if a person did.</param>
    /// <param name="editedBy">The person who last edited what the model drafted; null if nobody did.</param>
    public Revision Save(
        ArticleContent content,
        Contributor drafter,
        DateTimeOffset now,
        Revision? restored = null,
        bool isAutosave = false,
        Revision? folded = null,
        DraftedWith? draftedWith = null,
        string? editedBy = null
    )
    {
        var revision = new Revision
        {
            Id = RevisionId.New(),
            ArticleId = Id,
            Number = folded?.Number ?? ++RevisionCount,
            Content = content,
            Drafter = drafter,
            DraftedWith = draftedWith,
            EditedBy = editedBy,
            CreatedAt = folded?.CreatedAt ?? now,
            SavedAt = now,
            IsAutosave = isAutosave,
            RestoredFrom = restored?.Id,
        };
        if (Review is ReviewState.Approved)
        {
            ApprovedRevisionId = null;
            SetReview(ReviewState.InReview, drafter, now);
        }

        HeadId = revision.Id;
        Edit(drafter, now);
        return revision;
    }

    /// <summary>
    /// Prepares an edition that publishes a revision, as an update if the article is already published.
    /// </summary>
    /// <param name="head">The revision to publish.</param>
    /// <param name="by">Who publishes it.</param>
    /// <param name="now">The current time.</param>
    /// <param name="liveFrom">When the edition goes live; null if it goes live at <paramref name="now" />.</param>
    public Result<NextEdition> Publish(
        Revision head,
        Contributor by,
        DateTimeOffset now,
        DateTimeOffset? liveFrom = null
    ) =>
        Issue(
            head,
            Status is ArticleStatus.Published ? EditionKind.Updated : EditionKind.Published,
            by,
            liveFrom ?? now
        );

    /// <summary>Returns why the article cannot be scheduled, whatever its content; null if it can.</summary>
    public UserError? CannotSchedule(DateTimeOffset at, DateTimeOffset now) =>
        TrashedAt is not null ? new ArticleTrashed(Id) { Path = ["id"] }
        : Released() is { } released ? released
        : at <= now ? new TimeNotAhead("at") { Path = ["at"] }
        : WithdrawAt <= at ? new WithdrawalScheduled(WithdrawAt.Value) { Path = ["at"] }
        : null;

    /// <summary>Schedules a revision that passed the gate. Later saves do not change what is published.</summary>
    /// <param name="head">The newest revision.</param>
    /// <param name="at">When to publish it.</param>
    /// <param name="acknowledged">The rules whose warnings do not prevent the publication then.</param>
    /// <param name="by">Who schedules it and is recorded as its publisher.</param>
    /// <param name="now">The current time.</param>
    public void Schedule(
        Revision head,
        DateTimeOffset at,
        IReadOnlyList<CheckRule> acknowledged,
        Contributor by,
        DateTimeOffset now
    )
    {
        EndPlans();
        (ScheduledAt, ScheduledRevisionId, ScheduledBy, ScheduleAcknowledged) = (at, head.Id, by, acknowledged);
        _slugFollowsHeadline = false;
        Edit(by, now);
    }

    /// <summary>Cancels the schedule and recalls what is released under embargo. An embargo stays.</summary>
    public Result<Article> Unschedule(Contributor by, DateTimeOffset now)
    {
        if (ScheduledAt is null)
        {
            return new ArticleNotScheduled(Id) { Path = ["id"] };
        }

        EndSchedule();
        EndWithdrawalPlanOfUnpublished();
        Edit(by, now);
        return this;
    }

    /// <summary>
    /// Prepares an edition of the scheduled revision, with the person who scheduled it as the publisher.
    /// </summary>
    /// <param name="scheduled">The revision that is scheduled.</param>
    /// <param name="now">When the edition goes live.</param>
    public Result<NextEdition> PublishScheduled(Revision scheduled, DateTimeOffset now) =>
        Publish(scheduled, ScheduledBy!, now);

    /// <summary>
    /// Cancels the schedule because the article cannot be published, and stores the reasons, each in whole sentences.
    /// </summary>
    public void RefuseSchedule(IEnumerable<string> reasons, DateTimeOffset now)
    {
        var by = ScheduledBy!;
        EndPlans();
        EndWithdrawalPlanOfUnpublished();

        // Store as many complete reasons as fit.
        ScheduleRefusal = reasons
            .Distinct(StringComparer.Ordinal)
            .Aggregate((text, next) => text.Length + 1 + next.Length <= ArticleLimits.Note ? $"{text} {next}" : text);
        ScheduleRefusedAt = now;
        ScheduleRefusedTo = PersonKey.TryParse(by.Key, out var person) ? person : null;
        Edit(by, now);
    }

    /// <summary>Returns the error that prevents publication during an embargo; null if there is none.</summary>
    public ArticleUnderEmbargo? Embargo(DateTimeOffset now) =>
        EmbargoUntil > now ? new ArticleUnderEmbargo(EmbargoUntil.Value) { Path = ["id"] } : null;

    /// <summary>
    /// Prevents publication before a future time; null lifts the embargo. Without an embargo, a text that was released
    /// under embargo becomes a normal schedule.
    /// </summary>
    public Result<Article> SetEmbargo(DateTimeOffset? until, Contributor by, DateTimeOffset now)
    {
        if (until is null && EmbargoUntil is null)
        {
            return this;
        }

        if (until is not null && TrashedAt is not null)
        {
            return new ArticleTrashed(Id) { Path = ["id"] };
        }

        if (until is not null && Status is ArticleStatus.Published)
        {
            return new ArticleAlreadyPublished(Id) { Path = ["id"] };
        }

        if (until is not null && Released() is { } released)
        {
            return released;
        }

        if (until is not null && ScheduledAt is { } at)
        {
            return new ArticleScheduled(at) { Path = ["id"] };
        }

        if (until <= now)
        {
            return new TimeNotAhead("until") { Path = ["until"] };
        }

        EmbargoUntil = until;
        AdvanceEditionId = null;
        Edit(by, now);
        return this;
    }

    /// <summary>Prepares an edition that corrects the article, with a note that says what was wrong.</summary>
    /// <param name="head">The corrected revision.</param>
    /// <param name="note">What was wrong.</param>
    /// <param name="severity">How serious the mistake was.</param>
    /// <param name="by">Who corrects it.</param>
    /// <param name="now">When the edition goes live.</param>
    public Result<NextEdition> Correct(
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

    private void Touch(Contributor by, DateTimeOffset now) => (UpdatedAt, UpdatedBy) = (now, by.Name);

    private void Edit(Contributor by, DateTimeOffset now)
    {
        Touch(by, now);
        EditedBy = by.Name;
    }

    // Ends the schedule and the embargo. If a schedule survived a publication, it would later replace the published
    // text with an older text.
    private void EndPlans()
    {
        EndSchedule();
        EmbargoUntil = null;
    }

    private void EndSchedule()
    {
        (ScheduledAt, ScheduledRevisionId, ScheduledBy, ScheduleAcknowledged) = (null, null, null, []);
        AdvanceEditionId = null;
        (ScheduleRefusal, ScheduleRefusedAt, ScheduleRefusedTo) = (null, null, null);
    }

    private Result<NextEdition> Issue(
        Revision head,
        EditionKind kind,
        Contributor by,
        DateTimeOffset now,
        string? note = null,
        CorrectionSeverity? severity = null
    )
    {
        if (TrashedAt is not null)
        {
            return new ArticleTrashed(Id) { Path = ["id"] };
        }

        return new NextEdition(() =>
        {
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
                Disclosure = Disclosures.Of(head),
                ApprovedBy = head.ApprovedBy,
                DigitalSourceType = Disclosures.TypeOf(head),
                FirstPublishedAt = FirstPublishedAt.Value,
                PublishedAt = PublishedAt!.Value,
                LiveFrom = now,
                IssuedBy = by.Name,
                CorrectionSequence = kind is EditionKind.Corrected ? ++CorrectionCount : CorrectionCount,
                CorrectionNote = note,
                CorrectionSeverity = severity,
            };
            EndPlans();
            EndReview(head.Id, by, now);
            AssignedAt = head.Id == HeadId ? null : AssignedAt;
            (Status, LiveEditionId) = (ArticleStatus.Published, edition.Id);
            _slugFollowsHeadline = false;
            Edit(by, now);
            return edition;
        });
    }
}
