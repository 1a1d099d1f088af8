using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>Which article to put before readers later, and when.</summary>
public sealed record ScheduleArticleInput
{
    /// <summary>The article.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>When it goes before readers.</summary>
    public required DateTimeOffset At { get; init; }

    [GraphQLIgnore]
    public required Contributor By { get; init; }

    /// <summary>The version the editor began from; null goes on from whatever stands.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Lets the working copy as it stands go before readers at a time to come, through the gate of publishing as it will stand
/// then. Scheduling again moves the time, and takes in what was saved since.
/// </summary>
public sealed class ScheduleArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(ScheduleArticleInput input, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                var at = input.At.ToMilliseconds();
                var head = await db.Revisions.AsNoTracking().SingleAsync(r => r.Id == article.HeadId, token);
                var scheduled = article.Schedule(head, at, input.By, clock.Now());
                if (scheduled.IsRefused)
                {
                    return scheduled;
                }

                var images = head.Content.Images();
                if (await db.UnfitMediaAsync(images, at, token) is [_, ..] unfit)
                {
                    return unfit;
                }

                await db.ShowAsync(MediaUseKind.Schedule, article.Id, images.Select(image => image.Media), token);
                return article;
            },
            cancellationToken
        );
}

internal static class ScheduledImages
{
    extension(CmsDbContext db)
    {
        /// <summary>Gives up the images that were kept for a schedule, before that ends.</summary>
        public Task UnshowScheduledAsync(Article article, CancellationToken cancellationToken) =>
            article.ScheduledAt is null
                ? Task.CompletedTask
                : db.ShowAsync(MediaUseKind.Schedule, article.Id, [], cancellationToken);
    }
}
