using Microsoft.Net.Http.Headers;

namespace Cms.Server.GraphQL;

/// <summary>Chooses the media type of a response (GraphQL over HTTP, "Media Types").</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string ResponseJson = "application/graphql-response+json";
    public const string EventStream = "text/event-stream";

    private static readonly string[] Offers = [Json, ResponseJson, EventStream];

    /// <summary>Returns the media type of the response; null if the client accepts none of the offered types.</summary>
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
            // The most specific range that matches a type sets its quality (RFC 9110 §12.5.1), so q=0 excludes a type
            // from a wider range. At equal quality, the range that comes first wins.
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

    /// <summary>Whether the body is JSON in UTF-8.</summary>
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

    // IsSubsetOf is not used, because it treats application/graphql-response+json as a kind of application/json.
    // Wildcards do not match event streams: clients must request them by name.
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
