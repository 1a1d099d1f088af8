using System.Text.Json;
using Cms.Server.Tests.Telemetry;

namespace Cms.Benchmarks;

/// <summary>Receives the webhooks and the metrics of a server on this machine.</summary>
internal sealed class SoakReceiver : IAsyncDisposable
{
    private const string HeapSize = "dotnet.gc.last_collection.heap.size";

    private readonly WebApplication _app;
    private long _heap;

    private SoakReceiver(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    /// <summary>The size of the GC heap after the last collection, in bytes.</summary>
    public long Heap => Volatile.Read(ref _heap);

    /// <summary>Called with the id of each article whose publication is reported.</summary>
    public Action<string> Received { get; set; } = _ => { };

    public static async Task<SoakReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        SoakReceiver receiver = new(builder.Build());
        receiver._app.MapPost("/hook", receiver.TakeAsync);
        receiver._app.MapPost("/v1/{signal}", receiver.MeasureAsync);
        await receiver._app.StartAsync();
        receiver.Url = receiver._app.Urls.First();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpRequest request)
    {
        using var json = await JsonDocument.ParseAsync(request.Body);
        if (
            json.RootElement.TryGetProperty("data", out var data)
            && data.TryGetProperty("id", out var id)
            && id.GetString() is { } article
        )
        {
            Received(article);
        }
    }

    private async Task MeasureAsync(HttpRequest request, string signal)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        if (signal != "metrics")
        {
            return;
        }

        // Resource metrics, scope metrics, metrics; then the sum or the gauge, and its data points.
        var sizes = new ProtoMessage(body.ToArray())
            .At(1, 2, 2)
            .Where(metric => metric.Text(1) == HeapSize)
            .SelectMany(metric => metric.At(7, 1).Concat(metric.At(5, 1)))
            .Select(point => (long)point.Number(6))
            .ToList();
        if (sizes.Count > 0)
        {
            Volatile.Write(ref _heap, sizes.Sum());
        }
    }
}
