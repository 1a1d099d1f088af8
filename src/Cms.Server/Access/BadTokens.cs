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

    public void Dispose() => _rate.Dispose();
}
