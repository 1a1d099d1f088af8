using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Import;

/// <summary>Withdraws or unschedules a story that its provider cancels or withholds.</summary>
public sealed class TakeBackArticle(CmsDatabase database, TimeProvider clock)
{
    /// <summary>Withdraws or unschedules a cancelled story.</summary>
    internal Task<Result<ImportOutcome>> CancelAsync(
        string importId,
        Actor by,
        bool dryRun,
        CancellationToken cancellationToken
    ) =>
        database.ImportAsync<ImportOutcome>(
            by,
            dryRun,
            async (db, token) =>
            {
                var article = await db.Articles.SingleOrDefaultAsync(a => a.ImportId == importId, token);
                return await TakeBackAsync(db, article, "canceled", token) is { } taken ? taken
                    : article is null ? new CanceledStory(importId)
                    : new CanceledDraft(article.Slug);
            },
            cancellationToken
        );

    /// <summary>
    /// Withdraws or unschedules a withheld story; returns null if it is unknown or an unscheduled draft.
    /// </summary>
    internal async Task<Result<ImportOutcome>?> WithholdAsync(
        string importId,
        Actor by,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        var withheld = await database.ImportAsync<ImportOutcome>(
            by,
            dryRun,
            async (db, token) =>
            {
                var article = await db.Articles.SingleOrDefaultAsync(a => a.ImportId == importId, token);
                return await TakeBackAsync(db, article, "withheld", token) ?? new NothingToTakeBack();
            },
            cancellationToken
        );
        if (withheld.Errors is [NothingToTakeBack])
        {
            return null;
        }

        return withheld;
    }

    // Returns null for a story that does not exist, and for a draft that is not scheduled.
    private async Task<Result<ImportOutcome>?> TakeBackAsync(
        CmsDbContext db,
        Article? article,
        string status,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        switch (article)
        {
            case { Status: ArticleStatus.Published }:
                return await db.WithdrawImportedAsync(article, status, now, cancellationToken);
            case { Status: ArticleStatus.Withdrawn }:
                return ImportOutcome.Unchanged;
            case { ScheduledAt: not null }:
                return await db.UnscheduleImportedAsync(article, now, cancellationToken) is { } scheduled
                    ? scheduled
                    : ImportOutcome.Unscheduled;
            default:
                return null;
        }
    }

    private sealed record NothingToTakeBack() : UserError("The story is not published.");
}

internal static class ImportedArticles
{
    extension(CmsDbContext db)
    {
        /// <summary>Withdraws a published story, unless an editor has changed it since the import.</summary>
        public async Task<Result<ImportOutcome>> WithdrawImportedAsync(
            Article article,
            string status,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            if (article.EditedBy != Contributor.Import.Name)
            {
                return new WithdrawnByProvider(article.Slug, status);
            }

            var terms = new Withdrawal { Reason = "The provider of this story has withdrawn it." };
            var agreed = article.Withdraw(terms, Contributor.Import, now);
            var issued = await db.ReissueAsync(article, agreed, [], cancellationToken);
            if (issued.IsRefused)
            {
                return issued.Errors.ToList();
            }

            // A later import of the same file must not count as unchanged.
            article.ImportHash = null;
            return ImportOutcome.Withdrawn;
        }

        /// <summary>Ends a schedule that an import made. Returns an error if an editor made the schedule.</summary>
        public async Task<ScheduledHere?> UnscheduleImportedAsync(
            Article article,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            if (article.ScheduledAt is not { } at)
            {
                return null;
            }

            if (article.ScheduledBy is not { Kind: ContributorKind.Import })
            {
                return new ScheduledHere(article.Slug, at) { Path = ["status"] };
            }

            await db.UnscheduleAsync(article, Contributor.Import, now, cancellationToken);
            return null;
        }
    }
}
