using System.Net;
using System.Threading.RateLimiting;

namespace Cms.Server.Access;

/// <summary>Limits how many invalid tokens one address may send.</summary>
internal sealed class BadTokens : IDisposable
{
    private const int Burst = 500;
    private const int PerSecond = 20;

    private readonly PartitionedRateLimiter<string> _rate = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(
            address,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Burst,
                TokensPerPeriod = PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                AutoReplenishment = true,
            }
        )
    );

    public bool IsTolerated(IPAddress? address)
    {
        using var token = _rate.AttemptAcquire(address?.ToString() ?? "");
        return token.IsAcquired;
    }

    /// <summary>Returns whether the address has to wait, without counting a token.</summary>
    public bool IsExhausted(IPAddress? address) =>
        _rate.GetStatistics(address?.ToString() ?? "") is { CurrentAvailablePermits: <= 0 };

    public void Dispose() => _rate.Dispose();
}
