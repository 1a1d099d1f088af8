using System.Net;
using System.Net.Sockets;
using Cms.Webhooks;

namespace Cms.Server.Webhooks;

/// <summary>Finds the addresses of a host.</summary>
/// <param name="host">The name of the host.</param>
/// <param name="cancellationToken">Cancelled when the attempt takes too long.</param>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>
/// Opens the connections of webhooks. It resolves the name itself, refuses it if any of its addresses is not public, and
/// connects only to the addresses that it has checked, so that a name cannot change its address in between.
/// </summary>
internal sealed class AddressGuard(WebhookSettings settings, ResolveHost resolve)
{
    /// <exception cref="AddressRefusedException">An address is not public.</exception>
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(address => IsAllowed(context, address)))
        {
            throw new AddressRefusedException(
                $"{host} has an address that is not on the public internet, so nothing was sent. Correct its DNS, or use a different address."
            );
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // For tests and development, an address that names this machine itself leads to it.
    private bool IsAllowed(SocketsHttpConnectionContext context, IPAddress address) =>
        PublicAddresses.Include(address)
        || (
            settings.AllowLoopback
            && IPAddress.IsLoopback(address)
            && context.InitialRequestMessage.RequestUri is { IsLoopback: true }
        );
}

/// <summary>The host of a webhook leads to an address that is not public.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
