using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.References;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>The article to withdraw, and the public reason.</summary>
public sealed record WithdrawArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The reason for the withdrawal. Readers see it.</summary>
    public required string Reason { get; init; }

    /// <summary>The kind of withdrawal, for systems that hold copies of the article.</summary>
    public WithdrawalKind Kind { get; init; } = WithdrawalKind.Normal;

    /// <summary>The id of a published article to read instead.</summary>
    public ArticleId? Successor { get; init; }

    /// <summary>The time by which partners must confirm the withdrawal; null if there is no deadline.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>
    /// Whether to withdraw the article even if a published article embeds it, a front contains it or the notice of a
    /// withdrawn article names it. By default, an article in use is not withdrawn, and the error lists the uses.
    /// </summary>
    public bool AcknowledgeUse { get; init; }

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
                var terms = new Withdrawal
                {
                    Reason = input.Reason,
                    Kind = input.Kind,
                    SuccessorId = input.Successor,
                    AcknowledgeBy = input.AcknowledgeBy?.ToMilliseconds(),
                };
                if (await db.MissingSuccessorAsync(terms, token) is { } missing)
                {
                    return missing;
                }

                if (!input.AcknowledgeUse && await db.PublicUseAsync(article, token) is { } inUse)
                {
                    return inUse;
                }

                var now = clock.Now();
                var agreed = article.Withdraw(terms, actor.Contributor, now);
                var issued = await db.ReissueAsync(article, agreed, [], token);
                return issued.Then(article);
            },
            cancellationToken
        );
}

internal static class WithdrawalChecks
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns an error if the article to read instead is not published; otherwise null.</summary>
        public async Task<SuccessorNotFound?> MissingSuccessorAsync(
            Withdrawal terms,
            CancellationToken cancellationToken
        ) =>
            terms.SuccessorId is { } successor
            && !await db.Articles.AnyAsync(a => a.Id == successor && a.LiveEditionId != null, cancellationToken)
                ? new SuccessorNotFound(successor) { Path = ["successor"] }
                : null;

        /// <summary>Returns an error that lists what uses a published article; null if nothing does.</summary>
        public async Task<ArticleInUse?> PublicUseAsync(Article article, CancellationToken cancellationToken) =>
            article.Status is ArticleStatus.Published
                ? ArticleInUse.Of(article.Id, await db.PublicUsagesAsync(article.Id, cancellationToken))
                : null;
    }
}
