using System.Net;
using Cms.GraphQL;

namespace Cms.Webhooks;

/// <summary>What the operator sets for webhooks.</summary>
public sealed record WebhookSettings
{
    /// <summary>
    /// Whether webhooks may send to this machine, also with http and to any port. It is for tests and development.
    /// </summary>
    public bool AllowLoopback { get; init; }
}

/// <summary>
/// Checks the address of a webhook when it is saved. The addresses behind a name are checked for each connection.
/// </summary>
internal static class WebhookUrl
{
    public const int MaxLength = 2000;

    private static readonly int[] Ports = [443, 8443];

    // Names that lead into private networks.
    private static readonly string[] PrivateDomains = [".localhost", ".local", ".internal", ".home.arpa", ".lan"];

    /// <summary>Returns why an address cannot be used; null if it can.</summary>
    public static UserError? Refusal(string text, bool allowsLoopback)
    {
        // Every other spelling, such as full-width digits, must be written in its ASCII form first.
        if (
            text.Length > MaxLength
            || text.Any(c => c is <= ' ' or >= '\x7f' or '\\')
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0
            || HasUserName(text)
            || url.Fragment.Length > 0
            || url.IdnHost.Length == 0
        )
        {
            return new WebhookUrlMalformed();
        }

        if (allowsLoopback && IsLoopback(url))
        {
            return null;
        }

        return url.Scheme != Uri.UriSchemeHttps || !Ports.Contains(url.Port) ? new WebhookUrlMalformed()
            : IsPublic(url) ? null
            : new WebhookHostNotPublic(url.Host);
    }

    /// <summary>Returns whether an address names this machine itself.</summary>
    public static bool IsLoopback(Uri url) =>
        url.IdnHost == "localhost"
        || (
            url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
            && IPAddress.TryParse(url.IdnHost, out var address)
            && IPAddress.IsLoopback(address)
        );

    // An empty user name is not in the parsed address, but programs do not agree on what it means.
    private static bool HasUserName(string text)
    {
        var rest = text.AsSpan(text.IndexOf(':', StringComparison.Ordinal) + 1).TrimStart('/');
        var end = rest.IndexOfAny('/', '?', '#');
        return (end < 0 ? rest : rest[..end]).Contains('@');
    }

    private static bool IsPublic(Uri url)
    {
        if (url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            return IPAddress.TryParse(url.IdnHost, out var address) && PublicAddresses.Include(address);
        }

        // A name without a dot, or with a number at its end, is a machine nearby or an unusual spelling of an address.
        var name = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        var last = name[(name.LastIndexOf('.') + 1)..];
        return name.Contains('.', StringComparison.Ordinal)
            && !last.All(char.IsAsciiDigit)
            && !last.StartsWith("0x", StringComparison.Ordinal)
            && !PrivateDomains.Any(domain => name.EndsWith(domain, StringComparison.Ordinal));
    }
}
