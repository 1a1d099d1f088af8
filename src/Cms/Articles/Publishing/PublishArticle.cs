using Cms.Articles.Gate;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article to publish.</summary>
public sealed record PublishArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The publishing rules whose warnings you have seen and accept. None by default.</summary>
    public IReadOnlyList<CheckRule>? Acknowledge { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Publishes the working copy and the approved takes as a new edition, and cancels any schedule. If both are already
/// public, no new edition is created.
/// </summary>
public sealed class PublishArticle(CmsDatabase database, PublishGate gate, TimeProvider clock)
{
    public Task<Result<Article>> Handle(PublishArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (db, article, token) =>
                db.PublishHeadAsync(gate, article, input.Acknowledge, actor.Contributor, clock.Now(), token),
            cancellationToken
        );
}
