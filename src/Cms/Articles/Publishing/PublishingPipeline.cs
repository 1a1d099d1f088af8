using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>
/// The only way to issue an edition, for editors, schedules and imports. All checks run before the article changes, so
/// a refusal leaves the article unchanged.
/// </summary>
internal static class PublishingPipeline
{
    extension(CmsDbContext db)
    {
        /// <summary>Issues an edition if the article allows it and the images can be shown.</summary>
        /// <param name="article">The article.</param>
        /// <param name="agreed">The edition that the article allows, or the errors that prevent it.</param>
        /// <param name="shows">The content of the edition; null for a tombstone.</param>
        /// <param name="panel">The takes of the edition.</param>
        /// <param name="now">The time for which the images are checked.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        /// <param name="coming">In the dry run of an import, the images that the import would add.</param>
        public async Task<Result<Edition>> IssueAsync(
            Article article,
            Result<NextEdition> agreed,
            ArticleContent? shows,
            IReadOnlyList<PanelTake> panel,
            DateTimeOffset now,
            CancellationToken cancellationToken,
            IReadOnlyDictionary<MediaId, MediaAsset>? coming = null
        )
        {
            if (!agreed.Succeeded(out var next, out var refusals))
            {
                return refusals.ToList();
            }

            if (await db.UnfitMediaAsync(shows?.Images() ?? [], now, cancellationToken, coming) is [_, ..] unfit)
            {
                return unfit;
            }

            var wasScheduled = article.ScheduledAt is not null;
            var edition = next.Issue();
            if (wasScheduled && article.ScheduledAt is null)
            {
                await db.UnshowScheduledAsync(article.Id, cancellationToken);
            }

            await db.WriteEditionAsync(edition, panel, cancellationToken);
            db.Announce(ChangeOf(edition.Kind), article.Id, edition.Id);
            return edition;
        }

        /// <summary>
        /// Publishes the working copy and the approved takes, and cancels any schedule. If readers already see both, no
        /// edition is issued.
        /// </summary>
        public async Task<Result<Article>> PublishHeadAsync(
            Article article,
            Contributor by,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            var head = await db.HeadOfAsync(article, cancellationToken);
            var panel = await db.PanelOfAsync(article.Id, cancellationToken);
            if (await db.IsLiveAsync(article, head, panel, cancellationToken))
            {
                article.EndReview(head.Id, by, now);
                return article.ScheduledAt is null
                    ? article
                    : await db.UnscheduleAsync(article, by, now, cancellationToken);
            }

            var agreed = article.Publish(head, by, now);
            var issued = await db.IssueAsync(article, agreed, head.Content, panel, now, cancellationToken);
            return issued.Then(article);
        }

        /// <summary>Schedules a revision if the article allows it and the images can be shown at that time.</summary>
        /// <param name="article">The article.</param>
        /// <param name="head">The article's newest revision.</param>
        /// <param name="at">When to publish the revision.</param>
        /// <param name="by">Who schedules it.</param>
        /// <param name="now">The current time.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        /// <param name="coming">In the dry run of an import, the images that the import would add.</param>
        public async Task<Result<Article>> ScheduleAsync(
            Article article,
            Revision head,
            DateTimeOffset at,
            Contributor by,
            DateTimeOffset now,
            CancellationToken cancellationToken,
            IReadOnlyDictionary<MediaId, MediaAsset>? coming = null
        )
        {
            var scheduled = article.Schedule(head, at, by, now);
            if (scheduled.IsRefused)
            {
                return scheduled;
            }

            var images = head.Content.Images();
            if (await db.UnfitMediaAsync(images, at, cancellationToken, coming) is [_, ..] unfit)
            {
                return unfit;
            }

            await db.RecordUsesAsync(
                MediaUseKind.Schedule,
                article.Id,
                images.Select(image => image.Media),
                cancellationToken
            );
            return article;
        }

        /// <summary>Cancels a schedule and deletes the record of the images that it uses.</summary>
        public async Task<Result<Article>> UnscheduleAsync(
            Article article,
            Contributor by,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            await db.UnshowScheduledAsync(article.Id, cancellationToken);
            return article.Unschedule(by, now);
        }

        /// <summary>Deletes the record of the images that the article's schedule uses.</summary>
        public Task UnshowScheduledAsync(ArticleId article, CancellationToken cancellationToken) =>
            db.RecordUsesAsync(MediaUseKind.Schedule, article, [], cancellationToken);
    }

    private static ChangeKind ChangeOf(EditionKind kind) =>
        kind switch
        {
            EditionKind.Published => ChangeKind.ArticlePublished,
            EditionKind.Corrected => ChangeKind.ArticleCorrected,
            EditionKind.Withdrawn => ChangeKind.ArticleWithdrawn,
            _ => ChangeKind.ArticleUpdated,
        };
}
