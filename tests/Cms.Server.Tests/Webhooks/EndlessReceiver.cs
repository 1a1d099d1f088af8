using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cms.Server.Tests.Webhooks;

/// <summary>A receiver that replies with a gigabyte, as long as anybody reads it.</summary>
internal sealed class EndlessReceiver : IAsyncDisposable
{
    /// <summary>The length of a reply in bytes.</summary>
    public const long Length = 1_000_000_000;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private long _sent;
    private int _replies;

    public EndlessReceiver()
    {
        _listener.Start();
        Url = FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>The number of bytes that the system has accepted for sending.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public int Replies => Volatile.Read(ref _replies);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> replies = [];
        while (true)
        {
            try
            {
                replies.Add(ReplyAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(replies);
                return;
            }
        }
    }

    private async Task ReplyAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await stream.ReadExactlyAsync(new byte[64], _stopping.Token);
                Interlocked.Increment(ref _replies);
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes(
                        FormattableString.Invariant($"HTTP/1.1 200 OK\r\nContent-Length: {Length}\r\n\r\n")
                    ),
                    _stopping.Token
                );
                var piece = new byte[64 * 1024];
                for (var sent = 0L; sent < Length; sent += piece.Length)
                {
                    await stream.WriteAsync(piece, _stopping.Token);
                    Interlocked.Add(ref _sent, piece.Length);
                }
            }
            catch (Exception over) when (over is IOException or OperationCanceledException)
            {
                // The server reads no more.
            }
        }
    }
}
