using System.Globalization;
using System.Threading.RateLimiting;
using Cms.Access;
using Cms.Api;
using Cms.Server.Access;

namespace Cms.Server.GraphQL;

/// <summary>How much the server takes on at once, and from one caller. Kept answers cost nothing and count for nothing.</summary>
public sealed record LimitSettings
{
    /// <summary>Answers made anew for one anonymous address in a second, over time; 0 is no limit.</summary>
    public int AnonymousPerSecond { get; init; } = 200;

    /// <summary>How many of them may come at once.</summary>
    public int AnonymousBurst { get; init; } = 2_000;

    /// <summary>Answers for one person or application in a second, over time, wherever they ask from; 0 is no limit.</summary>
    public int SignedInPerSecond { get; init; } = 200;

    /// <summary>How many of them may come at once.</summary>
    public int SignedInBurst { get; init; } = 2_000;

    /// <summary>Operations executed at the same time; by default 16 for each processor.</summary>
    public int Concurrent { get; init; } = 16 * Environment.ProcessorCount;

    /// <summary>Operations that wait for their turn before the next is turned away.</summary>
    public int Queued { get; init; } = 256;
}

/// <summary>Lets requests in: not more than the server can do, and not more from one caller than from others.</summary>
internal sealed class Admission : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Rate? _anonymous;
    private readonly Rate? _signedIn;
    private readonly ConcurrencyLimiter _running;

    public Admission(LimitSettings settings)
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
            "Wait a second, or ask by GET so that answers are kept.",
            http => http.Connection.RemoteIpAddress?.ToString() ?? ""
        );

        // One budget wherever they ask from, so that an office behind one address does not share it.
        _signedIn = Rate.Of(
            "signed-in",
            settings.SignedInPerSecond,
            settings.SignedInBurst,
            "Wait a second.",
            http => http.Viewer.Key.ToString()!
        );
    }

    /// <summary>Waits for the request's turn; dispose of what it gives when the request has been answered.</summary>
    /// <exception cref="RequestError">It is turned away, with headers that say for how long.</exception>
    public async ValueTask<IDisposable> EnterAsync(HttpContext http)
    {
        (http.Viewer.Kind is ViewerKind.Anonymous ? _anonymous : _signedIn)?.Take(http);

        var turn = await _running.AcquireAsync(1, http.RequestAborted);
        if (!turn.IsAcquired)
        {
            turn.Dispose();
            http.Response.Headers.RetryAfter = "1";
            throw new RequestError(
                ErrorCodes.Overloaded,
                "More is being asked than the server can answer. Try again in a second."
            );
        }

        return turn;
    }

    public void Dispose()
    {
        _anonymous?.Dispose();
        _signedIn?.Dispose();
        _running.Dispose();
    }

    /// <summary>How often each caller of a kind may ask.</summary>
    private sealed class Rate(string name, int perSecond, int burst, string advice, Func<HttpContext, string> caller)
        : IDisposable
    {
        private readonly PartitionedRateLimiter<HttpContext> _callers = PartitionedRateLimiter.Create<
            HttpContext,
            string
        >(http =>
            RateLimitPartition.GetTokenBucketLimiter(
                caller(http),
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
        public static Rate? Of(
            string name,
            int perSecond,
            int burst,
            string advice,
            Func<HttpContext, string> caller
        ) => perSecond == 0 ? null : new Rate(name, perSecond, burst, advice, caller);

        /// <exception cref="RequestError">The caller has asked too often.</exception>
        public void Take(HttpContext http)
        {
            using var token = _callers.AttemptAcquire(http);
            var left = _callers.GetStatistics(http)?.CurrentAvailablePermits ?? 0;

            // draft-ietf-httpapi-ratelimit-headers: what is left, and the seconds until it is more.
            http.Response.Headers["RateLimit-Policy"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"{name}\";q={burst};w={Math.Max(1, burst / perSecond)}"
            );
            http.Response.Headers["RateLimit"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"{name}\";r={left};t=1"
            );
            if (!token.IsAcquired)
            {
                http.Response.Headers.RetryAfter = "1";
                throw new RequestError(ErrorCodes.RateLimited, $"You may ask {perSecond} times a second. {advice}");
            }
        }

        public void Dispose() => _callers.Dispose();
    }
}
