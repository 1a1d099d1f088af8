using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.WebSockets;
using System.Text.Json;

namespace Cms.Benchmarks;

/// <summary>A graphql-transport-ws client that subscribes to published articles.</summary>
internal sealed class Subscriber : IDisposable
{
    private const string Query =
        "subscription($after: String) { articlePublished(after: $after) { cursor article { headline } } }";

    // In a cursor, the number follows a version byte and the log's epoch.
    private const int NumberAt = 1 + 16;

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[8 * 1024];

    /// <summary>Connects, sends <c>connection_init</c> and subscribes.</summary>
    public static async Task<Subscriber> OpenAsync(int port, string? after)
    {
        var subscriber = new Subscriber();
        subscriber._socket.Options.AddSubProtocol("graphql-transport-ws");
        await subscriber._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/graphql"), CancellationToken.None);
        await subscriber.SendAsync(new { type = "connection_init" });
        await subscriber.ReceiveAsync();
        await subscriber.SendAsync(
            new
            {
                id = "1",
                type = "subscribe",
                payload = new { query = Query, variables = new { after } },
            }
        );
        return subscriber;
    }

    /// <summary>Receives the given number of changes.</summary>
    /// <exception cref="InvalidDataException">A change is missing, repeated or out of order.</exception>
    public async Task FollowAsync(long after, int changes)
    {
        for (var expected = after + 1; expected <= after + changes; expected++)
        {
            using var message = JsonDocument.Parse(await ReceiveAsync());
            var change =
                message.RootElement.GetProperty("type").GetString() == "next"
                    ? message.RootElement.GetProperty("payload").GetProperty("data").GetProperty("articlePublished")
                    : throw new InvalidDataException(message.RootElement.ToString());
            var number = NumberOf(change.GetProperty("cursor").GetString()!);
            if (number != expected || change.GetProperty("article").ValueKind is not JsonValueKind.Object)
            {
                throw new InvalidDataException($"Expected change {expected}, but received {change} ({number}).");
            }
        }
    }

    /// <summary>Returns the headline of the next article that is published.</summary>
    public async Task<string> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var message = JsonDocument.Parse(await ReceiveAsync(cancellationToken));
            switch (message.RootElement.GetProperty("type").GetString())
            {
                case "next":
                    return message
                            .RootElement.GetProperty("payload")
                            .GetProperty("data")
                            .GetProperty("articlePublished")
                            .GetProperty("article")
                            .GetProperty("headline")
                            .GetString()
                        ?? "";
                case "ping":
                    await SendAsync(new { type = "pong" });
                    break;
                case "pong":
                    break;
                default:
                    throw new InvalidDataException(message.RootElement.ToString());
            }
        }
    }

    /// <summary>Returns the change's number in the log.</summary>
    public static long NumberOf(string cursor) =>
        BinaryPrimitives.ReadInt64BigEndian(Base64Url.DecodeFromChars(cursor).AsSpan(NumberAt));

    public void Dispose() => _socket.Dispose();

    private Task SendAsync(object message) =>
        _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(message),
            WebSocketMessageType.Text,
            true,
            CancellationToken.None
        );

    private async Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        for (var length = 0; ; )
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (part.MessageType is WebSocketMessageType.Close)
            {
                throw new InvalidDataException($"The server closed the connection: {_socket.CloseStatusDescription}");
            }

            if (part.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }
        }
    }
}
