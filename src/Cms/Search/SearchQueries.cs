using Cms.Articles.Reading;
using Cms.GraphQL;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Search;

[QueryType]
public static class SearchQueries
{
    /// <summary>
    /// Published articles that hold all of the words, the best matches first. <c>"words in quotes"</c> must stand in a
    /// row, and <c>comp*</c> finds whatever begins so.
    /// </summary>
    /// <param name="query">What to look for.</param>
    [Cost(250)]
    public static async Task<Connection<SearchResult>> GetSearchAsync(
        string query,
        PageArguments page,
        [Service] SearchArticles search,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        await search.Handle(
            query,
            page,
            context.Asked<PublicArticle>("nodes", "article") | context.Asked<PublicArticle>("edges", "node", "article"),
            cancellationToken
        );
}

[ObjectType<SearchResult>]
public static class SearchResultNode
{
    /// <summary>Where its words stand, at most one passage each of headline, summary and text.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<List<SearchHighlight>> GetHighlightsAsync(
        [Parent] SearchResult result,
        [Service] SearchTextByArticle texts
    ) => texts.Load(result.Article.Id, ColumnSet.All).Then(text => text is null ? [] : result.Highlighter!.Of(text));
}

[ObjectType<Connection<SearchResult>>]
public static class SearchResultConnectionNode
{
    /// <summary>How the whole result spreads over categories, tags, sources and tools. Counted only when asked for.</summary>
    public static SearchFacets GetFacets([Parent] Connection<SearchResult> found) =>
        new(((SearchResultPage)found).Terms);
}
