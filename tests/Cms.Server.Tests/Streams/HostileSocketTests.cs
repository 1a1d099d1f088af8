using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Streams;

/// <summary>Tests that the server closes a socket with the matching code when the client breaks the protocol.</summary>
[Needs("server")]
public sealed class HostileSocketTests : IAsyncLifetime
{
    private const string Init = """{"type":"connection_init"}""";
    private const string Subscribe =
        """{"type":"subscribe","id":"1","payload":{"query":"subscription { articlePublished { articleId } }"}}""";

    private readonly NewsroomServer _server = new() { Settings = ["--Cms:Streams:SendTimeout=00:00:01"] };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(4400, "garbage")]
    [InlineData(4400, "[]")]
    [InlineData(4400, """{"type":"unheard-of"}""")]
    [InlineData(4400, """{"type":"\ud800"}""")]
    [InlineData(4400, """{"type":"connection_init","payload":{"authorization":"\ud800"}}""")]
    [InlineData(4400, """{"type":"connection_init","payload":{"\ud800":1}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"\ud800","payload":{"query":"{ __typename }"}}""")]
    [InlineData(4400, Init, """{"type":"subscribe"}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":"text"}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":null}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":{}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":{"query":1}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":{"query":["{ __typename }"]}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","variables":"x"}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","extensions":[]}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","operationName":1}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":1,"payload":{"query":"{ __typename }"}}""")]
    [InlineData(4400, Init, """{"type":"ping","payload":1}""")]
    [InlineData(4400, """{"type":"connection_init","payload":"text"}""")]
    [InlineData(4400, """{"type":"connection_init","payload":["token"]}""")]
    [InlineData(4400, """{"type":"connection_init","payload":1}""")]
    [InlineData(4400, """{"type":"connection_init","payload":false}""")]
    [InlineData(4401, Subscribe)]
    [InlineData(4429, Init, Init)]
    [InlineData(4409, Init, Subscribe, Subscribe)]
    public async Task Messages_that_break_the_protocol_close_the_socket_with_the_matching_code(
        int code,
        params string[] messages
    )
    {
        using var socket = await ConnectAsync();
        foreach (var message in messages)
        {
            await SendAsync(socket, message);
        }

        Assert.Equal(code, (int?)(await ClosedAsync(socket)));
    }

    [SkippableFact]
    public async Task The_socket_of_a_client_that_never_sends_connection_init_is_closed_with_4408()
    {
        await using var server = new NewsroomServer
        {
            IsSecond = true,
            Settings = ["--Cms:Streams:InitTimeout=00:00:00.2"],
        };
        await server.InitializeAsync();
        using var socket = await ConnectAsync(server);

        Assert.Equal(4408, (int?)(await ClosedAsync(socket)));
    }

    [Fact]
    public async Task A_message_that_is_too_large_closes_the_socket_with_1009()
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, Init);
        await SendAsync(socket, $$$"""{"type":"ping","payload":{"x":"{{{new string('x', 2_000_000)}}}"}}""");

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await ClosedAsync(socket));
    }

    [Fact]
    public async Task A_client_that_is_still_sending_a_message_that_is_too_large_also_receives_1009()
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, Init);
        var part = Encoding.UTF8.GetBytes(new string('x', 64_000));
        for (var sent = 0; sent < 40_000_000; sent += part.Length)
        {
            await socket.SendAsync(part, WebSocketMessageType.Text, false, default);
        }

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await ClosedAsync(socket));
    }

    [Fact]
    public async Task The_payload_of_connection_init_can_be_null()
    {
        using var socket = await ConnectAsync();
        await SendAsync(socket, """{"type":"connection_init","payload":null}""");

        Assert.Equal("""{"type":"connection_ack"}""", await ReadAsync(socket));
    }

    [Fact]
    public async Task Binary_messages_are_rejected()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, true, default);

        Assert.Equal(4400, (int?)(await ClosedAsync(socket)));
    }

    [Fact]
    public async Task A_page_of_another_origin_cannot_open_a_socket()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Url, default));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task A_page_of_the_server_itself_can_open_a_socket()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Origin", _server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));

        await socket.ConnectAsync(Url, default);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task Another_subprotocol_is_rejected()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-ws");
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Url, default));
        Assert.Equal(HttpStatusCode.BadRequest, socket.HttpStatusCode);
    }

    [Fact]
    public async Task A_client_that_never_reads_is_disconnected_and_other_clients_are_served()
    {
        using var stalled = await ConnectAsync();
        await SendAsync(stalled, Init);
        for (var i = 0; i < 90; i++)
        {
            await SendAsync(
                stalled,
                $$$"""{"type":"subscribe","id":"{{{i}}}","payload":{"query":"{ articles(first: 100) { nodes { headline body { json html markdown plainText } takes { text } } } }"}}"""
            );
        }

        using var listener = await ConnectAsync();
        await SendAsync(listener, Init);
        await SendAsync(listener, """{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}""");
        Assert.Contains("connection_ack", await ReadAsync(listener), StringComparison.Ordinal);
        Assert.Contains("\"Query\"", await ReadAsync(listener), StringComparison.Ordinal);

        // The server also stops reading this client's messages, and then closes the connection.
        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            while (true)
            {
                await SendAsync(stalled, $$$"""{"type":"ping","payload":{"x":"{{{new string('x', 10_000)}}}"}}""");
            }
        });
    }

    [Fact]
    public async Task An_event_stream_that_nobody_reads_is_closed()
    {
        var begin = (string)
            (await _server.QueryAsync("{ changes(first: 1) { endCursor } }"))["data"]!["changes"]!["endCursor"]!;
        var body = string.Concat(
            Enumerable.Range(0, 60).Select(i => $"b{i}: body {{ json html markdown plainText }} ")
        );
        var request = JsonSerializer.SerializeToUtf8Bytes(
            new { query = $"subscription {{ articlePublished(after: \"{begin}\") {{ article {{ {body} }} }} }}" }
        );
        using var stalled = new TcpClient { ReceiveBufferSize = 4_096 };
        await stalled.ConnectAsync(_server.Client.BaseAddress!.Host, _server.Client.BaseAddress.Port);
        await stalled.Client.SendAsync(
            (byte[])
                [
                    .. Encoding.ASCII.GetBytes(
                        $"POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {request.Length}\r\n\r\n"
                    ),
                    .. request,
                ]
        );

        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            while (true)
            {
                await stalled.Client.SendAsync(new byte[10_000]);
            }
        });
    }

    private Uri Url => UrlOf(_server);

    private static Uri UrlOf(NewsroomServer server) => new($"ws://{server.Client.BaseAddress!.Authority}/graphql");

    private Task<ClientWebSocket> ConnectAsync() => ConnectAsync(_server);

    private static async Task<ClientWebSocket> ConnectAsync(NewsroomServer server)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(UrlOf(server), default);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, default);

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var text = new StringBuilder();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, default);
            text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            if (part.EndOfMessage)
            {
                return text.ToString();
            }
        }
    }

    private static async Task<WebSocketCloseStatus?> ClosedAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while ((await socket.ReceiveAsync(buffer, default)).MessageType is not WebSocketMessageType.Close)
        {
            // Skips messages that were already in transit.
        }

        return socket.CloseStatus;
    }
}
