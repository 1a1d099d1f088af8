using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Gate;

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticleChecks
{
    /// <summary>
    /// What prevents you from publishing the working copy now: errors, and warnings that you must acknowledge. Empty if
    /// there are none. At most 20 problems are listed for each rule.
    /// </summary>
    [Cost(10)]
    [ListSize(10)]
    public static IDataLoaderResult<List<Check>> GetChecksAsync(
        [Parent] Article article,
        [Service] ChecksByArticle checks
    ) => checks.Load(article.Id);
}

/// <summary>
/// Checks the newest revisions of articles. The caller must first check that the viewer is allowed to see them.
/// </summary>
public sealed class ChecksByArticle(
    ReadContexts contexts,
    PublishGate gate,
    CurrentViewer viewer,
    NewsroomTime newsroom,
    TimeProvider clock
) : BatchLoader<ArticleId, List<Check>>
{
    protected override List<Check> Missing(ArticleId key) => [];

    protected override async Task<Dictionary<ArticleId, List<Check>>> ReadAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        newsroom.Begin();
        using var lease = await contexts.RentAsync(cancellationToken);
        var (by, now) = (viewer.Value.ToActor().Contributor, clock.Now());
        var db = lease.Db;

        // One statement reads an article with its newest revision, so that they match.
        var heads = await (
            from article in db.Articles.AsNoTracking()
            where keys.Contains(article.Id)
            join head in db.Revisions.AsNoTracking() on article.HeadId equals head.Id
            select new { article, head }
        ).ToListAsync(cancellationToken);
        var submissions = heads.ConvertAll(x => new Submission(x.article, x.head, by, now));
        var checks = await gate.ChecksAsync(db, submissions, cancellationToken);
        return submissions.Zip(checks).ToDictionary(x => x.First.Article.Id, x => x.Second);
    }
}
