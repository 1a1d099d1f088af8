namespace Cms.Server.Access;

/// <summary>Where a browser goes after signing in or out, or after it sent a form: an address on this site.</summary>
internal static class ReturnAddress
{
    private const int MaxLength = 2_000;
    private static readonly Uri Here = new("https://here.invalid/");

    /// <summary>Returns the address if it is on this site, otherwise the other one.</summary>
    public static string Of(string? target, string otherwise = "/") =>
        target is not null && IsOnThisSite(target) ? target : otherwise;

    // Browsers read \ as /, ignore tabs and line breaks, and resolve dots, so ambiguous addresses are rejected.
    private static bool IsOnThisSite(string target)
    {
        if (target.Length > MaxLength || target is not ['/', ..] || target.Any(c => c is '\\' or <= ' ' or >= '\x7f'))
        {
            return false;
        }

        var path = target.AsSpan(0, target.AsSpan().IndexOfAny('?', '#') is var end and >= 0 ? end : target.Length);
        return !path.Contains("//", StringComparison.Ordinal)
            && !path.Contains("/.", StringComparison.Ordinal)
            && !path.Contains("%2f", StringComparison.OrdinalIgnoreCase)
            && !path.Contains("%5c", StringComparison.OrdinalIgnoreCase)
            && !path.Contains("%2e", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(Here, target, out var resolved)
            && resolved.Host == Here.Host
            && resolved.Scheme == Here.Scheme;
    }
}
