using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>The article to publish.</summary>
public sealed record PublishArticleInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Publishes the working copy and the approved takes as a new edition, and cancels any schedule. If both are already
/// public, no new edition is created.
/// </summary>
public sealed class PublishArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(PublishArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                var head = await db.Revisions.AsNoTracking().SingleAsync(r => r.Id == article.HeadId, token);
                var panel = await db.PanelOfAsync(article.Id, token);
                if (await db.IsLiveAsync(article, head, panel, token))
                {
                    return article.ScheduledAt is null
                        ? article
                        : await db.UnscheduleAsync(article, actor.Contributor, clock.Now(), token);
                }

                var now = clock.Now();
                var agreed = article.Publish(head, actor.Contributor, now);
                var issued = await db.IssueAsync(article, agreed, head.Content, panel, now, token);
                return issued.Then(article);
            },
            cancellationToken
        );
}
