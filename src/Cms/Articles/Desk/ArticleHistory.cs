using Cms.Audit;
using Cms.GraphQL;
using Cms.People;
using GraphQL.DataLoader;

namespace Cms.Articles.Desk;

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticleHistory
{
    /// <summary>Who did what to the article, its comments and its takes, newest first.</summary>
    [Cost(10)]
    [Authorize(Policies.Editor)]
    public static IDataLoaderResult<Connection<AuditEntry>?> GetHistoryAsync(
        [Parent(nameof(Article.Id))] Article article,
        PageArguments page,
        [Service] ListArticleHistory history
    ) => history.Load((article.Id, page));
}
