using System.Net;

namespace Cms.DevIdentity;

/// <summary>Recognizes addresses of this machine.</summary>
internal static class Loopback
{
    /// <summary>Returns the address if it is an http address of this machine; otherwise null.</summary>
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
