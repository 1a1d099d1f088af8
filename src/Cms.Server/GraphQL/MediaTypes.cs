using Microsoft.Net.Http.Headers;

namespace Cms.Server.GraphQL;

/// <summary>Which form an answer takes (GraphQL over HTTP, "Media Types").</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string ResponseJson = "application/graphql-response+json";
    public const string EventStream = "text/event-stream";

    private static readonly string[] Offers = [Json, ResponseJson, EventStream];

    /// <summary>The media type to answer with; null when none that is served is accepted.</summary>
    public static string? Negotiate(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
        {
            return Json;
        }

        var accepted = request.GetTypedHeaders().Accept;
        string? best = null;
        var (quality, place) = (0d, int.MaxValue);
        foreach (var offer in Offers)
        {
            // The range that names a type most closely decides on it (RFC 9110 §12.5.1), so that q=0 takes it out of a
            // wider one. On equal terms the range named first wins.
            if (
                Closest(accepted, offer) is { } range
                && (range.Quality > quality || (range.Quality == quality && quality > 0 && range.Place < place))
            )
            {
                (best, quality, place) = (offer, range.Quality, range.Place);
            }
        }

        return best;
    }

    /// <summary>The body is JSON in UTF-8.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && IsUtf8(type);

    private static (double Quality, int Place)? Closest(IList<MediaTypeHeaderValue> accepted, string offer)
    {
        (double Quality, int Place)? closest = null;
        var closeness = 0;
        for (var i = 0; i < accepted.Count; i++)
        {
            var range = accepted[i];
            if (Closeness(range, offer) is > 0 and var close && close > closeness)
            {
                (closeness, closest) = (close, (range.Quality ?? 1, i));
            }
        }

        return closest;
    }

    // By hand, because IsSubsetOf takes application/graphql-response+json for a kind of application/json. Nobody is sent
    // events who has not named them.
    private static int Closeness(MediaTypeHeaderValue range, string offer) =>
        !IsUtf8(range) ? 0
        : range.MediaType.Equals(offer, StringComparison.OrdinalIgnoreCase) ? 3
        : offer == EventStream ? 0
        : range.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase) ? 2
        : range.MatchesAllTypes ? 1
        : 0;

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue
        || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
}
