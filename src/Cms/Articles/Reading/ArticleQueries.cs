using Cms.GraphQL;
using GraphQL;

namespace Cms.Articles.Reading;

[QueryType]
public static class ArticleQueries
{
    /// <summary>One published article, by slug or by id; null if there is none.</summary>
    /// <param name="slug">The slug in the article's URL.</param>
    /// <param name="id">The article's id.</param>
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
    /// One article as readers saw it at a past time, by its slug at that time or by its id. Null if it was not
    /// published then or has been withdrawn since.
    /// </summary>
    /// <param name="asOf">The time, which must not be in the future.</param>
    /// <param name="slug">The slug in the article's URL at that time.</param>
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

    /// <summary>Published articles, newest first by default.</summary>
    /// <param name="where">Which articles to return.</param>
    /// <param name="order">The order: by publishedAt or by updatedAt.</param>
    public static Task<Connection<PublicArticle>> GetArticlesAsync(
        PageArguments page,
        [Service] ListArticles articles,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        ArticleFilterInput? where = null,
        List<ArticleSortInput>? order = null
    ) => articles.Handle(page, where, order, context.AskedOfNodes<PublicArticle>(), cancellationToken);

    /// <summary>Articles as readers saw them at a past time, without those that have been withdrawn since.</summary>
    /// <param name="asOf">The time, which must not be in the future.</param>
    /// <param name="where">Which articles to return.</param>
    /// <param name="order">The order: by publishedAt or by updatedAt.</param>
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
        new(ErrorCodes.BadUserInput, "Identify the article either by slug or by id, not both.");
}
