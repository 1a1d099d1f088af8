using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
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

    /// <summary>The version the editor began from; null goes on from whatever stands.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Lets the working copy as it stands go before readers at a time to come, through the gate of publishing as it will stand
/// then. Scheduling again moves the time, and takes in what was saved since.
/// </summary>
public sealed class ScheduleArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(ScheduleArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                var at = input.At.ToMilliseconds();
                var head = await db.Revisions.AsNoTracking().SingleAsync(r => r.Id == article.HeadId, token);
                return await db.ScheduleAsync(article, head, at, actor.Contributor, clock.Now(), token);
            },
            cancellationToken
        );
}
