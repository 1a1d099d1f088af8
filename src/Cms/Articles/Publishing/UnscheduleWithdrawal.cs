using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article whose scheduled withdrawal is to be cancelled.</summary>
public sealed record UnscheduleWithdrawalInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Cancels the scheduled withdrawal of an article. The public article does not change.</summary>
public sealed class UnscheduleWithdrawal(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(
        UnscheduleWithdrawalInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, article, _) => Task.FromResult(article.UnscheduleWithdrawal(actor.Contributor, clock.Now())),
            cancellationToken
        );
}
