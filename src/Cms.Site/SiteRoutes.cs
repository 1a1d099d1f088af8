using Cms.Site.Articles;
using Cms.Site.Articles.Share;
using Cms.Site.Home;
using Cms.Site.Layout;
using Cms.Site.Pages;

namespace Cms.Site;

/// <summary>Maps the addresses of the site.</summary>
public static class SiteRoutes
{
    private const int MaxQueryLength = 300;
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps all pages and files of the site.</summary>
    public static void MapSite(this WebApplication app)
    {
        app.MapAssets();
        HomePages.Map(app);
        ArticlePages.Map(app);
        PreviewPages.Map(app);
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
    ) => routes.MapPage(pattern, make, 0, query);

    private static void MapPage(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<PageRequest, Task<PageResult>> make,
        int priority,
        params string[] query
    )
    {
        var pages = routes.ServiceProvider.GetRequiredService<SitePages>();
        var settings = routes.ServiceProvider.GetRequiredService<SiteSettings>();
        routes
            .MapMethods(
                pattern,
                Reading,
                (HttpContext http) => pages.SendAsync(http, AddressOf(http.Request, settings, query), make)
            )
            .WithOrder(-priority);
    }

    // Addresses that no route has: they may have moved, be gone, or never have existed.
    private static void MapMissing(this WebApplication app) =>
        app.MapPage("/{**path:nonfile}", _ => Task.FromResult<PageResult>(PageResult.Missing), -1);

    private static PageAddress AddressOf(HttpRequest request, SiteSettings settings, string[] query) =>
        new(
            request.Path.Value is { Length: > 1 } path ? path.TrimEnd('/') : "/",
            query
                .Select(name => (name, Value: request.Query[name].ToString().Trim()))
                .Where(parameter => parameter.Value is { Length: > 0 and <= MaxQueryLength })
                .ToDictionary(parameter => parameter.name, parameter => parameter.Value, StringComparer.Ordinal),
            request
                .RouteValues.Where(value => value.Value is string)
                .ToDictionary(value => value.Key, value => (string)value.Value!, StringComparer.Ordinal),
            settings.Origin?.AbsoluteUri.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}"
        );
}
