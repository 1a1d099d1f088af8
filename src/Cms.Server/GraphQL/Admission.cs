using System.Globalization;
using System.Threading.RateLimiting;
using Cms.Api;

namespace Cms.Server.GraphQL;

/// <summary>How much the server takes on at once, and from one caller. Kept answers cost nothing and count for nothing.</summary>
public sealed record LimitSettings
{
    /// <summary>Answers made anew for one anonymous address in a second, over time; 0 is no limit.</summary>
    public int AnonymousPerSecond { get; init; } = 200;

    /// <summary>How many of them may come at once.</summary>
    public int AnonymousBurst { get; init; } = 2_000;

    /// <summary>Operations executed at the same time; by default 16 for each processor.</summary>
    public int Concurrent { get; init; } = 16 * Environment.ProcessorCount;

    /// <summary>Operations that wait for their turn before the next is turned away.</summary>
    public int Queued { get; init; } = 256;
}

/// <summary>Lets requests in: not more than the server can do, and not more from one caller than from others.</summary>
internal sealed class Admission : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly LimitSettings _settings;
    private readonly PartitionedRateLimiter<HttpContext>? _rate;
    private readonly ConcurrencyLimiter _running;

    public Admission(LimitSettings settings)
    {
        _settings = settings;
        _running = new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = settings.Concurrent,
                QueueLimit = settings.Queued,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
        _rate =
            settings.AnonymousPerSecond == 0
                ? null
                : PartitionedRateLimiter.Create<HttpContext, string>(http =>
                    RateLimitPartition.GetTokenBucketLimiter(
                        http.Connection.RemoteIpAddress?.ToString() ?? "",
                        _ => new TokenBucketRateLimiterOptions
                        {
                            TokenLimit = settings.AnonymousBurst,
                            TokensPerPeriod = settings.AnonymousPerSecond,
                            ReplenishmentPeriod = Period,
                            AutoReplenishment = true,
                        }
                    )
                );
    }

    /// <summary>Waits for the request's turn; dispose of what it gives when the request has been answered.</summary>
    /// <exception cref="RequestError">It is turned away, with headers that say for how long.</exception>
    public async ValueTask<IDisposable> EnterAsync(HttpContext http)
    {
        if (_rate is not null)
        {
            using var token = _rate.AttemptAcquire(http);
            var left = _rate.GetStatistics(http)?.CurrentAvailablePermits ?? 0;

            // draft-ietf-httpapi-ratelimit-headers: what is left, and the seconds until it is more.
            http.Response.Headers["RateLimit-Policy"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"anonymous\";q={_settings.AnonymousBurst};w={Window}"
            );
            http.Response.Headers["RateLimit"] = string.Create(
                CultureInfo.InvariantCulture,
                $"\"anonymous\";r={left};t=1"
            );
            if (!token.IsAcquired)
            {
                http.Response.Headers.RetryAfter = "1";
                throw new RequestError(
                    ErrorCodes.RateLimited,
                    $"You may ask {_settings.AnonymousPerSecond} times a second. Wait a second, or ask by GET so that answers are kept."
                );
            }
        }

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
        _rate?.Dispose();
        _running.Dispose();
    }

    private int Window => Math.Max(1, _settings.AnonymousBurst / _settings.AnonymousPerSecond);
}
