using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>The article to withdraw, and the public reason.</summary>
public sealed record WithdrawArticleInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The reason for the withdrawal. Readers see it.</summary>
    public required string Reason { get; init; }

    /// <summary>The id of a published article to read instead.</summary>
    public ArticleId? Successor { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Immediately withdraws an article everywhere and leaves a tombstone.</summary>
public sealed class WithdrawArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(WithdrawArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                if (
                    input.Successor is { } successor
                    && !await db.Articles.AnyAsync(a => a.Id == successor && a.LiveEditionId != null, token)
                )
                {
                    return new SuccessorNotFound(successor) { Path = ["successor"] };
                }

                var now = clock.Now();
                var agreed = article.Withdraw(input.Reason, input.Successor, actor.Contributor, now);
                var issued = await db.ReissueAsync(article, agreed, [], token);
                return issued.Then(article);
            },
            cancellationToken
        );
}
