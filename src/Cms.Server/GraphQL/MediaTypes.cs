using Microsoft.Net.Http.Headers;

namespace Cms.Server.GraphQL;

/// <summary>Which form an answer takes (GraphQL over HTTP, "Media Types").</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string ResponseJson = "application/graphql-response+json";
    public const string EventStream = "text/event-stream";

    /// <summary>The media type to answer with; null when none that is served is accepted.</summary>
    public static string? Negotiate(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
        {
            return Json;
        }

        var accepted = request.GetTypedHeaders().Accept;
        string? best = null;
        var quality = 0d;

        foreach (var range in accepted)
        {
            // On equal terms the one named first wins.
            if (Offer(range) is { } offer && (range.Quality ?? 1) > quality)
            {
                (best, quality) = (offer, range.Quality ?? 1);
            }
        }

        return best;
    }

    /// <summary>The body is JSON in UTF-8.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && IsUtf8(type);

    // By hand, because IsSubsetOf takes application/graphql-response+json for a kind of application/json.
    private static string? Offer(MediaTypeHeaderValue range) =>
        !IsUtf8(range) ? null
        : range.MatchesAllTypes || range.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase) ? Json
        : range.MediaType.Equals(ResponseJson, StringComparison.OrdinalIgnoreCase) ? ResponseJson
        : range.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) ? Json
        : range.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase) ? EventStream
        : null;

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue
        || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
}
