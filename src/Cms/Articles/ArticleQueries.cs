using Cms.Api;
using GraphQL;

namespace Cms.Articles;

[QueryType]
public static class ArticleQueries
{
    /// <summary>One published article, by its slug or by its id; null if there is none.</summary>
    /// <param name="slug">The words of its URL.</param>
    /// <param name="id">Its id, as another answer gave it.</param>
    /// <param name="asOf">
    /// As readers saw it at this time, its takes, tags and tools included; null if it was not published then or has been
    /// withdrawn since. What else it leads to is as it is today.
    /// </param>
    public static async Task<PublicArticle?> GetArticleAsync(
        [Service] ReadArticle articles,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        string? slug = null,
        ArticleId? id = null,
        DateTimeOffset? asOf = null
    ) =>
        (slug, id) switch
        {
            ({ } words, null) => await articles.BySlugAsync(
                words,
                asOf,
                context.Asked<PublicArticle>(),
                cancellationToken
            ),
            (null, { } given) => await articles.ByIdAsync(
                given,
                asOf,
                context.Asked<PublicArticle>(),
                cancellationToken
            ),
            _ => throw new RequestError(ErrorCodes.BadUserInput, "Name the article by slug or by id: one of them."),
        };

    /// <summary>Published articles, the newest first unless another order is asked for.</summary>
    /// <param name="where">Which articles.</param>
    /// <param name="order">In which order; by publishedAt or by updatedAt.</param>
    /// <param name="asOf">The list as readers saw it at this time, without what has been withdrawn since.</param>
    public static Task<Connection<PublicArticle>> GetArticlesAsync(
        PageArguments page,
        [Service] ListArticles articles,
        [Service] ListPastArticles pastArticles,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        ArticleFilterInput? where = null,
        List<ArticleSortInput>? order = null,
        DateTimeOffset? asOf = null
    ) =>
        asOf is { } at
            ? pastArticles.Handle(page, where, order, at, context.AskedOfNodes<PublicArticle>(), cancellationToken)
            : articles.Handle(page, where, order, context.AskedOfNodes<PublicArticle>(), cancellationToken);
}
