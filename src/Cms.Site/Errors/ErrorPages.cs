using Cms.Site.Articles;
using Cms.Site.Pages;

namespace Cms.Site.Errors;

/// <summary>What is shown for addresses without a page.</summary>
internal static class ErrorPages
{
    /// <summary>Asks the API whether the address has moved or its article was withdrawn.</summary>
    public static async Task<PageResult> FindAsync(PageRequest page)
    {
        var path = page.Address.Path;
        var route =
            path.Length <= SiteRoutes.MaxPathLength
                ? (await page.QueryAsync<RouteAnswer>("SiteRoute", new { path })).Route
                : null;
        return route switch
        {
            { Type: "RedirectRoute", To: { } to } when to != path => PageResult.Moved(to),
            { Type: "GoneRoute" } => PageResult.Show<GonePage>(
                (nameof(GonePage.Route), route),
                (nameof(GonePage.Latest), await LatestAsync(page))
            ) with
            {
                Status = StatusCodes.Status410Gone,
            },
            _ => PageResult.Show<MissingPageView>((nameof(MissingPageView.Latest), await LatestAsync(page))) with
            {
                Status = StatusCodes.Status404NotFound,
            },
        };
    }

    private static async Task<IReadOnlyList<CardData>> LatestAsync(PageRequest page) =>
        (await page.QueryAsync<LatestData>("SiteLatest")).Articles.Items;
}
