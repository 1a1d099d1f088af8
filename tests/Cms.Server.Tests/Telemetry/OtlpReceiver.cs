using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Cms.Server.Tests.Telemetry;

/// <summary>Receives OTLP over HTTP on a loopback port, and remembers all bytes.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>The command-line arguments with which a server sends its telemetry here.</summary>
    public IReadOnlyList<string> Settings =>
        [$"--OTEL_EXPORTER_OTLP_ENDPOINT={_app.Urls.Single()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"];

    /// <summary>Returns where any of the texts arrived, in any case: the text and the signal.</summary>
    public IReadOnlyList<string> Leaks(params IReadOnlyCollection<string> secrets) =>
        [
            .. from signal in _received.Select(got => got.Signal).Distinct().Order(StringComparer.Ordinal)
            from secret in secrets
            where Bytes(signal).Contains(secret, StringComparison.OrdinalIgnoreCase)
            select $"{secret} in {signal}",
        ];

    public IEnumerable<ReceivedSpan> Spans =>
        Of("traces")
            .SelectMany(message => message.At(1, 2, 2))
            .Select(span => new ReceivedSpan(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Attributes(9)));

    public IEnumerable<ReceivedEntry> Entries =>
        Of("logs")
            .SelectMany(message => message.At(1, 2, 2))
            .Select(entry => new ReceivedEntry(entry.Hex(9), entry.Messages(5).Single().Text(1), entry.Attributes(6)));

    public IEnumerable<string> Metrics =>
        Of("metrics").SelectMany(message => message.At(1, 2, 2)).Select(metric => metric.Text(1)).Distinct();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        OtlpReceiver receiver = new(builder.Build());
        receiver._app.MapPost("/v1/{signal}", receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Makes a server send what it has collected.</summary>
    public static void Flush(IServiceProvider server)
    {
        server.GetRequiredService<TracerProvider>().ForceFlush();
        server.GetRequiredService<MeterProvider>().ForceFlush();
        server.GetRequiredService<LoggerProvider>().ForceFlush();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http, string signal)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body);
        _received.Enqueue((signal, body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }

    // Each byte is one character.
    private string Bytes(string signal) =>
        string.Concat(_received.Where(got => got.Signal == signal).Select(got => Encoding.Latin1.GetString(got.Body)));

    private IEnumerable<ProtoMessage> Of(string signal) =>
        _received.Where(got => got.Signal == signal).Select(got => new ProtoMessage(got.Body));
}
