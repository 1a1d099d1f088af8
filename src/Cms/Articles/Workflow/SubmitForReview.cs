using Cms.Access;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Workflow;

/// <summary>The article to submit for review.</summary>
public sealed record SubmitForReviewInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>
    /// The id of the member of staff who is asked to review it; null for any editor. If omitted, the reviewer stays the
    /// same.
    /// </summary>
    public Optional<StaffId?> Reviewer { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Submits the newest revision for review.</summary>
public sealed class SubmitForReview(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(SubmitForReviewInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                var reviewer = await db.StaffMemberAsync(input.Reviewer.Value, "reviewer", token);
                return reviewer.IsRefused
                    ? reviewer.Then(article)
                    : article.SubmitForReview(
                        input.Reviewer.HasValue ? reviewer.Value : article.ReviewerKey,
                        actor.Contributor,
                        clock.Now()
                    );
            },
            cancellationToken
        );
}
