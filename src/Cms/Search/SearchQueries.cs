using Cms.Articles.Reading;
using Cms.GraphQL;
using Cms.People;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Search;

[QueryType]
public static class SearchQueries
{
    /// <summary>
    /// Finds published articles that contain all words of the query, best matches first. <c>"words in quotes"</c> are
    /// matched as a phrase, and <c>comp*</c> matches words that begin with ‘comp’. For partners whose agreement does not
    /// include the bodies and all takes, only headlines are searched.
    /// </summary>
    /// <param name="query">The words to search for.</param>
    /// <param name="where">The conditions that the articles must meet. They also narrow the facets.</param>
    [Cost(250)]
    public static async Task<Connection<SearchResult>> GetSearchAsync(
        string query,
        PageArguments page,
        [Service] SearchArticles search,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        ArticleFilterInput? where = null
    ) =>
        await search.Handle(
            query,
            page,
            where,
            context.Asked<PublicArticle>("nodes", "article") | context.Asked<PublicArticle>("edges", "node", "article"),
            cancellationToken
        );
}

[ObjectType<SearchResult>]
public static class SearchResultNode
{
    /// <summary>
    /// The passages that contain search terms: at most one each from the headline, summary and text.
    /// </summary>
    [ListSize(3)]
    public static IDataLoaderResult<List<SearchHighlight>> GetHighlightsAsync(
        [Parent] SearchResult result,
        [Service] SearchTextByArticle texts,
        Viewer viewer
    ) =>
        texts
            .Load(result.Article.Id, ColumnSet.All)
            .Then(text => text is null ? [] : result.Highlighter!.Of(viewer.Entitlement.Limit(text)));
}

internal static class EntitledText
{
    extension(Entitlement? entitlement)
    {
        /// <summary>Returns a text without what the agreement does not include. The text contains the takes.</summary>
        public SearchText Limit(SearchText text) =>
            entitlement is null
                ? text
                : text with
                {
                    Summary = entitlement.Cut(text.Summary),
                    Text = entitlement is { HasFullText: true, HiddenPersonas: [] } ? text.Text : "",
                };
    }
}

[ObjectType<Connection<SearchResult>>]
public static class SearchResultConnectionNode
{
    /// <summary>
    /// The search results, counted by category, tag, source and tool. They are counted only if you select this field.
    /// </summary>
    public static SearchFacets GetFacets([Parent] Connection<SearchResult> found)
    {
        var page = (SearchResultPage)found;
        return new(page.Terms) { Filter = page.Filter };
    }
}
