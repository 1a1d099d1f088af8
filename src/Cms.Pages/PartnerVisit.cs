using Microsoft.AspNetCore.Http;

namespace Cms.Pages;

/// <summary>
/// A request of a partner to the site. The site asks the API several times for it, but it is counted once. Only the API of
/// the same process sees it; an API on another server counts each question.
/// </summary>
/// <param name="channel">How the partner receives the answer; null if the request is not counted as use.</param>
public sealed class PartnerVisit(string? channel)
{
    private const string RetryAfter = "Retry-After";

    private static readonly string[] Reported = ["RateLimit-Policy", "RateLimit", RetryAfter];

    private readonly Dictionary<string, string> _limits = new(StringComparer.Ordinal);

    /// <summary>The option of a request that holds the visit.</summary>
    public static HttpRequestOptionsKey<PartnerVisit?> Key { get; } = new("Cms.Pages.PartnerVisit");

    /// <summary>How the partner receives the answer; null if the request is not counted as use.</summary>
    public string? Channel { get; } = channel;

    /// <summary>What the API remembers of the visit.</summary>
    public object? Turn { get; set; }

    /// <summary>Counts the visit, given the status and the length of the answer.</summary>
    public Action<int, long>? Ended { get; set; }

    /// <summary>Sets the headers that say how much of the partner's limits is left, before the answer is sent.</summary>
    public void Report(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        foreach (var (name, value) in _limits)
        {
            if (name != RetryAfter || response.StatusCode is StatusCodes.Status429TooManyRequests)
            {
                response.Headers[name] = value;
            }
        }
    }

    /// <summary>Takes the headers that say how much of the partner's limits is left.</summary>
    public void Take(IHeaderDictionary headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        foreach (var name in Reported)
        {
            if (headers.TryGetValue(name, out var values))
            {
                _limits[name] = values.ToString();
            }
        }
    }

    internal void Take(HttpResponseMessage response)
    {
        foreach (var name in Reported)
        {
            if (response.Headers.TryGetValues(name, out var values))
            {
                _limits[name] = string.Join(", ", values);
            }
        }
    }
}
