using Cms.Articles.Workflow;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

// Review and assignment: who works on the article next. Readers see none of it.
public sealed partial class Article
{
    /// <summary>The state of the review of the newest revision.</summary>
    public ReviewState Review { get; private set; }

    /// <summary>The approved revision, which is always the newest one; null unless the review is approved.</summary>
    public RevisionId? ApprovedRevisionId { get; private set; }

    /// <summary>The person who writes the article; null if nobody is assigned.</summary>
    public PersonKey? AssigneeKey { get; private set; }

    /// <summary>The person who is asked to review the article; null if no specific person is asked.</summary>
    public PersonKey? ReviewerKey { get; private set; }

    /// <summary>When the article should be finished; null if no date is set.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>
    /// When the assignee or the due date was last set; null if there is neither, or if the newest revision has been
    /// published since.
    /// </summary>
    public DateTimeOffset? AssignedAt { get; private set; }

    /// <summary>When the review reached its state; null while the article is being drafted.</summary>
    public DateTimeOffset? ReviewChangedAt { get; private set; }

    /// <summary>Who brought the review to its state; null while the article is being drafted.</summary>
    public string? ReviewChangedBy { get; private set; }

    /// <summary>Assigns the article to a person, and sets when it is due.</summary>
    public void Assign(PersonKey? assignee, DateTimeOffset? dueAt, Contributor by, DateTimeOffset now)
    {
        if ((assignee, dueAt) != (AssigneeKey, DueAt) || (AssignedAt is null && (assignee, dueAt) != (null, null)))
        {
            (AssigneeKey, DueAt) = (assignee, dueAt);
            AssignedAt = assignee is null && dueAt is null ? null : now;
            Touch(by, now);
        }
    }

    /// <summary>Submits the newest revision for review. Submitting again changes only the reviewer.</summary>
    /// <param name="reviewer">The person who is asked to review it; null for any editor.</param>
    /// <param name="by">Who submits it.</param>
    /// <param name="now">The current time.</param>
    public Result<Article> SubmitForReview(PersonKey? reviewer, Contributor by, DateTimeOffset now)
    {
        if (TrashedAt is not null)
        {
            return new ArticleTrashed(Id) { Path = ["id"] };
        }

        if (Review is ReviewState.Approved)
        {
            return new ArticleAlreadyApproved(Id) { Path = ["id"] };
        }

        if ((Review, ReviewerKey) != (ReviewState.InReview, reviewer))
        {
            ReviewerKey = reviewer;
            SetReview(ReviewState.InReview, by, now);
            Touch(by, now);
        }

        return this;
    }

    /// <summary>Takes the article back from review.</summary>
    public Result<Article> WithdrawFromReview(Contributor by, DateTimeOffset now) =>
        Review is ReviewState.InReview
            ? Moved(ReviewState.Drafting, by, now)
            : new ArticleNotInReview(Id) { Path = ["id"] };

    /// <summary>Asks the author for changes.</summary>
    public Result<Article> RequestChanges(Contributor by, DateTimeOffset now) =>
        TrashedAt is not null ? new ArticleTrashed(Id) { Path = ["id"] }
        : Review is ReviewState.InReview or ReviewState.Approved ? Moved(ReviewState.ChangesRequested, by, now)
        : new ArticleNotInReview(Id) { Path = ["id"] };

    /// <summary>Approves the newest revision. The approval ends with the next save.</summary>
    public Result<Article> Approve(Contributor by, DateTimeOffset now)
    {
        if (TrashedAt is not null)
        {
            return new ArticleTrashed(Id) { Path = ["id"] };
        }

        if (Review is ReviewState.Approved)
        {
            return this;
        }

        if (Review is not ReviewState.InReview)
        {
            return new ArticleNotInReview(Id) { Path = ["id"] };
        }

        ApprovedRevisionId = HeadId;
        return Moved(ReviewState.Approved, by, now);
    }

    private Article Moved(ReviewState to, Contributor by, DateTimeOffset now)
    {
        if (to is not ReviewState.Approved)
        {
            ApprovedRevisionId = null;
        }

        SetReview(to, by, now);
        Touch(by, now);
        return this;
    }

    private void SetReview(ReviewState to, Contributor by, DateTimeOffset now)
    {
        var isMoving = to is not ReviewState.Drafting;
        (Review, ReviewChangedAt, ReviewChangedBy) = (to, isMoving ? now : null, isMoving ? by.Name : null);
    }

    /// <summary>Ends the review if the newest revision is public: nothing is left to review.</summary>
    /// <param name="published">The revision that is public.</param>
    /// <param name="by">Who publishes it.</param>
    /// <param name="now">The current time.</param>
    public void EndReview(RevisionId published, Contributor by, DateTimeOffset now)
    {
        if (published == HeadId && (Review, ReviewerKey) != (ReviewState.Drafting, null))
        {
            (ApprovedRevisionId, ReviewerKey) = (null, null);
            SetReview(ReviewState.Drafting, by, now);
            Touch(by, now);
        }
    }
}
