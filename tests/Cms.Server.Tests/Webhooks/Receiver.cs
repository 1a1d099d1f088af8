using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cms.Server.Tests.Webhooks;

/// <summary>A program on this machine that receives webhooks and remembers what it got.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedWebhook> _received = [];
    private readonly SemaphoreSlim _more = new(0);

    private Receiver(WebApplication app) => _app = app;

    /// <summary>How it answers. It accepts everything by default.</summary>
    public Func<HttpContext, ReceivedWebhook, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public string Url { get; private set; } = "";

    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    /// <summary>Starts a receiver.</summary>
    /// <param name="port">The port; 0 for any.</param>
    public static async Task<Receiver> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(FormattableString.Invariant($"http://127.0.0.1:{port}"));
        Receiver receiver = new(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        receiver.Url = $"{receiver._app.Urls.Single()}/hook";
        return receiver;
    }

    /// <summary>Returns the next message, in the order in which they arrived.</summary>
    public async Task<ReceivedWebhook> NextAsync()
    {
        if (!await _more.WaitAsync(Longest))
        {
            throw new TimeoutException("No webhook arrived.");
        }

        return Received[Interlocked.Increment(ref _read) - 1];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _more.Dispose();
    }

    private int _read;

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var received = new ReceivedWebhook(
            http.Request.Headers.ToDictionary(
                header => header.Key,
                header => $"{header.Value}",
                StringComparer.OrdinalIgnoreCase
            ),
            await reader.ReadToEndAsync()
        );
        _received.Enqueue(received);
        try
        {
            await Answer(http, received);
        }
        finally
        {
            _more.Release();
        }
    }
}

/// <summary>A request that a receiver got.</summary>
internal sealed record ReceivedWebhook(IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public JsonNode Json => field ??= JsonNode.Parse(Body)!;

    public string Type => (string)Json["type"]!;

    public string? Subject => (string?)(Json["change"] ?? Json["data"])!["id"];

    public long? Seq => (long?)(Json["change"] ?? Json["data"])!["seq"];
}
