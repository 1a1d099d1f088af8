using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

// Releases under embargo: partners with early access see the text first. A release belongs to a schedule and to an
// embargo that end at the same time, and it ends with either of them.
public sealed partial class Article
{
    /// <summary>The advance edition that is released under embargo; null if none is.</summary>
    public EditionId? AdvanceEditionId { get; private set; }

    /// <summary>The number of advance editions that were ever released.</summary>
    public int AdvanceCount { get; private set; }

    /// <summary>Returns why the article cannot be released under embargo, whatever its content; null if it can.</summary>
    public UserError? CannotRelease(DateTimeOffset until, DateTimeOffset now) =>
        TrashedAt is not null ? new ArticleTrashed(Id) { Path = ["id"] }
        : Status is ArticleStatus.Published ? new ArticleAlreadyPublished(Id) { Path = ["id"] }
        : until <= now ? new TimeNotAhead("until") { Path = ["until"] }
        : WithdrawAt <= until ? new WithdrawalScheduled(WithdrawAt.Value) { Path = ["until"] }
        // The embargo of a release that is in force is replaced. Any other embargo is not.
        : AdvanceEditionId is null && EmbargoUntil > until
            ? new ArticleUnderEmbargo(EmbargoUntil.Value) { Path = ["until"] }
        : null;

    /// <summary>Returns the error that protects what is released under embargo; null if nothing is.</summary>
    public ArticleReleased? Released() =>
        AdvanceEditionId is not null ? new ArticleReleased(EmbargoUntil!.Value) { Path = ["id"] } : null;

    /// <summary>
    /// Releases a revision that passed the gate, and schedules its publication for the end of the embargo. The release
    /// replaces an earlier one.
    /// </summary>
    /// <param name="head">The newest revision.</param>
    /// <param name="until">When the embargo ends and the revision is published.</param>
    /// <param name="acknowledged">The rules whose warnings do not prevent the publication then.</param>
    /// <param name="by">Who releases it and is recorded as its publisher.</param>
    /// <param name="now">The current time.</param>
    /// <returns>The advance edition.</returns>
    public Edition Release(
        Revision head,
        DateTimeOffset until,
        IReadOnlyList<CheckRule> acknowledged,
        Contributor by,
        DateTimeOffset now
    )
    {
        Schedule(head, until, acknowledged, by, now);
        var edition = new Edition
        {
            Id = EditionId.New(),
            ArticleId = Id,
            // Readers see the numbers 1, 2, 3 without gaps.
            Number = -++AdvanceCount,
            Kind = EditionKind.Advance,
            Slug = Slug,
            RevisionId = head.Id,
            Content = head.Content,
            Disclosure = Disclosures.Of(head),
            ApprovedBy = head.ApprovedBy,
            DigitalSourceType = Disclosures.TypeOf(head),
            FirstPublishedAt = FirstPublishedAt ?? until,
            PublishedAt = until,
            LiveFrom = now,
            IssuedBy = by.Name,
            CorrectionSequence = CorrectionCount,
        };
        (EmbargoUntil, AdvanceEditionId) = (until, edition.Id);
        return edition;
    }
}
