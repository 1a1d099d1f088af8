using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Cms.GraphQL;
using Cms.Pages;
using Cms.People;

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
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Rate? _anonymous;
    private readonly Rate? _signedIn;
    private readonly ConcurrencyLimiter _running;

    public RequestLimiter(LimitSettings settings)
    {
        _running = new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = settings.Concurrent,
                QueueLimit = settings.Queued,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
        _anonymous = Rate.Of(
            "anonymous",
            settings.AnonymousPerSecond,
            settings.AnonymousBurst,
            "Wait a second, or use GET so that responses are cached."
        );
        _signedIn = Rate.Of("signed-in", settings.SignedInPerSecond, settings.SignedInBurst, "Wait a second.");
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
        Count(viewer, address, headers);
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
    public void Count(Viewer viewer, IPAddress? address, IHeaderDictionary? headers)
    {
        // A signed-in caller has one limit for all addresses, so that people behind one address do not share a limit.
        if (viewer.Kind is ViewerKind.Anonymous)
        {
            _anonymous?.Take(ClientNetwork.KeyOf(address), headers);
        }
        else
        {
            _signedIn?.Take(viewer.Subject!, headers);
        }
    }

    public void Dispose()
    {
        _anonymous?.Dispose();
        _signedIn?.Dispose();
        _running.Dispose();
    }

    /// <summary>The rate limit for each caller of one kind.</summary>
    private sealed class Rate(string name, int perSecond, int burst, string advice) : IDisposable
    {
        private readonly PartitionedRateLimiter<string> _callers = PartitionedRateLimiter.Create<string, string>(
            caller =>
                RateLimitPartition.GetTokenBucketLimiter(
                    caller,
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = burst,
                        TokensPerPeriod = perSecond,
                        ReplenishmentPeriod = Period,
                        AutoReplenishment = true,
                    }
                )
        );

        /// <summary>Creates a rate limit. Returns null if there is no limit.</summary>
        public static Rate? Of(string name, int perSecond, int burst, string advice) =>
            perSecond == 0 ? null : new Rate(name, perSecond, burst, advice);

        /// <exception cref="RequestError">The caller has sent too many requests.</exception>
        public void Take(string caller, IHeaderDictionary? headers)
        {
            using var token = _callers.AttemptAcquire(caller);
            if (headers is not null)
            {
                SetHeaders(headers, _callers.GetStatistics(caller)?.CurrentAvailablePermits ?? 0);
            }

            if (!token.IsAcquired)
            {
                headers?.RetryAfter = "1";
                throw new RequestError(
                    ErrorCodes.RateLimited,
                    $"You may send {perSecond} requests per second. {advice}"
                );
            }
        }

        // draft-ietf-httpapi-ratelimit-headers: the remaining requests, and the seconds until there are more.
        private void SetHeaders(IHeaderDictionary headers, long left)
        {
            headers["RateLimit-Policy"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"{name}\";q={burst};w={Math.Max(1, burst / perSecond)}"
            );
            headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={left};t=1");
        }

        public void Dispose() => _callers.Dispose();
    }
}
