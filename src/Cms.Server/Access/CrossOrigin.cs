using Cms.Media.Images;
using Microsoft.Net.Http.Headers;

namespace Cms.Server.Access;

/// <summary>
/// Lets pages of the allowed origins use the API from a browser (CORS, fetch.spec.whatwg.org). The pages must send
/// tokens. Cookies are never allowed, so a session is valid only on pages of this server.
/// </summary>
internal sealed class CrossOrigin(AllowedOrigins origins) : IMiddleware
{
    private const string Methods = "GET, HEAD, POST, PUT";

    // Request headers that the API reads and that browsers send only if CORS allows them.
    private const string RequestHeaders =
        "Accept, Authorization, Cms-Perspective, Cms-Preview, Content-Encoding, Content-Type, GraphQL-Cost, GraphQL-Preflight, If-None-Match, X-Requested-With";

    // Response headers that clients use and that browsers hide by default.
    private const string ResponseHeaders =
        "Allow, Cache-Status, Content-Encoding, ETag, RateLimit, RateLimit-Policy, Retry-After, Surrogate-Key, WWW-Authenticate";

    // In seconds. Chromium caches a preflight response for at most two hours.
    private const string MaxAge = "7200";

    private static readonly PathString[] Api = ["/graphql", "/media", RenditionUrls.Path];

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        if (
            !origins.HasAny
            || !Api.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        )
        {
            return next(context);
        }

        var allowed = request.Headers.Origin is [{ } origin] && origins.Has(origin) ? origin : null;
        if (IsPreflight(request))
        {
            return AnswerAsync(response, allowed);
        }

        // Add the headers when the response starts, because an error handler clears headers that were set earlier.
        response.OnStarting(AddHeaders, (response, allowed));
        return next(context);
    }

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method)
        && request.Headers.Origin.Count > 0
        && request.Headers.AccessControlRequestMethod.Count > 0;

    private static Task AnswerAsync(HttpResponse response, string? allowed)
    {
        response.Headers.Vary = HeaderNames.Origin;
        if (allowed is null)
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            return response.WriteAsync(
                "Pages of this origin may not use the API. Allow the origin with Cms__Cors__AllowedOrigins__0.",
                response.HttpContext.RequestAborted
            );
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowOrigin = allowed;
        response.Headers.AccessControlAllowMethods = Methods;
        response.Headers.AccessControlAllowHeaders = RequestHeaders;
        response.Headers.AccessControlMaxAge = MaxAge;
        return Task.CompletedTask;
    }

    private static Task AddHeaders(object state)
    {
        var (response, allowed) = ((HttpResponse, string?))state;

        // Set Vary even if the origin is missing or not allowed. Otherwise, a cache could return this response, which
        // has no CORS headers, to an allowed origin.
        response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Origin);
        if (allowed is not null)
        {
            response.Headers.AccessControlAllowOrigin = allowed;
            response.Headers.AccessControlExposeHeaders = ResponseHeaders;
        }

        return Task.CompletedTask;
    }
}
