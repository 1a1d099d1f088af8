using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Workflow;

/// <summary>The article to approve.</summary>
public sealed record ApproveArticleInput
{
    /// <summary>The article.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The revision that the editor read; null for the newest one. It must be the newest one.</summary>
    public RevisionId? Revision { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Approves the newest revision. The approval applies only to that revision: the next save puts the article in review
/// again.
/// </summary>
public sealed class ApproveArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(ApproveArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, article, _) =>
                Task.FromResult(
                    input.Revision is { } read && read != article.HeadId
                        ? new RevisionNotNewest(article.HeadId) { Path = ["revision"] }
                        : article.Approve(actor.Contributor, clock.Now())
                ),
            cancellationToken
        );
}
