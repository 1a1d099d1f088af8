using Cms.Articles.Workflow;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

// The trash. A trashed article keeps its revisions and can be restored.
public sealed partial class Article
{
    /// <summary>When the article was put in the trash; null if it is not there.</summary>
    public DateTimeOffset? TrashedAt { get; private set; }

    /// <summary>The name of the person who put the article in the trash; null if it is not there.</summary>
    public string? TrashedBy { get; private set; }

    /// <summary>
    /// Puts the article in the trash and cancels what is scheduled. An embargo stays, in case the article is restored. A
    /// published article must be withdrawn first.
    /// </summary>
    public Result<Article> Trash(Contributor by, DateTimeOffset now)
    {
        if (Status is ArticleStatus.Published)
        {
            return new ArticleStillPublished(Id) { Path = ["id"] };
        }

        if (TrashedAt is null)
        {
            EndSchedule();
            EndWithdrawalPlan();
            (TrashedAt, TrashedBy) = (now, by.Name);
            Touch(by, now);
        }

        return this;
    }

    /// <summary>Takes the article out of the trash.</summary>
    public void Restore(Contributor by, DateTimeOffset now)
    {
        if (TrashedAt is not null)
        {
            (TrashedAt, TrashedBy) = (null, null);
            Touch(by, now);
        }
    }

    /// <summary>Returns why the article cannot be deleted for good; null if it can.</summary>
    public UserError? CannotDelete() =>
        FirstPublishedAt is not null ? new ArticleWasPublished(Id) { Path = ["id"] }
        : TrashedAt is null ? new ArticleNotTrashed(Id) { Path = ["id"] }
        : null;
}
