using System.Security.Cryptography;
using System.Text;
using Cms.GraphQL;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cms.Server.Docs;

/// <summary>Serves the API reference, which is generated from the schema.</summary>
internal static class DocsEndpoint
{
    public static void MapDocs(this WebApplication app)
    {
        var page = new Lazy<Document>(() => new(SchemaPage.Of(app.Services.GetRequiredService<CmsSchema>())));
        var text = new Lazy<Document>(() => new(app.Services.GetRequiredService<CmsSchema>().Print()));
        app.MapMethods("/docs", Sites.Reading, (HttpContext http) => Page(http, page));
        app.MapMethods(
            "/docs/schema.graphql",
            Sites.Reading,
            (HttpContext http) => text.Value.Send(http, "text/plain; charset=utf-8")
        );
        app.UseSite("/docs", "docs");
    }

    // The page's links are relative, so they work only at the address without a trailing slash.
    private static IResult Page(HttpContext http, Lazy<Document> page) =>
        http.Request.Path.Value!.EndsWith('/')
            ? TypedResults.LocalRedirect($"~{http.Request.Path.Value.TrimEnd('/')}", permanent: true)
            : page.Value.Send(http, "text/html; charset=utf-8");

    private sealed class Document(string text)
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

        public FileContentHttpResult Send(HttpContext http, string type)
        {
            Sites.Protect(http.Response.Headers);
            return TypedResults.Bytes(
                _bytes,
                type,
                entityTag: new($"\"{Convert.ToHexStringLower(SHA256.HashData(_bytes)[..12])}\"")
            );
        }
    }
}
