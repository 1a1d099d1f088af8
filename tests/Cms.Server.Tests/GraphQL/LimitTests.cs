using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Changes;
using Cms.People;
using Cms.Server.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.GraphQL;

/// <summary>Limits on cost, rate and concurrency protect the server and its other callers.</summary>
[Needs("server")]
public sealed class LimitTests
{
    private const string Sized =
        "query($first: Int!) { articles(first: $first) { nodes { headline takes { text persona { name } } tags { name } } } }";

    [Theory]
    [InlineData(1, 1 + 14)]
    [InlineData(20, 1 + (20 * 14))]
    [InlineData(100, 1 + (100 * 14))]
    public async Task The_cost_of_an_operation_depends_on_its_arguments(int first, int cost)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Headers.Add("GraphQL-Cost", "report");
        request.Content = JsonContent.Create(new { query = Sized, variables = new { first } });
        using var response = await server.Client.SendAsync(request);
        var answer = await ReadAsync(response);

        Assert.Equal(cost, (int)answer["extensions"]!["cost"]!["requested"]!);
        Assert.Equal(5_000, (int)answer["extensions"]!["cost"]!["limit"]!);
        Assert.NotNull(answer["data"]);
    }

    [Theory]
    [InlineData("{ articles(first: 100) { nodes { takes { article { takes { article { takes { text } } } } } } } }")]
    [InlineData(
        "{ articles(first: 100) { edges { node { ...A } } } } fragment A on Article { takes { ...T } } fragment T on Take { article { takes { article { takes { article { slug } } } } } }"
    )]
    public async Task An_operation_over_the_cost_limit_is_rejected_before_it_reads_anything(string query)
    {
        await using var server = await StartAsync();
        server.Statements.Take();

        var answer = await server.QueryAsync(query);

        Assert.Equal("COST_EXCEEDED", (string?)answer["errors"]![0]!["extensions"]!["code"]);
        Assert.Contains("the limit is 5000", (string?)answer["errors"]![0]!["message"], StringComparison.Ordinal);
        Assert.Null(answer["data"]);
        Assert.Empty(server.Statements.Take());
    }

    [Fact]
    public async Task An_address_over_the_rate_limit_gets_429_with_Retry_After_and_cached_answers_do_not_count()
    {
        await using var server = await StartAsync("--Cms:Limits:AnonymousPerSecond=1", "--Cms:Limits:AnonymousBurst=3");
        await server.Services.GetRequiredService<ChangeFeed>().StartAsync(default);

        List<HttpStatusCode> statuses = [];
        for (var i = 0; i < 20; i++)
        {
            using var response = await PostAsync(server, "{ articles(first: 1) { nodes { slug } } }");
            statuses.Add(response.StatusCode);
        }

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        using var refused = await RefusedAsync(server);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("1", refused.Headers.NonValidated["Retry-After"].ToString());
        Assert.Equal("\"anonymous\";q=3;w=3", refused.Headers.NonValidated["RateLimit-Policy"].ToString());
        Assert.StartsWith(
            "\"anonymous\";r=0",
            refused.Headers.NonValidated["RateLimit"].ToString(),
            StringComparison.Ordinal
        );
        Assert.Equal("RATE_LIMITED", (string?)(await ReadAsync(refused))["errors"]![0]!["extensions"]!["code"]);
    }

    [Fact]
    public async Task A_request_is_rejected_when_all_slots_are_taken_and_the_queue_is_full()
    {
        await using var server = await StartAsync("--Cms:Limits:Concurrent=1", "--Cms:Limits:Queued=0");
        using (await EnterAsync(server))
        {
            using var refused = await PostAsync(server, "{ __typename }");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("1", refused.Headers.NonValidated["Retry-After"].ToString());
            Assert.Equal("OVERLOADED", (string?)(await ReadAsync(refused))["errors"]![0]!["extensions"]!["code"]);
        }

        using var answered = await PostAsync(server, "{ __typename }");
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_response_does_not_delay_others()
    {
        await using var server = await StartAsync("--Cms:Limits:Concurrent=1", "--Cms:Limits:Queued=0");
        var bodies = string.Concat(Enumerable.Range(0, 30).Select(i => $"b{i}: body {{ json html }} "));
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { query = $"{{ articles(first: 30) {{ nodes {{ {bodies} }} }} }}" }
        );
        using var deaf = new TcpClient { ReceiveBufferSize = 4_096 };
        await deaf.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
        await deaf.Client.SendAsync(
            (byte[])
                [
                    .. Encoding.ASCII.GetBytes(
                        $"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"
                    ),
                    .. body,
                ]
        );

        // The status line has arrived, so the operation has finished. Most of its response is still unread.
        var head = new byte[12];
        await deaf.GetStream().ReadExactlyAsync(head);
        using var another = await PostAsync(server, "{ __typename }");

        Assert.Equal("HTTP/1.1 200", Encoding.ASCII.GetString(head));
        Assert.Equal(HttpStatusCode.OK, another.StatusCode);
    }

    [Fact]
    public async Task Operations_over_sockets_and_streams_need_a_slot_like_all_others()
    {
        await using var server = await StartAsync("--Cms:Limits:Concurrent=1", "--Cms:Limits:Queued=0");
        using var socket = await SocketAsync(server);
        using (await EnterAsync(server))
        {
            Assert.Contains("\"OVERLOADED\"", await AskAsync(socket, "{ __typename }"), StringComparison.Ordinal);
            using var stream = await StreamAsync(server);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, stream.StatusCode);
        }

        Assert.Contains("\"Query\"", await AskAsync(socket, "{ __typename }"), StringComparison.Ordinal);

        // An open subscription does not occupy a slot.
        using var listening = await StreamAsync(server);
        Assert.Equal(HttpStatusCode.OK, listening.StatusCode);
        Assert.Contains("\"Query\"", await AskAsync(socket, "{ __typename }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_over_a_socket_count_towards_the_rate_limit_of_the_address()
    {
        await using var server = await StartAsync("--Cms:Limits:AnonymousPerSecond=1", "--Cms:Limits:AnonymousBurst=3");
        using var socket = await SocketAsync(server);

        var answers = new List<string>();
        while (answers.Count < 50 && !answers.Any(x => x.Contains("RATE_LIMITED", StringComparison.Ordinal)))
        {
            answers.Add(await AskAsync(socket, "{ __typename }"));
        }

        Assert.Contains("\"RATE_LIMITED\"", answers[^1], StringComparison.Ordinal);
        Assert.InRange(answers.Count, 4, 49);
        using var refused = await RefusedAsync(server);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    private static async Task<IDisposable> EnterAsync(NewsroomServer server) =>
        await server
            .Services.GetRequiredService<RequestLimiter>()
            .EnterAsync(Viewer.Anonymous, IPAddress.Loopback, null, default);

    private static async Task<ClientWebSocket> SocketAsync(NewsroomServer server)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new Uri($"ws://{server.Client.BaseAddress!.Authority}/graphql"), default);
        await SendAsync(socket, new { type = "connection_init" });
        Assert.Equal("""{"type":"connection_ack"}""", await ReceiveAsync(socket));
        return socket;
    }

    // Returns the answer to a query or its error. Both end the operation.
    private static async Task<string> AskAsync(ClientWebSocket socket, string query)
    {
        await SendAsync(
            socket,
            new
            {
                type = "subscribe",
                id = "1",
                payload = new { query },
            }
        );
        var answer = await ReceiveAsync(socket);
        if (answer.Contains("\"next\"", StringComparison.Ordinal))
        {
            Assert.Equal("""{"type":"complete","id":"1"}""", await ReceiveAsync(socket));
        }

        return answer;
    }

    private static Task SendAsync(ClientWebSocket socket, object message) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, default);

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4_096];
        var part = await socket.ReceiveAsync(buffer, default);
        Assert.True(part.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }

    private static async Task<HttpResponseMessage> StreamAsync(NewsroomServer server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Content = JsonContent.Create(new { query = "subscription { articlePublished { articleId } }" });
        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    // The queries differ so that none is cached. The budget grows by one request each second, so this can send more
    // than four requests.
    private static async Task<HttpResponseMessage> RefusedAsync(NewsroomServer server)
    {
        for (var i = 0; ; i++)
        {
            var response = await PostAsync(server, $"{{ a{i}: __typename }}");
            if (response.StatusCode is not HttpStatusCode.OK || i == 50)
            {
                return response;
            }

            response.Dispose();
        }
    }

    private static Task<HttpResponseMessage> PostAsync(NewsroomServer server, string query) =>
        server.Client.PostAsJsonAsync("/graphql", new { query });

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    private static async Task<NewsroomServer> StartAsync(params string[] settings)
    {
        var server = new NewsroomServer { Settings = settings };
        await ((IAsyncLifetime)server).InitializeAsync();
        return server;
    }
}
