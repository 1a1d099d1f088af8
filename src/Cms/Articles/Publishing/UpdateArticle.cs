using Cms.Articles.Gate;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article to update.</summary>
public sealed record UpdateArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The publishing rules whose warnings you have seen and accept. None by default.</summary>
    public IReadOnlyList<CheckRule>? Acknowledge { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Publishes the working copy and the approved takes of a published article as a new edition, without a note. If
/// readers already see both, no new edition is made.
/// </summary>
public sealed class UpdateArticle(CmsDatabase database, PublishGate gate, TimeProvider clock)
{
    public Task<Result<Article>> Handle(UpdateArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
                article.Status is ArticleStatus.Published
                    ? await db.PublishHeadAsync(gate, article, input.Acknowledge, actor.Contributor, clock.Now(), token)
                    : new ArticleNotPublished(article.Id) { Path = ["id"] },
            cancellationToken
        );
}
