using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;

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
        public Task<Result<Article>> ChangeArticleAsync(
            Actor actor,
            ArticleId id,
            int? expectedVersion,
            Func<CmsDbContext, Article, CancellationToken, Task<Result<Article>>> change,
            CancellationToken cancellationToken
        ) =>
            database.WriteAsync<Article>(
                actor,
                async (db, token) =>
                    await db.ArticleForAsync(id, actor, token) is not { } article
                        ? new ArticleNotFound(id) { Path = ["id"] }
                    : article.Conflict(expectedVersion) is { } conflict ? conflict
                    : await change(db, article, token),
                cancellationToken
            );
    }
}
