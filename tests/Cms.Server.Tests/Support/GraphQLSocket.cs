using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Cms.Server.Tests.Support;

/// <summary>A graphql-transport-ws client that sends the given headers.</summary>
public sealed class GraphQLSocket : IDisposable
{
    // A test that takes longer fails, so that a missing message does not block all tests.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _late = new(Longest);
    private int _operations;

    public GraphQLSocket(params IEnumerable<(string Name, string Value)> headers)
    {
        _socket.Options.AddSubProtocol("graphql-transport-ws");
        _socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            _socket.Options.SetRequestHeader(name, value);
        }
    }

    /// <summary>Opens the socket and sends <c>connection_init</c>.</summary>
    public Task OpenAsync(NewsroomServer server) => OpenAsync(server.Client.BaseAddress!);

    /// <inheritdoc cref="OpenAsync(NewsroomServer)" />
    /// <param name="server">The address of the server.</param>
    /// <param name="payload">The payload of <c>connection_init</c>; null for none.</param>
    public async Task OpenAsync(Uri server, object? payload = null)
    {
        await _socket.ConnectAsync(AddressOf(server), _late.Token);
        await SendAsync(
            payload is null
                ? """{"type":"connection_init"}"""
                : JsonSerializer.Serialize(new { type = "connection_init", payload })
        );
        Assert.Equal("""{"type":"connection_ack"}""", await ReadAsync());
    }

    /// <summary>Asserts that the server rejects the connection, and returns the HTTP status.</summary>
    public async Task<HttpStatusCode> RefusedAsync(NewsroomServer server)
    {
        await Assert.ThrowsAsync<WebSocketException>(() =>
            _socket.ConnectAsync(AddressOf(server.Client.BaseAddress!), _late.Token)
        );
        return _socket.HttpStatusCode;
    }

    /// <summary>Sends a query, and returns the payload of its only result or of its error.</summary>
    public async Task<JsonNode> AskAsync(string query)
    {
        var id = await BeginAsync(query);
        var answer = JsonNode.Parse(await ReadAsync())!;
        Assert.Equal(id, (string?)answer["id"]);
        if ((string?)answer["type"] == "next")
        {
            Assert.Equal($$"""{"type":"complete","id":"{{id}}"}""", await ReadAsync());
        }

        return answer["payload"]!;
    }

    /// <summary>Starts an operation without waiting for a result, and returns its id.</summary>
    public async Task<string> BeginAsync(string query, object? variables = null)
    {
        var id = $"q{_operations++}";
        await SendAsync(
            JsonSerializer.Serialize(
                new
                {
                    type = "subscribe",
                    id,
                    payload = new { query, variables },
                }
            )
        );
        return id;
    }

    /// <summary>Returns the payload of the next message, which is an event or an error of the operation.</summary>
    /// <param name="id">The id of the operation.</param>
    public async Task<JsonNode> NextAsync(string id)
    {
        var message = JsonNode.Parse(await ReadAsync())!;
        Assert.Equal(id, (string?)message["id"]);
        return message["payload"]!;
    }

    /// <summary>Returns the code and the reason with which the server closes the socket.</summary>
    public async Task<(int? Code, string? Reason)> ClosedAsync()
    {
        while (_socket.State is WebSocketState.Open)
        {
            await ReadAsync();
        }

        return ((int?)_socket.CloseStatus, _socket.CloseStatusDescription);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _late.Dispose();
    }

    private static Uri AddressOf(Uri server) => new($"ws://{server.Authority}/graphql");

    private Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, _late.Token);

    /// <summary>Returns the next message.</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        var read = await _socket.ReceiveAsync(buffer, _late.Token);
        Assert.True(read.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }
}
