using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Desk;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class ArticleDesk
{
    /// <summary>One article in any state; null if it does not exist or you cannot see it.</summary>
    /// <param name="id">The article's id.</param>
    public static Task<Article?> GetArticleAsync(
        ArticleId id,
        Viewer viewer,
        [Service] ReadDeskArticle article,
        CancellationToken cancellationToken
    ) => article.Handle(id, viewer, cancellationToken);

    /// <summary>
    /// Articles in any state, most recently created first. Editors see all articles; authors see those that they work on.
    /// </summary>
    public static Task<Connection<Article>?> GetArticlesAsync(
        PageArguments page,
        Viewer viewer,
        [Service] ListDeskArticles articles,
        CancellationToken cancellationToken
    ) => articles.Handle(page, viewer, cancellationToken);

    /// <summary>
    /// Scheduled articles, soonest first. Editors see all articles; authors see those that they work on.
    /// </summary>
    public static Task<Connection<Article>?> GetScheduledArticlesAsync(
        PageArguments page,
        Viewer viewer,
        [Service] ListScheduledArticles articles,
        CancellationToken cancellationToken
    ) => articles.Handle(page, viewer, cancellationToken);
}
