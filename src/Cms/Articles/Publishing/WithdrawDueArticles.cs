using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>The limit of a run. The run finds the due articles itself.</summary>
public sealed record WithdrawDueArticlesInput
{
    /// <summary>The maximum number of articles to withdraw in the run.</summary>
    public int Most { get; init; } = 100;
}

/// <summary>The result of withdrawing due articles.</summary>
/// <param name="Withdrawn">The withdrawn articles.</param>
/// <param name="Failed">The articles to try again in the next run, and what went wrong.</param>
/// <param name="Next">When the next article is due; null if no more are scheduled.</param>
public sealed record DueWithdrawals(
    IReadOnlyList<ArticleId> Withdrawn,
    IReadOnlyList<(ArticleId Id, Exception Fault)> Failed,
    DateTimeOffset? Next
);

/// <summary>
/// Withdraws articles whose withdrawal is due, each in a separate transaction. The plan of an article that is not
/// published is dropped. Repeated or concurrent runs do not withdraw an article twice.
/// </summary>
public sealed class WithdrawDueArticles(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    TimeProvider clock
)
{
    public async Task<DueWithdrawals> Handle(WithdrawDueArticlesInput input, CancellationToken cancellationToken)
    {
        List<ArticleId> withdrawn = [];
        List<(ArticleId, Exception)> failed = [];
        var next = await databases.CarryOutDueAsync(
            (db, last) =>
                db
                    .Articles.Where(a => a.WithdrawAt >= last.At && (a.WithdrawAt > last.At || a.Id > last.Id))
                    .OrderBy(a => a.WithdrawAt)
                    .ThenBy(a => a.Id)
                    .Select(a => new DuePlace(a.WithdrawAt!.Value, a.Id)),
            WithdrawAsync,
            input.Most,
            clock,
            failed,
            cancellationToken
        );
        return new DueWithdrawals(withdrawn, failed, next);

        async Task<bool> WithdrawAsync(ArticleId id)
        {
            var isWithdrawn = (await CarryOutAsync(id, cancellationToken)).Value;
            if (isWithdrawn)
            {
                withdrawn.Add(id);
            }

            return isWithdrawn;
        }
    }

    private Task<Result<bool>> CarryOutAsync(ArticleId id, CancellationToken cancellationToken) =>
        database.WriteAsync<bool>(
            Actor.Server.For("withdrawDueArticle"),
            async (db, token) =>
            {
                var now = clock.Now();
                var article = await db.Articles.SingleOrDefaultAsync(a => a.Id == id && a.WithdrawAt <= now, token);
                if (
                    article?.PlannedWithdrawal is not { } plan
                    || (article.ScheduledAt <= now && article.Status is not ArticleStatus.Published)
                )
                {
                    // Another server or an editor has already handled it, or its publication is due first.
                    return false;
                }

                if (article.Status is not ArticleStatus.Published)
                {
                    article.UnscheduleWithdrawal(plan.By, now);
                    return false;
                }

                // A successor that is no longer published must not prevent the withdrawal.
                var planned = plan.ToWithdrawal();
                var terms = await db.MissingSuccessorAsync(planned, token) is null
                    ? planned
                    : planned with
                    {
                        SuccessorId = null,
                    };
                var agreed = article.Withdraw(terms, plan.By, now, article.WithdrawAt);
                var issued = await db.ReissueAsync(article, agreed, [], token);
                return issued.Succeeded(out _, out var refusals)
                    ? true
                    : throw new InvalidOperationException(
                        $"The scheduled withdrawal of {article.Id} was refused: {refusals[0].Message}"
                    );
            },
            cancellationToken
        );
}
