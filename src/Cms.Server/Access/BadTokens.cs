using System.Threading.RateLimiting;

namespace Cms.Server.Access;

/// <summary>Limits how many invalid tokens one address may send.</summary>
internal sealed class BadTokens : IDisposable
{
    private const int Burst = 500;
    private const int PerSecond = 20;

    private readonly PartitionedRateLimiter<HttpContext> _rate = PartitionedRateLimiter.Create<HttpContext, string>(
        http =>
            RateLimitPartition.GetTokenBucketLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = Burst,
                    TokensPerPeriod = PerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    AutoReplenishment = true,
                }
            )
    );

    public bool IsTolerated(HttpContext http)
    {
        using var token = _rate.AttemptAcquire(http);
        return token.IsAcquired;
    }

    public void Dispose() => _rate.Dispose();
}
