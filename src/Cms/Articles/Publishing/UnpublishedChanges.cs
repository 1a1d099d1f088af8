using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticleUnpublishedChanges
{
    /// <summary>
    /// Whether an update would publish something: the newest revision, or the approved takes, are not those that readers
    /// see. False if readers do not see the article.
    /// </summary>
    public static IDataLoaderResult<bool> GetHasUnpublishedChangesAsync(
        [Parent(nameof(Article.LiveEditionId))] Article article,
        [Service] UnpublishedChangesByArticle changes
    ) => article.LiveEditionId is null ? LoaderResults.Ready(false) : changes.Load(article.Id);
}

/// <summary>
/// Loads whether public articles have changes that are not public. The caller must first check that the viewer is
/// allowed to see them.
/// </summary>
public sealed class UnpublishedChangesByArticle(ReadContexts contexts) : BatchLoader<ArticleId, bool>
{
    protected override bool Missing(ArticleId key) => false;

    protected override async Task<Dictionary<ArticleId, bool>> ReadAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var db = lease.Db;

        // One statement reads an article with its edition, so that they match.
        var live = await (
            from article in db.Articles.AsNoTracking()
            where keys.Contains(article.Id)
            join edition in db.Editions.AsNoTracking() on article.LiveEditionId equals edition.Id
            select new
            {
                article.Id,
                Edition = edition.Id,
                IsNewest = edition.RevisionId == article.HeadId,
            }
        ).ToListAsync(cancellationToken);
        var (articles, editions) = (live.ConvertAll(a => a.Id), live.ConvertAll(a => a.Edition));
        var approved = (
            await db
                .Takes.AsNoTracking()
                .Where(take => articles.Contains(take.ArticleId) && take.ApprovedRevisionId != null)
                .Select(take => new { take.ArticleId, Words = take.ApprovedRevisionId!.Value })
                .ToListAsync(cancellationToken)
        ).ToLookup(take => take.ArticleId, take => take.Words);
        var shown = (
            await db
                .EditionTakes.AsNoTracking()
                .Where(take => editions.Contains(take.EditionId))
                .Select(take => new { take.EditionId, take.RevisionId })
                .ToListAsync(cancellationToken)
        ).ToLookup(take => take.EditionId, take => take.RevisionId);
        return live.ToDictionary(
            a => a.Id,
            a => !a.IsNewest || !approved[a.Id].ToHashSet().SetEquals(shown[a.Edition])
        );
    }
}
