using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Media;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.Outages;

/// <summary>
/// A client that disconnects during a response or an upload is not logged as an error, and other clients are served.
/// </summary>
[Needs("server")]
public sealed class DepartureTests : AccessSuite
{
    private const string Mark = "Leaves";

    private readonly LogCapture _log = new();
    private readonly FirstRequest _disconnecting = new() { Matters = request => request.Headers.ContainsKey(Mark) };

    protected override Action<IServiceCollection> More =>
        services => services.AddSingleton<ILoggerProvider>(_log).AddSingleton<IStartupFilter>(_disconnecting);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_can_disconnect_from_an_idle_stream(bool isReset)
    {
        using (var client = await SubscribeAsync("articlePublished { articleId }"))
        {
            await ReadUntilAsync(client, "\n:\n");
            Assert.False(_disconnecting.Finished.IsCompleted);
            Disconnect(client, isReset);
        }

        await AssertStillServedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_can_disconnect_from_a_stream_with_unread_events(bool isReset)
    {
        var begin = (string)
            (await Server.QueryAsync("{ changes(first: 1) { endCursor } }"))["data"]!["changes"]!["endCursor"]!;
        var body = string.Concat(
            Enumerable.Range(0, 60).Select(i => $"b{i}: body {{ json html markdown plainText }} ")
        );
        using (var client = await SubscribeAsync($"articlePublished(after: \"{begin}\") {{ article {{ {body} }} }}"))
        {
            await ReadUntilAsync(client, "event: next");
            Assert.False(_disconnecting.Finished.IsCompleted);
            Disconnect(client, isReset);
        }

        await AssertStillServedAsync();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task A_client_can_disconnect_while_it_receives_an_image(bool isStored, bool isReset)
    {
        var url = await LargeImageAsync();
        if (isStored)
        {
            using var made = await Server.Client.GetAsync(url);
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        }

        using (var client = await ConnectAsync($"GET {url}"))
        {
            await ReadUntilAsync(client, "image/png");
            Assert.False(_disconnecting.Finished.IsCompleted);
            Disconnect(client, isReset);
        }

        await AssertStillServedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_can_disconnect_while_it_uploads_a_file_with_a_ticket(bool isReset)
    {
        using var opened = await AskAsync(
            """mutation { createMediaUpload(input: { fileName: "grain.jpg" }) { upload { uploadUrl } } }""",
            Token("Author")
        );
        var url = JsonNode.Parse(await opened.Content.ReadAsStringAsync())!["data"]!["createMediaUpload"]!["upload"]![
            "uploadUrl"
        ]!;

        await AbortUploadAsync($"PUT {url}", "Content-Type: application/octet-stream\r\n", [], isReset);

        await AssertStillServedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_can_disconnect_while_it_uploads_a_form_with_a_file(bool isReset)
    {
        await AbortUploadAsync(
            "POST /media",
            $"Authorization: Bearer {Token("Author")}\r\nContent-Type: multipart/form-data; boundary=edge\r\n",
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"grain.jpg\"\r\n\r\n"u8.ToArray(),
            isReset
        );

        await AssertStillServedAsync();
    }

    // Declares a longer body than it sends, and then disconnects.
    private async Task AbortUploadAsync(string request, string headers, byte[] before, bool isReset)
    {
        var half = (byte[])[.. before, .. Files.Jpeg()[..10_000]];
        using var client = await ConnectAsync(request, $"{headers}Content-Length: {10 * half.Length}\r\n", half);
        await ReceivedAsync();
        Assert.False(_disconnecting.Finished.IsCompleted);
        Disconnect(client, isReset);
    }

    private Task<TcpClient> SubscribeAsync(string field)
    {
        var request = JsonSerializer.SerializeToUtf8Bytes(new { query = $"subscription {{ {field} }}" });
        return ConnectAsync(
            "POST /graphql",
            $"Accept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: {request.Length}\r\n",
            request
        );
    }

    // Data that the client does not read fills its small receive buffer, and then the server's send buffer.
    private async Task<TcpClient> ConnectAsync(string request, string headers = "", byte[]? body = null)
    {
        var client = new TcpClient { ReceiveBufferSize = 4_096 };
        await client.ConnectAsync(Server.Client.BaseAddress!.Host, Server.Client.BaseAddress.Port);
        await client.Client.SendAsync(
            (byte[])
                [
                    .. Encoding.ASCII.GetBytes(
                        $"{request} HTTP/1.1\r\nHost: localhost\r\n{Mark}: yes\r\n{headers}\r\n"
                    ),
                    .. body ?? [],
                ]
        );
        return client;
    }

    private static async Task ReadUntilAsync(TcpClient client, string text)
    {
        using var late = new CancellationTokenSource(Longest);
        var read = new StringBuilder();
        var buffer = new byte[1_024];
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await client.Client.ReceiveAsync(buffer, late.Token);
            Assert.True(count > 0, $"The server closed the connection after {read}");
            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }

    // Waits until the store has part of the file. The file has a temporary name until it is complete.
    private async Task ReceivedAsync()
    {
        using var late = new CancellationTokenSource(Longest);
        var remnants = Path.Combine(Server.Folder, "media", "tmp");
        while (
            !Directory.Exists(remnants) || !new DirectoryInfo(remnants).EnumerateFiles().Any(file => file.Length > 0)
        )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), late.Token);
        }
    }

    // Resets the connection, as a killed client does, or closes it normally.
    private static void Disconnect(TcpClient client, bool isReset)
    {
        if (isReset)
        {
            client.Client.LingerState = new LingerOption(true, 0);
        }

        client.Close();
    }

    private async Task<string> LargeImageAsync()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Files.Grain()), "file", "grain.jpg" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/media") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token("Author"));
        using var response = await Server.Client.SendAsync(request);
        var stored = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
        var source = new RenditionSource
        {
            Id = EntityId.Parse<MediaId>((string)stored!["id"]!)!.Value,
            Rev = (int)stored["rev"]!,
            Width = (int)stored["width"]!,
            Height = (int)stored["height"]!,
        };
        return Server
            .Services.GetRequiredService<RenditionUrls>()
            .PrivateUrl(source, source.Width, format: RenditionFormat.Png);
    }

    private async Task AssertStillServedAsync()
    {
        var (status, fault) = await _disconnecting.Finished.WaitAsync(Longest);
        Assert.Null(fault);
        Assert.NotEqual(StatusCodes.Status500InternalServerError, status);
        Assert.Empty(_log.Errors);
        using var next = await AskAsync("{ articles(first: 1) { nodes { headline } } }", token: null);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }
}
