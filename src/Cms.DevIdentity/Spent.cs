using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Cms.DevIdentity;

/// <summary>Codes and refresh tokens that were used; each is good for one time.</summary>
internal sealed class Spent(TimeProvider clock)
{
    /// <summary>The claim by which one is told from another; it never leaves the provider readable.</summary>
    public const string Claim = "cms_once";

    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly ConcurrentDictionary<string, bool> _spent = new(StringComparer.Ordinal);

    public static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public bool TrySpend(string once) => _spent.TryAdd(once, true);

    /// <summary>Whether it comes from before this start, so that nobody knows any more what was used.</summary>
    public bool IsForgotten(DateTimeOffset? issued) => issued is null || issued.Value.AddSeconds(1) < _start;
}
