using System.Threading.RateLimiting;
using Cms.Redis;

namespace Cms.Server.Access;

/// <summary>
/// The rate limit of each client: of this server alone, or of all servers together if they share a Redis. While Redis
/// does not respond, this server counts alone.
/// </summary>
internal sealed class ClientRate(ClientLimit limit, SharedLimits? shared) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string> _own = PartitionedRateLimiter.Create<string, string>(client =>
        RateLimitPartition.GetTokenBucketLimiter(
            client,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limit.Burst,
                TokensPerPeriod = limit.PerSecond,
                ReplenishmentPeriod = Period,
                AutoReplenishment = true,
            }
        )
    );

    public ClientLimit Limit => limit;

    /// <summary>Counts a request. Returns whether it is within the limit, and how many more are.</summary>
    public async ValueTask<(bool IsAllowed, long Left)> TakeAsync(string client)
    {
        if (shared is not null && await shared.TakeAsync(limit, client, count: 1) is { } taken)
        {
            return taken;
        }

        using var token = _own.AttemptAcquire(client);
        return (token.IsAcquired, _own.GetStatistics(client)?.CurrentAvailablePermits ?? 0);
    }

    /// <summary>Returns whether the client has to wait, without counting a request.</summary>
    public async ValueTask<bool> IsExhaustedAsync(string client) =>
        shared is not null && await shared.TakeAsync(limit, client, count: 0) is { } found
            ? !found.IsAllowed
            : _own.GetStatistics(client) is { CurrentAvailablePermits: <= 0 };

    public void Dispose() => _own.Dispose();
}
