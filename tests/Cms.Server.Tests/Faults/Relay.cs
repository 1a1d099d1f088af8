using System.Net;
using System.Net.Sockets;

namespace Cms.Server.Tests.Faults;

/// <summary>A port that passes everything on to another server, until it is closed. It can be opened again.</summary>
internal sealed class Relay(string host, int port) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _clients = [];
    private TcpListener? _listener;

    /// <summary>The port on this machine.</summary>
    public int Port { get; private set; }

    public void Open()
    {
        TcpListener listener = new(IPAddress.Loopback, Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    /// <summary>Closes the port and every connection.</summary>
    public void Close()
    {
        _listener?.Dispose();
        _listener = null;
        lock (_gate)
        {
            _clients.ForEach(client => client.Dispose());
            _clients.Clear();
        }
    }

    public void Dispose() => Close();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                TcpClient server = new();
                lock (_gate)
                {
                    _clients.AddRange([client, server]);
                }

                await server.ConnectAsync(host, port);
                _ = PassAsync(client, server);
                _ = PassAsync(server, client);
            }
        }
        catch (Exception closed)
            when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The port was closed.
        }
    }

    private static async Task PassAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception closed) when (closed is IOException or InvalidOperationException)
        {
            // One side has closed the connection.
        }
        finally
        {
            to.Dispose();
        }
    }
}
