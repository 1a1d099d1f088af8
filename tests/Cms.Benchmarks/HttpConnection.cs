using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cms.Benchmarks;

/// <summary>A keep-alive HTTP connection with as little overhead as possible.</summary>
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

    /// <summary>Sends a request and returns the response body, which is valid until the next request.</summary>
    /// <exception cref="InvalidDataException">The status is not 200, or the response has no data.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request)
    {
        var answer = await AskAsync(request);
        return answer.HasData ? answer.Body : throw new InvalidDataException(answer.ToString());
    }

    /// <summary>Sends a request and returns the response, whatever its status.</summary>
    public async ValueTask<HttpAnswer> AskAsync(ReadOnlyMemory<byte> request)
    {
        var (read, end) = await SendForHeadAsync(request);
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

        return new HttpAnswer(_buffer.AsMemory(0, start), _buffer.AsMemory(start, length));
    }

    /// <summary>
    /// Returns whether the status is 200. The connection is then unusable, because the body is not read.
    /// </summary>
    public async Task<bool> IsGrantedAsync(ReadOnlyMemory<byte> request)
    {
        await SendForHeadAsync(request);
        return _buffer.AsSpan().StartsWith(HttpAnswer.Granted);
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<(int Read, int End)> SendForHeadAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        var (read, end) = (0, -1);
        while (end < 0)
        {
            read += await ReceiveAsync(read);
            end = _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }

        return (read, end);
    }

    private async ValueTask<int> ReceiveAsync(int at) =>
        await _socket.ReceiveAsync(_buffer.AsMemory(at)) is > 0 and var count
            ? count
            : throw new IOException("The server closed the connection.");

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        return head.StartsWith(HttpAnswer.Unchanged) ? 0
            : at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length
            : throw new InvalidDataException("The response has no Content-Length.");
    }
}

/// <summary>A server's response, valid until the next request on its connection.</summary>
internal readonly record struct HttpAnswer(ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body)
{
    public static ReadOnlySpan<byte> Granted => "HTTP/1.1 200"u8;

    public static ReadOnlySpan<byte> Unchanged => "HTTP/1.1 304"u8;

    public bool IsUnchanged => Head.Span.StartsWith(Unchanged);

    public bool IsGranted => Head.Span.StartsWith(Granted);

    public bool HasData => IsGranted && Body.Span.StartsWith("{\"data\":"u8);

    public bool IsImage => IsGranted && Head.Span.IndexOf("\r\nContent-Type: image/webp\r\n"u8) >= 0;

    /// <summary>Whether the response comes from the response cache.</summary>
    public bool IsKept => Head.Span.IndexOf("\r\nCache-Status: Cms; hit\r\n"u8) >= 0;

    /// <summary>Whether the response is a page that the site has kept.</summary>
    public bool IsKeptPage => IsGranted && Head.Span.IndexOf("\r\nCache-Status: site; hit\r\n"u8) >= 0;

    /// <summary>Whether the response is a page that the site has made for the request.</summary>
    public bool IsMadePage => IsGranted && Head.Span.IndexOf("\r\nCache-Status: site; fwd=uri-miss\r\n"u8) >= 0;

    public override string ToString() => Encoding.UTF8.GetString(Head.Span) + Encoding.UTF8.GetString(Body.Span);
}
