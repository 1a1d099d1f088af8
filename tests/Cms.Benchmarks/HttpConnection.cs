using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Cms.Benchmarks;

/// <summary>One kept-alive connection with as little around the socket as HTTP allows.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };
    private byte[] _buffer = new byte[128 * 1024];

    public static async Task<HttpConnection> OpenAsync(int port)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>Sends a request and gives its answer's body, good until the next request.</summary>
    /// <exception cref="InvalidDataException">Not a 200 with data.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        var (read, end) = (0, -1);
        while (end < 0)
        {
            read += await ReceiveAsync(read);
            end = _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }

        var length = ContentLength(_buffer.AsSpan(0, end));
        var (start, whole) = (end + 4, end + 4 + length);
        if (whole > _buffer.Length)
        {
            Array.Resize(ref _buffer, whole * 2);
        }

        while (read < whole)
        {
            read += await ReceiveAsync(read);
        }

        var body = _buffer.AsMemory(start, length);
        return _buffer.AsSpan().StartsWith("HTTP/1.1 200"u8) && body.Span.StartsWith("{\"data\":"u8)
            ? body
            : throw new InvalidDataException(System.Text.Encoding.UTF8.GetString(_buffer.AsSpan(0, whole)));
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int at) =>
        await _socket.ReceiveAsync(_buffer.AsMemory(at)) is > 0 and var count
            ? count
            : throw new IOException("The server closed the connection.");

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _)
            ? length
            : throw new InvalidDataException("An answer without a length.");
    }
}
