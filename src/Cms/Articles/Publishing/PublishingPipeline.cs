using Cms.Articles.Gate;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;
using Cms.Partners.Takedowns;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>
/// The only way to issue an edition, for editors, schedules and imports. All checks run before the article changes, so
/// a refusal leaves the article unchanged.
/// </summary>
internal static class PublishingPipeline
{
    extension(CmsDbContext db)
    {
        /// <summary>Publishes a revision if the article and the publishing rules allow it.</summary>
        /// <param name="gate">The publishing rules.</param>
        /// <param name="submission">The revision to publish.</param>
        /// <param name="agreed">The edition that the article allows, or the errors that prevent it.</param>
        /// <param name="panel">The takes of the edition.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<Edition>> IssueAsync(
            PublishGate gate,
            Submission submission,
            Result<NextEdition> agreed,
            IReadOnlyList<PanelTake> panel,
            CancellationToken cancellationToken
        )
        {
            if (!agreed.Succeeded(out var next, out var refusals))
            {
                return refusals.ToList();
            }

            // The terms are locked before the images, as when an article is saved.
            var content = submission.Revision.Content;
            var shown = (await db.LiveTermsAsync(content, cancellationToken)).In(content);
            var checks = await gate.PassAsync(db, submission with { Takes = panel.Count }, cancellationToken);
            return checks.Succeeded(out var pass, out var failed)
                ? await db.IssueAsync(submission.Article, next, shown, pass.Acknowledged, panel, cancellationToken)
                : failed.ToList();
        }

