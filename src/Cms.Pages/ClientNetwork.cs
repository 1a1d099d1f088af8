using System.Net;
using System.Net.Sockets;

namespace Cms.Pages;

/// <summary>Names the network of a client, for limits that count each client.</summary>
public static class ClientNetwork
{
    // The first half of an IPv6 address names the network of one client, who can choose the second half.
    private const int NetworkBytes = 8;

    /// <summary>
    /// Returns the IPv4 address of a client, or the /64 network of its IPv6 address. Returns an empty text if the
    /// address is not known.
    /// </summary>
    public static string KeyOf(IPAddress? client)
    {
        if (client is null)
        {
            return "";
        }

        var address = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }
}
