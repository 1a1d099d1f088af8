using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Cms.DevIdentity;

/// <summary>The codes and refresh tokens that have been used. Each can be used only once.</summary>
internal sealed class Spent(TimeProvider clock)
{
    /// <summary>The claim that identifies a code or refresh token. Clients receive it only in encrypted form.</summary>
    public const string Claim = "cms_once";

    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly ConcurrentDictionary<string, bool> _spent = new(StringComparer.Ordinal);

    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public bool TrySpend(string once) => _spent.TryAdd(once, true);

    /// <summary>
    /// Returns whether a code was issued before the provider started, so it is unknown whether the code was used.
    /// </summary>
    public bool IsForgotten(DateTimeOffset? issued) => issued is null || issued.Value.AddSeconds(1) < _start;
}
