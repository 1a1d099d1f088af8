using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

// Withdrawals, immediate and scheduled.
public sealed partial class Article
{
    /// <summary>When the article will be withdrawn; null if no withdrawal is scheduled.</summary>
    public DateTimeOffset? WithdrawAt { get; private set; }

    /// <summary>The withdrawal that is scheduled; null if none is.</summary>
    public PlannedWithdrawal? PlannedWithdrawal { get; private set; }

    /// <summary>Prepares a tombstone that withdraws the article and says why.</summary>
    /// <param name="terms">The reason, and what holders of copies must do.</param>
    /// <param name="by">Who withdraws it.</param>
    /// <param name="now">The current time.</param>
    /// <param name="plannedAt">When a scheduled withdrawal was due; null for an immediate one.</param>
    public Result<NextEdition> Withdraw(
        Withdrawal terms,
        Contributor by,
        DateTimeOffset now,
        DateTimeOffset? plannedAt = null
    )
    {
        if (Status is ArticleStatus.Withdrawn)
        {
            return new ArticleAlreadyWithdrawn(Id) { Path = ["id"] };
        }

        if (Status is not ArticleStatus.Published)
        {
            return new ArticleNotPublished(Id) { Path = ["id"] };
        }

        if (terms.RefusalFor(this, plannedAt ?? now) is { } refusal)
        {
            return refusal;
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
                IssuedBy = by.Name,
                CorrectionSequence = CorrectionCount,
                WithdrawalReason = terms.Reason,
                WithdrawalKind = terms.Kind,
                AcknowledgeBy = terms.AcknowledgeBy,
                SuccessorId = terms.SuccessorId,
            };
            EndPlans();
            EndWithdrawalPlan();
            (Status, LiveEditionId) = (ArticleStatus.Withdrawn, null);
            Edit(by, now);
            return edition;
        });
    }

    /// <summary>
    /// Schedules the withdrawal of an article that is published, or that will be by then. It replaces an earlier plan.
    /// Updates and corrections keep it.
    /// </summary>
    /// <param name="at">When to withdraw the article.</param>
    /// <param name="terms">The reason, and what holders of copies must do.</param>
    /// <param name="by">Who schedules it and is recorded as the person who withdraws the article.</param>
    /// <param name="now">The current time.</param>
    public Result<Article> ScheduleWithdrawal(DateTimeOffset at, Withdrawal terms, Contributor by, DateTimeOffset now)
    {
        if (Status is not ArticleStatus.Published && ScheduledAt is null)
        {
            return new ArticleNotPublished(Id) { Path = ["id"] };
        }

        if (at <= now)
        {
            return new TimeNotAhead("at") { Path = ["at"] };
        }

        if (Status is not ArticleStatus.Published && at <= ScheduledAt)
        {
            return new WithdrawalTooEarly(ScheduledAt.Value) { Path = ["at"] };
        }

        if (terms.RefusalFor(this, at) is { } refusal)
        {
            return refusal;
        }

        WithdrawAt = at;
        PlannedWithdrawal = new PlannedWithdrawal
        {
            Reason = terms.Reason,
            Kind = terms.Kind,
            SuccessorId = terms.SuccessorId,
            AcknowledgeBy = terms.AcknowledgeBy,
            By = by,
        };
        Edit(by, now);
        return this;
    }

    /// <summary>Cancels the scheduled withdrawal.</summary>
    public Result<Article> UnscheduleWithdrawal(Contributor by, DateTimeOffset now)
    {
        if (WithdrawAt is null)
        {
            return new WithdrawalNotScheduled(Id) { Path = ["id"] };
        }

        EndWithdrawalPlan();
        Edit(by, now);
        return this;
    }

    // A plan for an article that will not be published would withdraw it whenever it is published later.
    private void EndWithdrawalPlanOfUnpublished()
    {
        if (Status is not ArticleStatus.Published)
        {
            EndWithdrawalPlan();
        }
    }

    private void EndWithdrawalPlan() => (WithdrawAt, PlannedWithdrawal) = (null, null);
}
