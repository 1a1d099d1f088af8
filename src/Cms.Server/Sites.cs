using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Cms.Server;

/// <summary>Pages for people, out of files that lie beside the program.</summary>
internal static class Sites
{
    // Nothing but our own files runs or is framed. Editors measure text with styles that they write into the page.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The methods of whoever reads a page, or asks whether it is there.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Serves the files of <paramref name="folder" /> at <paramref name="path" />.</summary>
    public static void UseSite(this WebApplication app, string path, string folder)
    {
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, folder));
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

    /// <summary>The headers of a page that runs nothing of others.</summary>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";

        // A new release is seen at once; what has not changed is not sent again.
        headers[HeaderNames.CacheControl] = "no-cache";
    }
}
