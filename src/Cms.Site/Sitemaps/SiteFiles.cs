using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cms.Site.Sitemaps;

/// <summary>The files that say what crawlers may read and do, and how the site looks as an app. They need no answer of the API.</summary>
internal static class SiteFiles
{
    /// <summary>The path of the licence for everybody.</summary>
    public const string Licence = "/license.xml";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private const string Page = "#ffffff";

    // Pages of one reader, and pages without an end.
    private static readonly string[] Closed = ["/bookmarks", "/account", "/search", "/preview"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static void Map(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SiteSettings>();
        app.MapMethods(
            "/robots.txt",
            Reading,
            (HttpContext http) => Send(http, RobotsOf(http, settings), "text/plain")
        );
        var licence = Terms.Licence.Public(settings).ToXml();
        app.MapMethods(Licence, Reading, (HttpContext http) => Send(http, licence, Terms.Licence.MediaType));
        app.MapMethods(
            "/manifest.webmanifest",
            Reading,
            (HttpContext http) =>
                Send(http, JsonSerializer.Serialize(ManifestOf(settings), Json), "application/manifest+json")
        );
    }

    // The licence (RSL) comes before the first group, so it is for all crawlers.
    private static string RobotsOf(HttpContext http, SiteSettings settings)
    {
        var origin = SiteRoutes.OriginOf(http.Request, settings);
        return $"License: {origin}{Licence}\n\nUser-agent: *\n{string.Concat(Closed.Select(path => $"Disallow: {path}\n"))}\nSitemap: {origin}/sitemap.xml\n";
    }

    private static Manifest ManifestOf(SiteSettings settings) =>
        new(
            "/",
            settings.Name,
            settings.Name,
            settings.Tagline,
            settings.Language,
            "/",
            "/",
            "minimal-ui",
            Page,
            Page,
            [new Icon("/icon.svg", "any", "image/svg+xml", "any")]
        );

    private static IResult Send(HttpContext http, string text, string type)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Text(text, type + "; charset=utf-8");
    }

    private sealed record Manifest(
        string Id,
        string Name,
        string ShortName,
        string Description,
        string Lang,
        string StartUrl,
        string Scope,
        string Display,
        string BackgroundColor,
        string ThemeColor,
        IReadOnlyList<Icon> Icons
    );

    private sealed record Icon(string Src, string Sizes, string Type, string Purpose);
}
