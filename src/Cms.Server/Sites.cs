using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Cms.Server;

/// <summary>Serves web pages from files next to the program.</summary>
internal static class Sites
{
    // Pages run only scripts from this server and cannot be framed. The code editor needs inline styles.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The HTTP methods for reading a page.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Serves the files of <paramref name="folder" /> at <paramref name="path" />.</summary>
    public static void UseSite(this WebApplication app, string path, string folder)
    {
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, folder));
        // The pages of the reader site match every path that nothing else does, but files are not looked for if a route
        // matches.
        app.Use(
            (http, next) =>
            {
                if (
                    http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)
                    && http.GetEndpoint() is RouteEndpoint { Order: > 0 }
                )
                {
                    http.SetEndpoint(null);
                }

                return next(http);
            }
        );
        app.UseDefaultFiles(
            new DefaultFilesOptions
            {
                RequestPath = path,
                FileProvider = files,
                RedirectToAppendTrailingSlash = true,
            }
        );
        app.UseStaticFiles(
            new StaticFileOptions
            {
                RequestPath = path,
                FileProvider = files,
                OnPrepareResponse = response => Protect(response.Context.Response.Headers),
            }
        );
    }

    /// <summary>Sets headers so that a page runs only scripts from this server.</summary>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";

        // Browsers always revalidate, so they show a new release immediately and reload only files that have changed.
        headers[HeaderNames.CacheControl] = "no-cache";
    }
}
