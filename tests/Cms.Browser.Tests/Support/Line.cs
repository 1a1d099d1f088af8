using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Cms.Browser.Tests.Support;

/// <summary>A network between a browser and the site that tests can cut. The site has the address of the line.</summary>
public sealed class Line : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, byte> _open = [];
    private readonly Uri _site;
    private readonly IPEndPoint _here;
    private Action _stop;
    private Task _accepting;

    /// <summary>Opens a line to the site.</summary>
    public Line(Uri site)
    {
        _site = site;
        (_stop, _accepting, _here) = Listen(new IPEndPoint(IPAddress.Loopback, 0));
        Address = new Uri(FormattableString.Invariant($"http://localhost:{_here.Port}/"));
    }

    /// <summary>The address of the site on this line.</summary>
    public Uri Address { get; }

    /// <summary>Breaks all connections and refuses new ones.</summary>
    public async Task CutAsync()
    {
        _stop();
        await _accepting;
        foreach (var socket in _open.Keys)
        {
            Close(socket);
        }
    }

    /// <summary>Accepts connections again.</summary>
    public void Mend() => (_stop, _accepting, _) = Listen(_here);

    public async ValueTask DisposeAsync() => await CutAsync();

    private (Action Stop, Task Accepting, IPEndPoint Here) Listen(IPEndPoint at)
    {
        TcpListener listener = new(at);
        listener.Start();
        return (listener.Dispose, AcceptAsync(listener), (IPEndPoint)listener.LocalEndpoint);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = JoinAsync(await listener.AcceptSocketAsync());
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The line was cut.
        }
    }

    private async Task JoinAsync(Socket near)
    {
        Socket far = new(SocketType.Stream, ProtocolType.Tcp);
        _open.TryAdd(near, 0);
        _open.TryAdd(far, 0);
        try
        {
            await far.ConnectAsync(_site.Host, _site.Port);
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // One of the two has left.
        }
        finally
        {
            Close(near);
            Close(far);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16_384];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                for (var sent = 0; sent < read; )
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
                }
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // One of the two has left.
        }
    }

    private void Close(Socket socket)
    {
        if (_open.TryRemove(socket, out _))
        {
            socket.Dispose();
        }
    }
}
