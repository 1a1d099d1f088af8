using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using IResolveFieldContext = GraphQL.IResolveFieldContext;

namespace Cms.Articles.Desk;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class ArticleDesk
{
    /// <summary>
    /// The newsroom's time zone: a name in the IANA database, such as Europe/Berlin. Fields whose name ends in Local are
    /// in this zone.
    /// </summary>
    public static string? GetTimeZone([Service] NewsroomTime newsroom) => newsroom.Id;

    /// <summary>One article in any state; null if it does not exist or you cannot see it.</summary>
    /// <param name="id">The article's id.</param>
    public static Task<Article?> GetArticleAsync(
        ArticleId id,
        Viewer viewer,
        [Service] ReadDeskArticle article,
        CancellationToken cancellationToken
    ) => article.Handle(id, viewer, cancellationToken);

    /// <summary>
    /// Articles in any state, most recently changed first. Editors see all articles; authors see those that they work on.
    /// Articles in the trash are left out unless requested.
    /// </summary>
    /// <param name="where">The conditions that the articles must meet.</param>
    /// <param name="order">The order; the most recently changed first by default.</param>
    /// <param name="text">
    /// Words to find in the headline, summary or body of the newest revision. <c>"words in quotes"</c> are matched as a
    /// phrase, and <c>comp*</c> matches words that begin with ‘comp’.
    /// </param>
    [Cost(20)]
    public static Task<Connection<Article>?> GetArticlesAsync(
        PageArguments page,
        Viewer viewer,
        [Service] ListDeskArticles articles,
        CancellationToken cancellationToken,
        DeskArticleFilterInput? where = null,
        List<DeskArticleSortInput>? order = null,
        string? text = null
    ) =>
        articles.Handle(
            new DeskArticleList
            {
                Where = where,
                Order = order,
                Text = text,
            },
            page,
            viewer,
            cancellationToken
        );

    /// <summary>
    /// The number of articles in each list of the desk. For editors, all articles are counted; for authors, only those
    /// that they work on.
    /// </summary>
    [Cost(100)]
    public static Task<DeskCounts?> GetCountsAsync(
        Viewer viewer,
        [Service] CountDeskArticles counts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => counts.Handle(context.Asked<DeskCounts>(), viewer, cancellationToken);

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
