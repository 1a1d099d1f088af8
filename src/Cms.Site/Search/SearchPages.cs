using Cms.Site.Articles;
using Cms.Site.Errors;
using Cms.Site.Pages;

namespace Cms.Site.Search;

/// <summary>The search: a form, the results, and what narrows them.</summary>
internal static class SearchPages
{
    private const string QueryName = "q";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPage(
            "/search",
            ShowAsync,
            QueryName,
            SearchFilter.CategoryName,
            SearchFilter.TagName,
            SearchFilter.ToolName,
            SearchFilter.SourceName,
            ListPlace.AfterName,
            ListPlace.BeforeName
        );

    private static async Task<PageResult> ShowAsync(PageRequest page)
    {
        // Control characters cannot be typed into the field, and no word contains them.
        var query = new string([
            .. page.Address.Query.GetValueOrDefault(QueryName, "").Select(c => char.IsControl(c) ? ' ' : c),
        ]).Trim();
        if (query.Length == 0)
        {
            return PageResult.Show<SearchPage>(
                (nameof(SearchPage.Query), ""),
                (nameof(SearchPage.Filter), SearchFilter.Of(page.Address)),
                (nameof(SearchPage.Latest), await LatestAsync(page))
            );
        }

        var filter = SearchFilter.Of(page.Address);
        var found = await ListPlace.ReadAsync(
            page,
            place => page.QueryAsync<SearchAnswer>("SiteSearch", new SearchVariables(query, filter.ToInput(), place)),
            answer => answer.Search.PageInfo
        );
        return found is var (answer, place)
            ? PageResult.Show<SearchPage>(
                (nameof(SearchPage.Query), query),
                (nameof(SearchPage.Filter), filter),
                (nameof(SearchPage.Found), answer.Search),
                (nameof(SearchPage.Place), place),
                (nameof(SearchPage.Latest), answer.Search.TotalCount == 0 ? await LatestAsync(page) : null)
            )
            : PageResult.Moved(ListPlace.LinkTo(page.Address, ListPlace.Start));
    }

    private static async Task<IReadOnlyList<CardData>> LatestAsync(PageRequest page) =>
        (await page.QueryAsync<LatestData>("SiteLatest")).Articles.Items;

    private sealed record SearchVariables(string Query, SearchFilter.FilterInput? Where, ListPlace Place)
        : ListVariables(Place);
}
