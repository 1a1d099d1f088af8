using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Desk;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class ArticleDesk
{
    /// <summary>One article at whatever stage; null when there is none, or none that you may see.</summary>
    /// <param name="id">Its id.</param>
    public static Task<Article?> GetArticleAsync(
        ArticleId id,
        Viewer viewer,
        [Service] ReadDeskArticle article,
        CancellationToken cancellationToken
    ) => article.Handle(id, viewer, cancellationToken);

    /// <summary>Articles at whatever stage, the latest begun first: an editor's are all, an author's those they wrote on.</summary>
    public static Task<Connection<Article>?> GetArticlesAsync(
        PageArguments page,
        Viewer viewer,
        [Service] ListDeskArticles articles,
        CancellationToken cancellationToken
    ) => articles.Handle(page, viewer, cancellationToken);

    /// <summary>Articles of which words go before readers by themselves, the next due first: an editor's are all, an author's those they wrote on.</summary>
    public static Task<Connection<Article>?> GetScheduledArticlesAsync(
        PageArguments page,
        Viewer viewer,
        [Service] ListScheduledArticles articles,
        CancellationToken cancellationToken
    ) => articles.Handle(page, viewer, cancellationToken);
}
