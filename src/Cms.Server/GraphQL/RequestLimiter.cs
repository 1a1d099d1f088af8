using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Cms.GraphQL;
using Cms.Pages;
using Cms.People;
using Cms.Redis;
using Cms.Server.Access;

namespace Cms.Server.GraphQL;

/// <summary>Limits on the work of the server and of each caller. Cached answers do not count.</summary>
public sealed record LimitSettings
{
    /// <summary>
    /// The average number of uncached answers and images per second for an anonymous address, or for an IPv6 network
    /// of 64 bits. 0 means no limit.
    /// </summary>
    public int AnonymousPerSecond { get; init; } = 200;

    /// <summary>How many of them an address can request in one burst.</summary>
    public int AnonymousBurst { get; init; } = 2_000;

    /// <summary>
    /// The average number of uncached answers and images per second for one person or application, from all addresses
    /// together. 0 means no limit.
    /// </summary>
    public int SignedInPerSecond { get; init; } = 200;

    /// <summary>How many of them a person or application can request in one burst.</summary>
    public int SignedInBurst { get; init; } = 2_000;

    /// <summary>The maximum number of operations executed at the same time. The default is 16 per processor.</summary>
    public int Concurrent { get; init; } = 16 * Environment.ProcessorCount;

    /// <summary>The maximum number of operations that wait to run. Further operations are rejected.</summary>
    public int Queued { get; init; } = 256;
}

/// <summary>
/// Limits operations over HTTP and over sockets: how many run at the same time, and how many each caller may send.
/// </summary>
internal sealed class RequestLimiter : IDisposable
{
    private readonly ClientRate? _anonymous;
    private readonly ClientRate? _signedIn;
    private readonly ConcurrencyLimiter _running;

    public RequestLimiter(LimitSettings settings, SharedLimits? shared = null)
    {
        _running = new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = settings.Concurrent,
                QueueLimit = settings.Queued,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
        _anonymous = RateOf("anonymous", settings.AnonymousPerSecond, settings.AnonymousBurst, shared);
        _signedIn = RateOf("signed-in", settings.SignedInPerSecond, settings.SignedInBurst, shared);
    }

    /// <summary>Waits until an operation may run. Dispose the result when the operation has been executed.</summary>
    /// <param name="viewer">The caller.</param>
    /// <param name="address">The address of an anonymous caller.</param>
    /// <param name="headers">The response headers, which report the remaining requests; null if there are none.</param>
    /// <exception cref="RequestError">The operation is rejected.</exception>
    public async ValueTask<IDisposable> EnterAsync(
        Viewer viewer,
        IPAddress? address,
        IHeaderDictionary? headers,
        CancellationToken cancellationToken
    )
    {
        await CountAsync(viewer, address, headers);
        var turn = await _running.AcquireAsync(1, cancellationToken);
        if (!turn.IsAcquired)
        {
            // Do not set headers here: the response may have been sent meanwhile.
            turn.Dispose();
            throw new RequestError(ErrorCodes.Overloaded, "The server is overloaded. Try again in a second.");
        }

        return turn;
    }

    /// <summary>Counts work that is queued elsewhere, such as making an image, towards the caller's limit.</summary>
    /// <inheritdoc cref="EnterAsync" />
    public async ValueTask CountAsync(Viewer viewer, IPAddress? address, IHeaderDictionary? headers)
    {
        // A signed-in caller has one limit for all addresses, so that people behind one address do not share a limit.
        var isAnonymous = viewer.Kind is ViewerKind.Anonymous;
        if ((isAnonymous ? _anonymous : _signedIn) is not { } rate)
        {
            return;
        }

        var (isAllowed, left) = await rate.TakeAsync(isAnonymous ? ClientNetwork.KeyOf(address) : viewer.Subject!);
        if (headers is not null)
        {
            SetHeaders(headers, rate.Limit, left);
        }

        if (!isAllowed)
        {
            headers?.RetryAfter = "1";
            throw new RequestError(
                ErrorCodes.RateLimited,
                $"You may send {rate.Limit.PerSecond} requests per second. {(isAnonymous ? "Wait a second, or use GET so that responses are cached." : "Wait a second.")}"
            );
        }
    }

    public void Dispose()
    {
        _anonymous?.Dispose();
        _signedIn?.Dispose();
        _running.Dispose();
    }

    private static ClientRate? RateOf(string name, int perSecond, int burst, SharedLimits? shared) =>
        perSecond == 0 ? null : new ClientRate(new ClientLimit(name, perSecond, burst), shared);

    // draft-ietf-httpapi-ratelimit-headers: the remaining requests, and the seconds until there are more.
    private static void SetHeaders(IHeaderDictionary headers, ClientLimit limit, long left)
    {
        headers["RateLimit-Policy"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{limit.Name}\";q={limit.Burst};w={Math.Max(1, limit.Burst / limit.PerSecond)}"
        );
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{limit.Name}\";r={left};t=1");
    }
}
