using System.Net;
using System.Net.Sockets;

namespace Cms.Webhooks;

/// <summary>Decides which IP addresses the server may send requests to: those of the public internet.</summary>
public static class PublicAddresses
{
    // The special-purpose addresses of IANA, multicast, and the address of Azure's platform services.
    private static readonly IPNetwork[] SpecialV4 = Networks(
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
            + "192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
            + "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
    );

    // Only these addresses of IPv6 are global. The exceptions are special, or lead to an IPv4 address that a translator
    // chooses (Teredo, 6to4), so that its check would be missed.
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialV6 = Networks(
        "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20"
    );

    /// <summary>Returns whether an address is on the public internet.</summary>
    public static bool Include(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !SpecialV4.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6
                && GlobalV6.Contains(address)
                && !SpecialV6.Any(network => network.Contains(address)),
            _ => false,
        };
    }

    private static IPNetwork[] Networks(string list) => [.. list.Split(' ').Select(IPNetwork.Parse)];
}
