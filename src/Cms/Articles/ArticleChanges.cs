using Cms.Data;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

internal static class ArticleChanges
{
    extension(CmsDatabase database)
    {
        /// <summary>Writes about one article, as the caller saw it last; refused where it is not there, or has changed since.</summary>
        /// <param name="actor">Who writes.</param>
        /// <param name="id">The article; input field <c>id</c>.</param>
        /// <param name="expectedVersion">The version that the caller began from; null goes on from whatever stands.</param>
        /// <param name="change">What to do, in the transaction.</param>
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
                    await db.Articles.FindAsync([id], token) is not { } article
                        ? new ArticleNotFound(id) { Path = ["id"] }
                    : article.Conflict(expectedVersion) is { } conflict ? conflict
                    : await change(db, article, token),
                cancellationToken
            );
    }
}
