using Cms.GraphQL;
using Cms.Panel;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
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

    /// <summary>
    /// Articles that were withdrawn and have not been published again, the latest withdrawal first, at most 100. For
    /// feeds, which must name what to remove. To remove every copy without a gap, follow `changes`.
    /// </summary>
    /// <param name="since">Only articles that were withdrawn at or after this time.</param>
    /// <param name="category">Only articles that were last published in the category with this id.</param>
    /// <param name="tag">Only articles that were last published with the tag with this id.</param>
    /// <param name="tool">Only articles that were last published about the tool with this id.</param>
    /// <param name="persona">Only articles that were last published with a take of the persona with this id.</param>
    [ListSize(ListWithdrawnArticles.MaxSize)]
    public static Task<List<WithdrawnArticle>> GetWithdrawnArticlesAsync(
        DateTimeOffset since,
        [Service] ListWithdrawnArticles articles,
        CancellationToken cancellationToken,
        CategoryId? category = null,
        TagId? tag = null,
        ToolId? tool = null,
        PersonaId? persona = null
    ) =>
        articles.Handle(
            since,
            new IEntityId?[] { category, tag, tool, persona }
                .OfType<IEntityId>()
                .Select(FacetId.Of),
            cancellationToken
        );

    private static RequestError SlugOrId() =>
        new(ErrorCodes.BadUserInput, "Identify the article either by slug or by id, not both.");
}
