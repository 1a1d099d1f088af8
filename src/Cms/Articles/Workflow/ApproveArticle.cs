using Cms.Articles.Gate;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Workflow;

/// <summary>The article to approve.</summary>
public sealed record ApproveArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>
    /// The id of the revision that the editor read, which must be the newest revision; null to approve the newest
    /// revision.
    /// </summary>
    public RevisionId? Revision { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Approves the newest revision. The approval applies only to that revision: the next save puts the article in review
/// again. If the newsroom requires a second person to approve or publish each article, nobody can approve a revision
/// that they drafted.
/// </summary>
public sealed class ApproveArticle(CmsDatabase database, PublishGate gate, TimeProvider clock)
{
    public Task<Result<Article>> Handle(ApproveArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync<Article>(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                if (input.Revision is { } read && read != article.HeadId)
                {
                    return new RevisionNotNewest(article.HeadId) { Path = ["revision"] };
                }

                var head = await db.HeadOfAsync(article, token);
                if (gate.RequiresSecondPerson && head.IsDraftedBy(actor.Contributor))
                {
                    return new SecondPersonRequired { Path = ["id"] };
                }

                var approved = article.Approve(actor.Contributor, clock.Now());
                if (!approved.IsRefused)
                {
                    db.Attach(head).Entity.Approve(actor.Person, actor.Contributor.Name);
                }

                return approved;
            },
            cancellationToken
        );
}
