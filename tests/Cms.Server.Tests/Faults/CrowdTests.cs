using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Faults;

/// <summary>
/// Very many clients, and clients that read or write slowly. To wait also until clients that never finish their headers are
/// disconnected, set <c>CMS_TEST_OUTAGE_SECONDS</c> to 30 or more.
/// </summary>
[Needs("process")]
public sealed class CrowdTests(CrowdTests.Host host) : FaultSuite, IClassFixture<CrowdTests.Host>
{
    private const int Connections = 2_000;

    // More than the server executes and queues at the same time.
    private const int Senders = 300;

    // More than the server executes at the same time.
    private const int Readers = 60;
    private const long MostMemory = 400_000_000;

    private const string Stream = "subscription { articlePublished { article { headline } } }";

    private static readonly string Large =
        "{ "
        + string.Concat(
            Enumerable.Range(0, 80).Select(i => $"a{i}: articles(first: 1) {{ nodes {{ body {{ html }} }} }} ")
        )
        + "}";

    private static readonly TimeSpan Drip = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Two_thousand_connections_are_held_and_half_of_them_receive_what_is_published()
    {
        var server = host.Server;
        await PublishAsync(server, "Before");
        var before = server.Memory;
        List<TcpClient> clients = [];
        try
        {
            for (var i = 0; i < Connections; i++)
            {
                clients.Add(
                    await (
                        i % 2 == 0
                            ? SendAsync(server, Get("/healthz/live"))
                            : SendAsync(server, Post(Stream, "Accept: text/event-stream\r\n"))
                    )
                );
            }

            // Idle connections have their response, and streams have begun.
            await Task.WhenAll(clients.Select(client => ReadUntilAsync(client, "HTTP/1.1 200 OK"))).WaitAsync(Longest);
            await PublishAsync(server, "Everybody hears this");
            await Task.WhenAll(
                    clients.Where((_, i) => i % 2 == 1).Select(client => ReadUntilAsync(client, "Everybody hears this"))
                )
                .WaitAsync(Longest);
            Assert.Equal(HttpStatusCode.OK, (await AskAnewAsync(server)).Status);
            Assert.InRange(server.Memory - before, long.MinValue, MostMemory);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        await ReadyAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await AskAnewAsync(server)).Status);
    }

    [Fact]
    public async Task Clients_that_do_not_read_are_disconnected_and_meanwhile_others_are_served()
    {
        var server = host.Server;
        await CreateLargeAsync(server);
        var length = (await AskAnonymouslyAsync(server, Large)).Text.Length;
        Assert.True(length > 80 * 50_000);
        var before = server.Memory;
        List<TcpClient> clients = [];
        try
        {
            for (var i = 0; i < Readers; i++)
            {
                clients.Add(await SendAsync(server, Post(Large, ""), receiveBuffer: 4_096));
            }

            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(HttpStatusCode.OK, (await AskAnewAsync(server)).Status);
            }

            Assert.Equal(HttpStatusCode.OK, (await CreateAsync(server, "During")).Status);
            await DisconnectedAsync(clients);

            // A response can be in memory as text, with two bytes for each letter, and as the bytes to send.
            Assert.InRange(server.Memory - before, long.MinValue, 3L * length * Readers);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        await ReadyAsync(server);
    }

    [Fact]
    public async Task Clients_that_send_very_slowly_are_disconnected_and_meanwhile_others_are_served()
    {
        var server = host.Server;
        var before = server.Memory;
        List<TcpClient> bodies = [];
        List<TcpClient> headers = [];
        using CancellationTokenSource enough = new();
        List<Task> sending = [];
        try
        {
            for (var i = 0; i < Senders; i++)
            {
                bodies.Add(await SendAsync(server, Encoding.ASCII.GetBytes(Head(100_000, ""))));
                headers.Add(
                    await SendAsync(server, "POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-Slow: "u8.ToArray())
                );
            }

            sending.Add(DripAsync([.. bodies, .. headers], enough.Token));
            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(HttpStatusCode.OK, (await AskAnewAsync(server)).Status);
            }

            Assert.Equal(HttpStatusCode.OK, (await CreateAsync(server, "During")).Status);
            await DisconnectedAsync(bodies);
            if (Outage >= TimeSpan.FromSeconds(30))
            {
                await DisconnectedAsync(headers);
            }

            Assert.InRange(server.Memory - before, long.MinValue, MostMemory);
        }
        finally
        {
            await enough.CancelAsync();
            await Task.WhenAll(sending);
            bodies.ForEach(client => client.Dispose());
            headers.ForEach(client => client.Dispose());
        }

        await ReadyAsync(server);
    }

    // Publishes an article of 50 kB, so that the response to Large has 4 MB. The buffers of both sides hold less.
    private static async Task CreateLargeAsync(ServingProcess server)
    {
        var created = await CreateAsync(server, "Large", new string('x', 50_000));
        var id = (string)created.Data["createArticle"]!["article"]!["id"]!;
        var published = await AskAsync(
            server,
            $$"""mutation { publishArticle(input: { id: "{{id}}" }) { errors { __typename } } }"""
        );
        Assert.Empty(published.Data["publishArticle"]!["errors"]!.AsArray());
    }

    private static async Task<TcpClient> SendAsync(ServingProcess server, byte[] request, int? receiveBuffer = null)
    {
        TcpClient client = new();
        if (receiveBuffer is { } size)
        {
            client.ReceiveBufferSize = size;
        }

        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
        await client.GetStream().WriteAsync(request);
        return client;
    }

    private static async Task ReadUntilAsync(TcpClient client, string text)
    {
        var stream = client.GetStream();
        var buffer = new byte[8_192];
        StringBuilder seen = new();
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer);
            Assert.True(read > 0, $"The server closed the connection after: {seen}");
            seen.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    // Waits until the server has closed each connection. Nothing is read before that.
    private static Task DisconnectedAsync(IEnumerable<TcpClient> clients) =>
        UntilAsync(() => Task.FromResult(clients.All(IsClosed)), "The server keeps slow clients.");

    // Sending fails when the other side has closed the connection.
    private static bool IsClosed(TcpClient client)
    {
        try
        {
            return client.Client.Send([(byte)'x']) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    // Sends one byte each second to everybody who still takes it.
    private static async Task DripAsync(IReadOnlyList<TcpClient> clients, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Drip);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                foreach (var client in clients)
                {
                    IsClosed(client);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test has ended.
        }
    }

    private static byte[] Get(string path) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private static byte[] Post(string query, string header)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { query });
        return [.. Encoding.ASCII.GetBytes(Head(body.Length, header)), .. body];
    }

    private static string Head(int length, string header) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{header}Content-Length: {length}\r\n\r\n"
        );

    /// <summary>One server for all crowds.</summary>
    public sealed class Host : FaultSuite
    {
        public ServingProcess Server { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            Server = await StartAsync("--Cms:Streams:SendTimeout=00:00:05");
        }

        public override async Task DisposeAsync()
        {
            Server.Dispose();
            await base.DisposeAsync();
        }
    }
}
