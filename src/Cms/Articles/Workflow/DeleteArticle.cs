using Cms.Data;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.People;
using Cms.References;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Workflow;

/// <summary>The article to delete for good.</summary>
public sealed record DeleteArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>
    /// Whether to delete the article even if something uses it, such as an article that embeds it or a front that
    /// contains it. By default, an article in use is not deleted, and the error lists the uses.
    /// </summary>
    public bool AcknowledgeUse { get; init; }

    /// <summary>The version that the administrator last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>An article that has been deleted for good.</summary>
/// <param name="ArticleId">The id that the article had.</param>
/// <param name="Slug">The slug that the article had. It is free again.</param>
public sealed record DeletedArticle(ArticleId ArticleId, string Slug) : IStoredResult;

/// <summary>
/// Permanently deletes an article in the trash, with its revisions, takes, comments, preview links and advance editions.
/// An article that was ever public cannot be deleted.
/// </summary>
public sealed class DeleteArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<DeletedArticle>> Handle(
        DeleteArticleInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.ChangeArticleAsync<DeletedArticle>(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                if (article.CannotDelete() is { } refusal)
                {
                    return refusal;
                }

                if (
                    !input.AcknowledgeUse
                    && ArticleInUse.Of(article.Id, await db.AllUsagesAsync(article.Id, token)) is { } inUse
                )
                {
                    return inUse;
                }

                // Otherwise, somebody could comment on the article while its rows are deleted.
                var id = article.Id;
                await db.LockArticleAsync(id, token);
                await db.HeadOfAsync(article, token);
                db.Audit.About(article);
                await db.LeaveFrontsAsync(id, actor.Contributor, clock.Now(), token);
                await db.RecordUsesAsync(MediaUseKind.WorkingCopy, id, [], token);
                await db.RecordReferencesAsync(UsageKind.WorkingCopy, id, [], token);
                db.RemoveRange(await TakesAsync(db, id, token));
                db.RemoveRange(await db.PreviewLinks.Where(l => l.ArticleId == id).ToListAsync(token));
                await db
                    .CommentMentions.Where(m => db.Comments.Any(c => c.Id == m.CommentId && c.ArticleId == id))
                    .ExecuteDeleteAsync(token);
                db.RemoveRange(await db.Comments.Where(c => c.ArticleId == id).ToListAsync(token));
                await db.SaveChangesAsync(token);
                await db.Presence.Where(p => p.ArticleId == id).ExecuteDeleteAsync(token);
                await db.Editions.Where(e => e.ArticleId == id).ExecuteDeleteAsync(token);
                await db.Revisions.Where(r => r.ArticleId == id).ExecuteDeleteAsync(token);
                db.Remove(article);
                return new DeletedArticle(id, article.Slug);
            },
            cancellationToken
        );

    // The audit entry contains the takes with their newest words.
    private static async Task<List<Take>> TakesAsync(CmsDbContext db, ArticleId id, CancellationToken cancellationToken)
    {
        var takes = await db.Takes.Where(t => t.ArticleId == id).ToListAsync(cancellationToken);
        var heads = takes.Select(take => take.HeadId).OfType<TakeRevisionId>().ToList();
        foreach (
            var words in await db
                .TakeRevisions.AsNoTracking()
                .Where(r => heads.Contains(r.Id))
                .ToListAsync(cancellationToken)
        )
        {
            db.Audit.Remember(words);
        }

        await db
            .TakeRevisions.Where(r => db.Takes.Any(t => t.Id == r.TakeId && t.ArticleId == id))
            .ExecuteDeleteAsync(cancellationToken);
        return takes;
    }
}
