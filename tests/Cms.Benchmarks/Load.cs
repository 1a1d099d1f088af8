using System.Diagnostics;

namespace Cms.Benchmarks;

/// <summary>What a run cost the server.</summary>
internal sealed record Cost(int Requests, TimeSpan Cpu, long Allocated, double P50, double P99)
{
    public double PerCpuSecond => Requests / Cpu.TotalSeconds;

    /// <summary>CPU per request in microseconds.</summary>
    public double Microseconds => Cpu.TotalMicroseconds / Requests;

    public double KilobytesEach => Allocated / 1024.0 / Requests;
}

/// <summary>Requests as fast as so many connections get answers.</summary>
internal static class Load
{
    public static async Task<Cost> RunAsync(
        ServerProcess server,
        IReadOnlyList<byte[]> requests,
        int connections,
        TimeSpan duration
    )
    {
        var (allocated, cpu) = ((await server.ProbeAsync()).Allocated, server.Cpu);
        var until = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var latencies = await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(i => Task.Run(() => SendAsync(server.Port, requests, i * 131, until)))
        );
        var spent = server.Cpu - cpu;
        var all = latencies.SelectMany(x => x).Order().ToList();
        return new Cost(
            all.Count,
            spent,
            (await server.ProbeAsync()).Allocated - allocated,
            all[all.Count / 2].TotalMilliseconds,
            all[all.Count * 99 / 100].TotalMilliseconds
        );
    }

    private static async Task<List<TimeSpan>> SendAsync(int port, IReadOnlyList<byte[]> requests, int first, long until)
    {
        using var connection = await HttpConnection.OpenAsync(port);
        List<TimeSpan> latencies = [];
        for (var i = first; Stopwatch.GetTimestamp() < until; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            await connection.SendAsync(requests[i % requests.Count]);
            latencies.Add(Stopwatch.GetElapsedTime(sent));
        }

        return latencies;
    }
}
