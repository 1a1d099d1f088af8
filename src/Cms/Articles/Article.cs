using Cms.Articles.Publishing;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

/// <summary>How an article stands to its readers. What is scheduled or under embargo is told beside it: readers see none of that.</summary>
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

    /// <summary>When its scheduled words go before readers; null when none do.</summary>
    public DateTimeOffset? ScheduledAt { get; private set; }

    /// <summary>The revision that goes before readers then: the newest when it was scheduled.</summary>
    public RevisionId? ScheduledRevisionId { get; private set; }

    public Contributor? ScheduledBy { get; private set; }

    /// <summary>Why it was taken off the schedule when its time came; null when nothing stood in its way.</summary>
    public string? ScheduleRefusal { get; private set; }

    /// <summary>Nobody publishes it before this time; null when anybody may. Readers learn nothing of it, and it publishes nothing.</summary>
    public DateTimeOffset? EmbargoUntil { get; private set; }

    /// <summary>The item's id in the feed or folder it was imported from.</summary>
    public string? ImportId { get; init; }

    /// <summary>What the import last brought, as a hash, so that the same again changes nothing.</summary>
    public string? ImportHash { get; set; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last saved, scheduled, published, corrected or withdrawn.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last saved, scheduled, published, corrected or withdrew it.</summary>
    public string UpdatedBy { get; private set; } = "";

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
    /// <param name="now">The time.</param>
    /// <param name="liveFrom">When the edition goes live; null for now.</param>
    public Result<NextEdition> Publish(
        Revision head,
        Contributor by,
        DateTimeOffset now,
        DateTimeOffset? liveFrom = null
    ) =>
        Embargo(now) is { } embargo
            ? embargo
            : Issue(
                head,
                Status is ArticleStatus.Published ? EditionKind.Updated : EditionKind.Published,
                by,
                liveFrom ?? now
            );

    /// <summary>Lets the working copy as it stands go before readers at a time to come, whatever is saved meanwhile.</summary>
    /// <param name="head">The newest revision.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who lets it: its publisher then.</param>
    /// <param name="now">The time.</param>
    public Result<Article> Schedule(Revision head, DateTimeOffset at, Contributor by, DateTimeOffset now)
    {
        if (at <= now)
        {
            return new TimeNotAhead("at") { Path = ["at"] };
        }

        if (Embargo(now) is { } embargo)
        {
            return embargo;
        }

        if (head.Content.Missing() is [_, ..] missing)
        {
            return new ArticleIncomplete(missing);
        }

        EndPlans();
        (ScheduledAt, ScheduledRevisionId, ScheduledBy) = (at, head.Id, by);
        (UpdatedAt, UpdatedBy) = (now, by.Name);
        return this;
    }

    /// <summary>Takes it off the schedule.</summary>
    public Result<Article> Unschedule(Contributor by, DateTimeOffset now)
    {
        if (ScheduledAt is null)
        {
            return new ArticleNotScheduled(Id) { Path = ["id"] };
        }

        EndPlans();
        (UpdatedAt, UpdatedBy) = (now, by.Name);
        return this;
    }

    /// <summary>Puts the scheduled words before readers, in the name of whoever scheduled them.</summary>
    /// <param name="scheduled">The revision that is scheduled.</param>
    /// <param name="now">When the edition goes live.</param>
    public Result<NextEdition> PublishScheduled(Revision scheduled, DateTimeOffset now) =>
        Publish(scheduled, ScheduledBy!, now);

    /// <summary>Takes it off the schedule because it cannot go before readers, and keeps why.</summary>
    public void RefuseSchedule(IEnumerable<UserError> reasons, DateTimeOffset now)
    {
        var by = ScheduledBy!.Name;
        EndPlans();

        // Whole sentences, as many as there is room for.
        ScheduleRefusal = reasons
            .Select(reason => reason.Message)
            .Distinct(StringComparer.Ordinal)
            .Aggregate((told, next) => told.Length + 1 + next.Length <= ArticleLimits.Note ? $"{told} {next}" : told);
        (UpdatedAt, UpdatedBy) = (now, by);
    }

    /// <summary>Keeps it from being published before a time to come; null lifts that.</summary>
    public Result<Article> SetEmbargo(DateTimeOffset? until, Contributor by, DateTimeOffset now)
    {
        if (until is null && EmbargoUntil is null)
        {
            return this;
        }

        if (until is not null && Status is ArticleStatus.Published)
        {
            return new ArticleAlreadyPublished(Id) { Path = ["id"] };
        }

        if (until is not null && ScheduledAt is { } at)
        {
            return new ArticleScheduled(at) { Path = ["id"] };
        }

        if (until <= now)
        {
            return new TimeNotAhead("until") { Path = ["until"] };
        }

        (EmbargoUntil, UpdatedAt, UpdatedBy) = (until, now, by.Name);
        return this;
    }

    /// <summary>Puts the working copy before readers and says what was wrong.</summary>
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

    /// <summary>Takes the story from readers and leaves a tombstone that says why.</summary>
    public Result<NextEdition> Withdraw(string reason, ArticleId? successor, Contributor by, DateTimeOffset now)
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

        return new NextEdition(() =>
        {
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
            EndPlans();
            (Status, LiveEditionId, UpdatedAt, UpdatedBy) = (ArticleStatus.Withdrawn, null, now, by.Name);
            return edition;
        });
    }

    private ArticleUnderEmbargo? Embargo(DateTimeOffset now) =>
        EmbargoUntil > now ? new ArticleUnderEmbargo(EmbargoUntil.Value) { Path = ["id"] } : null;

    // Whatever was meant to happen later is over: a schedule that stood on would bring back older words than those out now.
    private void EndPlans() =>
        (ScheduledAt, ScheduledRevisionId, ScheduledBy, ScheduleRefusal, EmbargoUntil) = (null, null, null, null, null);

    private Result<NextEdition> Issue(
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
                Disclosure = Disclosures.Of(head.Drafter, by),
                FirstPublishedAt = FirstPublishedAt.Value,
                PublishedAt = PublishedAt!.Value,
                LiveFrom = now,
                CorrectionSequence = kind is EditionKind.Corrected ? ++CorrectionCount : CorrectionCount,
                CorrectionNote = note,
                CorrectionSeverity = severity,
            };
            EndPlans();
            (Status, LiveEditionId, UpdatedAt, UpdatedBy) = (ArticleStatus.Published, edition.Id, now, by.Name);
            return edition;
        });
    }
}
