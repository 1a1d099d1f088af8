using Cms.Site.Articles;
using Cms.Site.Pages;

namespace Cms.Site.Home;

/// <summary>The home page: what editors put on the front, then the newest articles.</summary>
internal static class HomePages
{
    private const int LatestCount = 6;
    private const int SplitCount = 3;
    private const int PerSection = 3;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPage("/", ShowAsync);

    private static async Task<PageResult> ShowAsync(PageRequest page)
    {
        var home = await page.QueryAsync<HomeData>("SiteHome");

        // The front comes first. The newest articles fill the page where editors chose fewer.
        List<CardData> articles =
        [
            .. (home.Front?.Articles ?? [])
                .Concat(home.Articles.Items)
                .DistinctBy(article => article.Id, StringComparer.Ordinal),
        ];
        var lead = articles.FirstOrDefault();
        List<CardData> latest = [.. articles.Skip(1).Take(LatestCount)];
        var split = Arguments.Among(articles.Skip(1 + LatestCount), SplitCount);
        var used = latest
            .Concat(split.Select(argument => argument.Article))
            .Select(article => article.Id)
            .ToHashSet(StringComparer.Ordinal);
        return PageResult.Show<HomePage>(
            (nameof(HomePage.Lead), lead),
            (nameof(HomePage.Latest), latest),
            (nameof(HomePage.Split), split),
            (
                nameof(HomePage.Sections),
                articles
                    .Skip(1)
                    .Where(article => article.Category is not null)
                    .GroupBy(article => article.Category!.Slug, StringComparer.Ordinal)
                    .ToDictionary(
                        section => section.Key,
                        // Articles that are not on the page yet come first; then the newest ones.
                        section =>
                            (IReadOnlyList<CardData>)
                                [
                                    .. section
                                        .OrderBy(article => used.Contains(article.Id))
                                        .Take(PerSection)
                                        .OrderByDescending(article => article.PublishedAt),
                                ],
                        StringComparer.Ordinal
                    )
            )
        );
    }
}