        /// <summary>
        /// Issues an edition that publishes nothing new, if the article allows it: a tombstone, or the same content
        /// under a different slug. The publishing rules do not apply.
        /// </summary>
        /// <param name="article">The article.</param>
        /// <param name="agreed">The edition that the article allows, or the errors that prevent it.</param>
        /// <param name="panel">The takes of the edition.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<Edition>> ReissueAsync(
            Article article,
            Result<NextEdition> agreed,
            IReadOnlyList<PanelTake> panel,
            CancellationToken cancellationToken
        ) =>
            agreed.Succeeded(out var next, out var refusals)
                ? await db.IssueAsync(article, next, shown: null, [], panel, cancellationToken)
                : refusals.ToList();

        /// <summary>
        /// Issues an edition with the content and takes of the edition that this transaction has issued before it, which
        /// passed the publishing rules.
        /// </summary>
        /// <param name="article">The article.</param>
        /// <param name="issued">The edition before.</param>
        /// <param name="agreed">The edition that the article allows, or the errors that prevent it.</param>
        /// <param name="panel">The takes of both editions.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<Edition>> RepeatAsync(
            Article article,
            Edition issued,
            Result<NextEdition> agreed,
            IReadOnlyList<PanelTake> panel,
            CancellationToken cancellationToken
        )
        {
            if (!agreed.Succeeded(out var next, out var refusals))
            {
                return refusals.ToList();
            }

            await db.SaveEditionAsync(cancellationToken);
            return await db.IssueAsync(article, next, issued.Content, issued.Acknowledged, panel, cancellationToken);
        }

        /// <summary>
        /// Issues an edition with the text that readers see now and other takes. No unpublished change becomes public.
        /// </summary>
        /// <param name="article">The published article.</param>
        /// <param name="change">Returns the takes of the edition, given those that readers see now.</param>
        /// <param name="by">Who changes the takes.</param>
        /// <param name="now">The current time.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<Edition>> ReissueLiveAsync(
            Article article,
            Func<IReadOnlyList<PanelTake>, IReadOnlyList<PanelTake>> change,
            Contributor by,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            var liveId = article.LiveEditionId!.Value;
            var live = await db.Editions.AsNoTracking().SingleAsync(e => e.Id == liveId, cancellationToken);
            var content = await db.ContentOfAsync(live, cancellationToken);
            var shown = await db.PanelOfAsync(liveId, cancellationToken);
            return await db.ReissueAsync(
                article,
                article.Reissue(live, content, by, now),
                change(shown),
                cancellationToken
            );
        }

        /// <summary>Returns the content of an edition, with its tags, authors and tools.</summary>
        public Task<ArticleContent> ContentOfAsync(Edition edition, CancellationToken cancellationToken) =>
            db
                .Revisions.AsNoTracking()
                .Where(r => r.Id == edition.RevisionId)
                .Select(r => r.Content)
                .SingleAsync(cancellationToken);

        private async Task<Edition> IssueAsync(
            Article article,
            NextEdition next,
            ArticleContent? shown,
            IReadOnlyList<CheckRule> acknowledged,
            IReadOnlyList<PanelTake> panel,
            CancellationToken cancellationToken
        )
        {
            var wasScheduled = article.ScheduledAt is not null;
            var edition = next.Issue();
            edition.Acknowledge(acknowledged);
            if (edition.Content is { } content)
            {
                edition.Show(shown ?? (await db.LiveTermsAsync(content, cancellationToken)).In(content));
            }

            if (wasScheduled && article.ScheduledAt is null)
            {
                await db.UnshowScheduledAsync(article.Id, cancellationToken);
            }

            await db.WriteEditionAsync(edition, panel, cancellationToken);
            if (Takedown.Of(edition) is { } takedown)
            {
                db.Add(takedown);
            }

            db.Announce(ChangeOf(edition.Kind), article.Id, edition.Id);
            return edition;
        }

        /// <summary>
        /// Publishes the working copy and the approved takes, and cancels any schedule. If readers already see both, no
        /// edition is issued.
        /// </summary>
        public async Task<Result<Article>> PublishHeadAsync(
            PublishGate gate,
            Article article,
            IReadOnlyList<CheckRule>? acknowledged,
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
            var submission = new Submission(article, head, by, now) { Acknowledged = acknowledged ?? [] };
            var issued = await db.IssueAsync(gate, submission, agreed, panel, cancellationToken);
            return issued.Then(article);
        }

        /// <summary>Schedules a revision if the article and the publishing rules allow it for that time.</summary>
        /// <param name="gate">The publishing rules.</param>
        /// <param name="submission">The article's newest revision, and when to publish it.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<Article>> ScheduleAsync(
            PublishGate gate,
            Submission submission,
            CancellationToken cancellationToken
        )
        {
            var (article, head, by, now) = submission;
            if (article.CannotSchedule(submission.At, now) is { } refusal)
            {
                return refusal;
            }

            // The terms are locked before the images, as when an article is saved.
            var shown = (await db.LiveTermsAsync(head.Content, cancellationToken)).In(head.Content);
            var checks = await gate.PassAsync(db, submission, cancellationToken);
            if (!checks.Succeeded(out var pass, out var failed))
            {
                return failed.ToList();
            }

            // A person can acknowledge a warning that the article does not have yet. An import acknowledges what it
            // finds.
            article.Schedule(
                head,
                submission.At,
                submission.AcknowledgesAll ? pass.Acknowledged : [.. submission.Acknowledged.Distinct()],
                by,
                now
            );
            await db.RecordScheduleAsync(article.Id, shown, cancellationToken);
            return article;
        }

        /// <summary>
        /// Releases a revision and the approved takes under embargo, if the article and the publishing rules allow
        /// their publication at the end of the embargo, and schedules that publication. Readers see nothing of it.
        /// </summary>
        /// <param name="gate">The publishing rules.</param>
        /// <param name="submission">The article's newest revision, and when the embargo ends.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<Article>> ReleaseAsync(
            PublishGate gate,
            Submission submission,
            CancellationToken cancellationToken
        )
        {
            var (article, head, by, now) = submission;
            if (article.CannotRelease(submission.At, now) is { } refusal)
            {
                return refusal;
            }

            // The terms are locked before the images, as when an article is saved.
            var shown = (await db.LiveTermsAsync(head.Content, cancellationToken)).In(head.Content);
            var panel = await db.PanelOfAsync(article.Id, cancellationToken);
            var release = submission with { Takes = panel.Count, IsRelease = true };
            var checks = await gate.PassAsync(db, release, cancellationToken);
            if (!checks.Succeeded(out var pass, out var failed))
            {
                return failed.ToList();
            }

            var edition = article.Release(head, submission.At, [.. submission.Acknowledged.Distinct()], by, now);
            edition.Acknowledge(pass.Acknowledged);
            edition.Show(shown);
            db.AddAdvance(edition, panel);
            await db.RecordScheduleAsync(article.Id, shown, cancellationToken);
            return article;
        }

        // Records what a schedule uses, so that it cannot be deleted meanwhile.
        private async Task RecordScheduleAsync(
            ArticleId article,
            ArticleContent shown,
            CancellationToken cancellationToken
        )
        {
            await db.RecordUsesAsync(
                MediaUseKind.Schedule,
                article,
                shown.Images().Select(image => image.Media),
                cancellationToken
            );
            await db.RecordReferencesAsync(UsageKind.Schedule, article, shown.References(), cancellationToken);
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

        /// <summary>Deletes the record of what the article's schedule uses.</summary>
        public async Task UnshowScheduledAsync(ArticleId article, CancellationToken cancellationToken)
        {
            await db.RecordUsesAsync(MediaUseKind.Schedule, article, [], cancellationToken);
            await db.RecordReferencesAsync(UsageKind.Schedule, article, [], cancellationToken);
        }
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
