using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Workflow;

/// <summary>The article to take back from review.</summary>
public sealed record WithdrawFromReviewInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Takes an article back from review.</summary>
public sealed class WithdrawFromReview(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(
        WithdrawFromReviewInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, article, _) => Task.FromResult(article.WithdrawFromReview(actor.Contributor, clock.Now())),
            cancellationToken
        );
}
