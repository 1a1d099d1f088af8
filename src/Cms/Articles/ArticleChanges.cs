using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles;

internal static class ArticleChanges
{
    extension(CmsDatabase database)
    {
        /// <summary>
        /// Changes one article. Returns an error if it does not exist, is not the actor's to work on, or is not at the
        /// expected version.
        /// </summary>
        /// <param name="actor">Who makes the change.</param>
        /// <param name="id">The article, from the input field <c>id</c>.</param>
        /// <param name="expectedVersion">The version the caller last read; null skips the check.</param>
        /// <param name="change">Makes the change in the transaction.</param>
        public Task<Result<T>> ChangeArticleAsync<T>(
            Actor actor,
            ArticleId id,
            int? expectedVersion,
            Func<CmsDbContext, Article, CancellationToken, Task<Result<T>>> change,
            CancellationToken cancellationToken
        ) =>
            database.WriteAsync<T>(
                actor,
                async (db, token) =>
                    await db.ArticleForAsync(id, actor, token) is not { } article
                        ? new ArticleNotFound(id) { Path = ["id"] }
                    : article.Conflict(expectedVersion) is { } conflict ? conflict
                    : await change(db, article, token),
                cancellationToken
            );
    }

    extension(CmsDbContext db)
    {
        /// <summary>
        /// Locks the article's row until the transaction ends. Operations that must not run at the same time on one
        /// article, but do not all change its row, lock it first.
        /// </summary>
        public Task LockArticleAsync(ArticleId id, CancellationToken cancellationToken) =>
            db.LockArticlesAsync([id], cancellationToken);

        /// <inheritdoc cref="LockArticleAsync" />
        public Task LockArticlesAsync(List<ArticleId> ids, CancellationToken cancellationToken) =>
            db
                .Articles.Where(a => ids.Contains(a.Id))
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.Version, x => x.Version), cancellationToken);

        /// <summary>Reads the newest revision of an article that this transaction has read.</summary>
        /// <exception cref="DbUpdateConcurrencyException">
        /// An autosave has replaced the revision since the article was read. The operation is retried.
        /// </exception>
        public async Task<Revision> HeadOfAsync(Article article, CancellationToken cancellationToken)
        {
            var head =
                await db.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.Id == article.HeadId, cancellationToken)
                ?? throw new DbUpdateConcurrencyException($"The newest revision of {article.Id} was replaced.");
            db.Audit.Remember(head);
            return head;
        }
    }
}
