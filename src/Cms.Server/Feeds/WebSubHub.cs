namespace Cms.Server.Feeds;

/// <summary>
/// The WebSub hub (https://www.w3.org/TR/websub/), which tells subscribers about changes of feeds. The specification
/// leaves open how a publisher tells a hub; every hub in use takes this form.
/// </summary>
/// <param name="hub">The address of the hub.</param>
/// <param name="clock">The clock.</param>
internal sealed class WebSubHub(Uri hub, TimeProvider clock) : IDisposable
{
    /// <summary>How long the hub may take for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Tells the hub that a feed has changed.</summary>
    /// <param name="feed">The URL of the feed.</param>
    /// <exception cref="HttpRequestException">The hub did not answer, or refused.</exception>
    /// <exception cref="TimeoutException">The hub did not answer in time.</exception>
    public async Task TellAsync(string feed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using FormUrlEncodedContent form = new([new("hub.mode", "publish"), new("hub.url", feed)]);
        using HttpRequestMessage request = new(HttpMethod.Post, hub) { Content = form };
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            answer.EnsureSuccessStatusCode();
        }
        catch (OperationCanceledException cancelled) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The hub did not answer in time.", cancelled);
        }
    }

    public void Dispose() => _http.Dispose();
}
