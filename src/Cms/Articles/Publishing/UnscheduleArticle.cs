using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>Which article to take off the schedule.</summary>
public sealed record UnscheduleArticleInput
{
    /// <summary>The article.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The version the editor began from; null goes on from whatever stands.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Takes an article off the schedule. What readers see stays as it is.</summary>
public sealed class UnscheduleArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(
        UnscheduleArticleInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (db, article, token) => db.UnscheduleAsync(article, actor.Contributor, clock.Now(), token),
            cancellationToken
        );
}
