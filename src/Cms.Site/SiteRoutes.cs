using Cms.Site.Account;
using Cms.Site.Articles;
using Cms.Site.Articles.Share;
using Cms.Site.Bookmarks;
using Cms.Site.Feeds;
using Cms.Site.Home;
using Cms.Site.Layout;
using Cms.Site.Live;
using Cms.Site.Pages;
using Cms.Site.Panel;
using Cms.Site.Partners;
using Cms.Site.Search;
using Cms.Site.Sitemaps;
using Cms.Site.Taxonomy;
using Cms.Site.Tools;

namespace Cms.Site;

/// <summary>Maps the addresses of the site.</summary>
public static class SiteRoutes
{
    private const int MaxQueryLength = 300;

    /// <summary>The maximum length of a path. Nothing is published at longer ones, so the API is not asked for them.</summary>
    internal const int MaxPathLength = 500;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps all pages and files of the site.</summary>
    public static void MapSite(this WebApplication app)
    {
        app.MapAssets();
        HomePages.Map(app);
        ArticlePages.Map(app);
        PreviewPages.Map(app);
        TaxonomyPages.Map(app);
        PanelPages.Map(app);
        ToolPages.Map(app);
        SearchPages.Map(app);
        SitemapPages.Map(app);
        SiteFiles.Map(app);
        FeedPages.Map(app);
        PartnerFeeds.Map(app);
        BookmarkPages.Map(app);
        BookmarkEndpoints.Map(app);
        AccountPages.Map(app);
        AccountEndpoints.Map(app);
        LiveEndpoint.Map(app);
        OfflinePages.Map(app);
        SharePages.Map(app);
        app.MapMissing();
    }

    /// <summary>Maps one page.</summary>
    /// <param name="pattern">The route, such as <c>/articles/{slug}</c>.</param>
    /// <param name="make">Reads what the page needs and says what to show.</param>
    /// <param name="query">The query parameters that the page uses. Others are ignored.</param>
    public static void MapPage(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<PageRequest, Task<PageResult>> make,
        params string[] query
    ) => routes.MapPage(pattern, make, order: 0, isShared: false, query);

    /// <summary>Maps a file that is made of answers and is the same for everybody, such as a sitemap.</summary>
    /// <param name="pattern">The route.</param>
    /// <param name="make">Reads what the file needs and returns it.</param>
    public static void MapText(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<PageRequest, Task<PageResult>> make
    ) => routes.MapPage(pattern, make, order: 0, isShared: true, []);

    private static void MapPage(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<PageRequest, Task<PageResult>> make,
        int order,
        bool isShared,
        string[] query
    )
    {
        var pages = routes.ServiceProvider.GetRequiredService<SitePages>();
        var settings = routes.ServiceProvider.GetRequiredService<SiteSettings>();
        routes
            .MapMethods(
                pattern,
                Reading,
                (HttpContext http) =>
                    pages.SendAsync(
                        http,
                        AddressOf(http.Request, settings, query),
                        http.Request.Path.Value?.Length > MaxPathLength ? MissingAsync : make,
                        isShared
                    )
            )
            .WithOrder(order);
    }

    // Addresses that no route has: they may have moved, be gone, or never have existed.
    private static void MapMissing(this WebApplication app) =>
        app.MapPage("/{**path}", MissingAsync, order: 1, isShared: false, []);

    private static Task<PageResult> MissingAsync(PageRequest page) => Task.FromResult<PageResult>(PageResult.Missing);

    private static PageAddress AddressOf(HttpRequest request, SiteSettings settings, string[] query) =>
        new(
            request.Path.Value is { Length: > 1 } path ? path.TrimEnd('/') : "/",
            query
                .Select(name => (name, Value: Short(request.Query[name].ToString())))
                .Where(parameter => parameter.Value.Length > 0)
                .ToDictionary(parameter => parameter.name, parameter => parameter.Value, StringComparer.Ordinal),
            request
                .RouteValues.Where(value => value.Value is string)
                .ToDictionary(value => value.Key, value => (string)value.Value!, StringComparer.Ordinal),
            OriginOf(request, settings)
        );

    /// <summary>Returns the public address of the site, without a trailing slash.</summary>
    internal static string OriginOf(HttpRequest request, SiteSettings settings) =>
        settings.Origin?.AbsoluteUri.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}";

    // Longer values are cut, so that addresses cannot fill the memory. A character is never cut in two.
    private static string Short(string value) =>
        value.Length <= MaxQueryLength
            ? value.Trim()
            : value[..(char.IsHighSurrogate(value[MaxQueryLength - 1]) ? MaxQueryLength - 1 : MaxQueryLength)].Trim();
}
