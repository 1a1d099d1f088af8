using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article to unschedule.</summary>
public sealed record UnscheduleArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Cancels the scheduled publication of an article, and recalls it from partners if it is released under embargo. The
/// public article does not change.
/// </summary>
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
