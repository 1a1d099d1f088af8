using System.Net;

namespace Cms.DevIdentity;

/// <summary>Addresses that never leave this machine.</summary>
internal static class Loopback
{
    /// <summary>The address, if it is one of this machine over plain http; null otherwise.</summary>
    public static Uri? Read(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttp
        && uri.IsWellFormedOriginalString()
        && uri is { UserInfo: "", Fragment: "" }
        && IsHost(uri.Host)
            ? uri
            : null;

    public static bool IsHost(string? host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
