using System.Net;
using Cms.Redis;

namespace Cms.Server.Access;

/// <summary>Limits how many invalid tokens one address may send.</summary>
internal sealed class BadTokens(SharedLimits? shared = null) : IDisposable
{
    private readonly ClientRate _rate = new(new ClientLimit("invalid-tokens", PerSecond: 20, Burst: 500), shared);

    public async ValueTask<bool> IsToleratedAsync(IPAddress? address) =>
        (await _rate.TakeAsync(address?.ToString() ?? "")).IsAllowed;

    /// <summary>Returns whether the address has to wait, without counting a token.</summary>
    public ValueTask<bool> IsExhaustedAsync(IPAddress? address) => _rate.IsExhaustedAsync(address?.ToString() ?? "");

    public void Dispose() => _rate.Dispose();
}
