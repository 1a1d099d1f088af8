using Cms.Api;
using Cms.Articles;
using GraphQL;

namespace Cms.Search;

[QueryType]
public static class SearchQueries
{
    /// <summary>
    /// Published articles that hold all of the words, the best matches first. <c>"words in quotes"</c> must stand in a
    /// row, and <c>comp*</c> finds whatever begins so.
    /// </summary>
    /// <param name="query">What to look for.</param>
    [Cost(20)]
    public static Task<Connection<SearchResult>> GetSearchAsync(
        string query,
        PageArguments page,
        [Service] SearchArticles search,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        search.Handle(
            query,
            page,
            context.Asked<PublicArticle>("nodes", "article") | context.Asked<PublicArticle>("edges", "node", "article"),
            cancellationToken
        );
}
