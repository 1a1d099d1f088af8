using System.Diagnostics;
using System.Text.Json;

namespace Cms.Benchmarks;

/// <summary>The optional parts of the benchmark server.</summary>
[Flags]
internal enum ServerParts
{
    Plain = 0,

    /// <summary>Counts SQL statements.</summary>
    Statements = 1,

    /// <summary>Caches responses.</summary>
    Cached = 2,

    /// <summary>Serves subscriptions over WebSocket.</summary>
    Streams = 4,
}

/// <summary>Measurements that the server reports about itself.</summary>
internal sealed record Probe(long Allocated, int Statements, double CpuMilliseconds, long Heap);

/// <summary>The benchmark server in a separate process.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port) =>
        (_process, Measured) = (process, new MeasuredProcess(process, port));

    public MeasuredProcess Measured { get; }

    public int Port => Measured.Port;

    public static async Task<ServerProcess> StartAsync(
        string file,
        ServerParts parts = ServerParts.Plain,
        string? telemetry = null
    )
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(ServerProcess).Assembly.Location, "serve", file, parts.ToString()]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (telemetry is not null)
        {
            start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = telemetry;
            start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        }

        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync();
        return Uri.TryCreate(address, UriKind.Absolute, out var url)
            ? new ServerProcess(process, url.Port)
            : throw new InvalidOperationException($"The server did not start: {address}");
    }

    public async Task<Probe> ProbeAsync(bool collect = false)
    {
        using var connection = await HttpConnection.OpenAsync(Port);
        using var json = JsonDocument.Parse(
            await connection.SendAsync(Workload.Get(collect ? "/probe?collect=true" : "/probe"))
        );
        return json.RootElement.GetProperty("data").Deserialize<Probe>(JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
