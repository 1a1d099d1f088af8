using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Server.GraphQL;

/// <summary>How much the server takes on at once, and from one caller. Kept answers cost nothing and count for nothing.</summary>
public sealed record LimitSettings
{
    /// <summary>Answers and images made anew for one anonymous address in a second, over time; 0 is no limit.</summary>
    public int AnonymousPerSecond { get; init; } = 200;

    /// <summary>How many of them may come at once.</summary>
    public int AnonymousBurst { get; init; } = 2_000;

    /// <summary>Answers, and images made anew, for one person or application in a second, over time, wherever they ask from; 0 is no limit.</summary>
    public int SignedInPerSecond { get; init; } = 200;

    /// <summary>How many of them may come at once.</summary>
    public int SignedInBurst { get; init; } = 2_000;

    /// <summary>Operations executed at the same time; by default 16 for each processor.</summary>
    public int Concurrent { get; init; } = 16 * Environment.ProcessorCount;

    /// <summary>Operations that wait for their turn before the next is turned away.</summary>
    public int Queued { get; init; } = 256;
}

/// <summary>Lets operations in, over HTTP and over sockets: not more than the server can do, and not more from one caller than from others.</summary>
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
            "Wait a second, or ask by GET so that answers are kept."
        );
        _signedIn = Rate.Of("signed-in", settings.SignedInPerSecond, settings.SignedInBurst, "Wait a second.");
    }

    /// <summary>Waits for an operation's turn; dispose of what it gives when the operation has been carried out.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="address">Where an anonymous one asks from.</param>
    /// <param name="headers">Are told what is left, where an answer has headers.</param>
    /// <exception cref="RequestError">It is turned away.</exception>
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
            // No header is set from here: the request may have been answered meanwhile.
            turn.Dispose();
            throw new RequestError(
                ErrorCodes.Overloaded,
                "More is being asked than the server can answer. Try again in a second."
            );
        }

        return turn;
    }

    /// <summary>Counts for its caller what waits for a turn elsewhere, such as an image that must be made.</summary>
    /// <inheritdoc cref="EnterAsync" />
    public void Count(Viewer viewer, IPAddress? address, IHeaderDictionary? headers)
    {
        // Who is known has one budget wherever they ask from, so that an office behind one address does not share it.
        if (viewer.Kind is ViewerKind.Anonymous)
        {
            _anonymous?.Take(address?.ToString() ?? "", headers);
        }
        else
        {
            _signedIn?.Take(viewer.Key.ToString()!, headers);
        }
    }

    public void Dispose()
    {
        _anonymous?.Dispose();
        _signedIn?.Dispose();
        _running.Dispose();
    }

    /// <summary>How often each caller of a kind may ask.</summary>
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

        /// <summary>Null where there is no limit.</summary>
        public static Rate? Of(string name, int perSecond, int burst, string advice) =>
            perSecond == 0 ? null : new Rate(name, perSecond, burst, advice);

        /// <exception cref="RequestError">The caller has asked too often.</exception>
        public void Take(string caller, IHeaderDictionary? headers)
        {
            using var token = _callers.AttemptAcquire(caller);
            if (headers is not null)
            {
                Tell(headers, _callers.GetStatistics(caller)?.CurrentAvailablePermits ?? 0);
            }

            if (!token.IsAcquired)
            {
                headers?.RetryAfter = "1";
                throw new RequestError(ErrorCodes.RateLimited, $"You may ask {perSecond} times a second. {advice}");
            }
        }

        // draft-ietf-httpapi-ratelimit-headers: what is left, and the seconds until it is more.
        private void Tell(IHeaderDictionary headers, long left)
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
