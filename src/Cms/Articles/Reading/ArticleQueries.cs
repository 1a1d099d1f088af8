using Cms.GraphQL;
using GraphQL;

namespace Cms.Articles.Reading;

[QueryType]
public static class ArticleQueries
{
    /// <summary>One published article, by its slug or by its id; null if there is none.</summary>
    /// <param name="slug">The words of its URL.</param>
    /// <param name="id">Its id, as another answer gave it.</param>
    public static Task<PublicArticle?> GetArticleAsync(
        [Service] ReadArticle articles,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        string? slug = null,
        ArticleId? id = null
    ) =>
        (slug, id) switch
        {
            ({ } words, null) => articles.BySlugAsync(words, context.Asked<PublicArticle>(), cancellationToken),
            (null, { } given) => articles.ByIdAsync(given, context.Asked<PublicArticle>(), cancellationToken),
            _ => throw SlugOrId(),
        };

    /// <summary>
    /// One article as readers saw it at a time in the past, by the slug it had then or by its id; null if it was not
    /// published then or has been withdrawn since.
    /// </summary>
    /// <param name="asOf">The time: up to now.</param>
    /// <param name="slug">The words of its URL at that time.</param>
    /// <param name="id">The article's id.</param>
    public static Task<ArticleSnapshot?> GetArticleSnapshotAsync(
        DateTimeOffset asOf,
        [Service] ReadArticleSnapshot articles,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        string? slug = null,
        ArticleId? id = null
    ) =>
        (slug, id) switch
        {
            ({ } words, null) => articles.BySlugAsync(words, asOf, context.Asked<ArticleSnapshot>(), cancellationToken),
            (null, { } given) => articles.ByIdAsync(given, asOf, context.Asked<ArticleSnapshot>(), cancellationToken),
            _ => throw SlugOrId(),
        };

    /// <summary>Published articles, the newest first unless another order is asked for.</summary>
    /// <param name="where">Which articles.</param>
    /// <param name="order">In which order; by publishedAt or by updatedAt.</param>
    public static Task<Connection<PublicArticle>> GetArticlesAsync(
        PageArguments page,
        [Service] ListArticles articles,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        ArticleFilterInput? where = null,
        List<ArticleSortInput>? order = null
    ) => articles.Handle(page, where, order, context.AskedOfNodes<PublicArticle>(), cancellationToken);

    /// <summary>The list of articles as readers saw it at a time in the past, without what has been withdrawn since.</summary>
    /// <param name="asOf">The time: up to now.</param>
    /// <param name="where">Which articles.</param>
    /// <param name="order">In which order; by publishedAt or by updatedAt.</param>
    public static Task<Connection<ArticleSnapshot>> GetArticleSnapshotsAsync(
        DateTimeOffset asOf,
        PageArguments page,
        [Service] ListPastArticles articles,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        ArticleFilterInput? where = null,
        List<ArticleSortInput>? order = null
    ) => articles.Handle(page, where, order, asOf, context.AskedOfNodes<ArticleSnapshot>(), cancellationToken);

    private static RequestError SlugOrId() =>
        new(ErrorCodes.BadUserInput, "Name the article by slug or by id: one of them.");
}
