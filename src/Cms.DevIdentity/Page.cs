using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Cms.DevIdentity;

/// <summary>The pages for signing in and out. All text from the request is HTML-encoded.</summary>
internal static class Page
{
    public const string StylePath = "/signin.css";

    /// <summary>The parameter that cancels the sign-in.</summary>
    public const string Cancel = "cancel";

    // No scripts, no frames, and no files except the provider's own style sheet.
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly byte[] Style = Read("signin.css");

    public static IResult People(Application application, Uri returns, Func<Person, string> choice, string cancel)
    {
        var people = new StringBuilder();
        foreach (var person in Person.All)
        {
            people.Append(
                CultureInfo.InvariantCulture,
                $"""
                <li>
                <a class="person {person.Role.ToLowerInvariant().Replace('.', '-')}" href="{Encode(choice(person))}">
                <span class="face" aria-hidden="true">{person.FirstName[0]}</span>
                <span class="name">{Encode(person.Name)}</span>
                <span class="role">{Encode(person.Role)}</span>
                <span class="may">{Encode(person.May)}</span>
                </a>
                </li>

                """
            );
        }

        return new Html(
            StatusCodes.Status200OK,
            "Sign in",
            $"""
            <h1>Who are you today?</h1>
            <p><strong>{Encode(application.Name)}</strong> at <code>{Encode(
                returns.GetLeftPart(UriPartial.Authority)
            )}</code> asks you to sign in. There are no passwords.</p>
            <ul class="people" role="list">
            {people}</ul>
            <p class="cancel"><a href="{Encode(cancel)}">Go back without signing in</a></p>
            """
        );
    }

    public static IResult Refusal(string? sentence) =>
        new Html(
            StatusCodes.Status400BadRequest,
            "Sign-in failed",
            $"""
            <h1>Sign-in failed</h1>
            <p>{Encode(sentence ?? "The provider does not support this request.")}</p>
            <p>Correct the application that sent you here, and start again from there.</p>
            """
        );

    public static IResult SignedOut() =>
        new Html(
            StatusCodes.Status200OK,
            "Signed out",
            """
            <h1>You are signed out</h1>
            <p>You can close this page.</p>
            """
        );

    public static Task SendStyleAsync(HttpResponse response)
    {
        response.ContentType = "text/css; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-cache";
        return response.Body.WriteAsync(Style, response.HttpContext.RequestAborted).AsTask();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static byte[] Read(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private sealed record Html(int Status, string Title, string Main) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = Status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
            return response.WriteAsync(
                $"""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>{Title} · Cms in development</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="{StylePath}">
                </head>
                <body>
                <header>Cms <span>in development</span></header>
                <main>
                {Main}
                </main>
                <footer>This page and its people exist on this machine only. In production, Microsoft Entra ID signs people in.</footer>
                </body>
                </html>

                """,
                httpContext.RequestAborted
            );
        }
    }
}
