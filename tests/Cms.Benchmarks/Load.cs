using System.Diagnostics;

namespace Cms.Benchmarks;

/// <summary>The cost of a run for the server, and the latencies.</summary>
internal sealed record Cost(int Requests, TimeSpan Elapsed, TimeSpan Cpu, long Allocated, double P50, double P99)
{
    public double PerCpuSecond => Requests / Cpu.TotalSeconds;

    public double PerSecond => Requests / Elapsed.TotalSeconds;

    /// <summary>The CPU time per request, in microseconds.</summary>
    public double Microseconds => Cpu.TotalMicroseconds / Requests;

    public double KilobytesEach => Allocated / 1024.0 / Requests;
}

/// <summary>The kind of response that a load expects.</summary>
internal enum Expected
{
    /// <summary>Data that is not from the response cache.</summary>
    Anew,

    /// <summary>Data from the response cache.</summary>
    Kept,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A page that the site has kept.</summary>
    KeptPage,

    /// <summary>A page that the site has made for the request.</summary>
    MadePage,

    /// <summary>That nothing has changed.</summary>
    Unchanged,

    /// <summary>Any content.</summary>
    Anything,
}

/// <summary>Requests to send. Each connection sends its next request as soon as it has received a response.</summary>
/// <param name="Requests">The requests, sent in turn.</param>
/// <param name="Connections">The number of connections that send at the same time.</param>
/// <param name="Expected">The expected kind of response. Any other response is an error.</param>
internal sealed record Load(IReadOnlyList<byte[]> Requests, int Connections, Expected Expected = Expected.Anew)
{
    /// <summary>Sends requests for the given time and returns the cost, including the allocated memory.</summary>
    public async Task<Cost> RunAsync(ServerProcess server, TimeSpan duration)
    {
        var allocated = (await server.ProbeAsync()).Allocated;
        var cost = await RunAsync(server.Measured, duration);
        return cost with { Allocated = (await server.ProbeAsync()).Allocated - allocated };
    }

    /// <summary>Sends requests for the given time and returns the cost, without the allocated memory.</summary>
    public async Task<Cost> RunAsync(MeasuredProcess server, TimeSpan duration)
    {
        var (began, cpu) = (Stopwatch.GetTimestamp(), server.Cpu);
        var until = began + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var latencies = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(i => Task.Run(() => SendAsync(server.Port, i * 131, until)))
        );
        var (elapsed, spent) = (Stopwatch.GetElapsedTime(began), server.Cpu - cpu);
        var all = latencies.SelectMany(x => x).Order().ToList();
        return new Cost(
            all.Count,
            elapsed,
            spent,
            Allocated: 0,
            all[all.Count / 2].TotalMilliseconds,
            all[all.Count * 99 / 100].TotalMilliseconds
        );
    }

    private async Task<List<TimeSpan>> SendAsync(int port, int first, long until)
    {
        using var connection = await HttpConnection.OpenAsync(port);
        List<TimeSpan> latencies = [];
        for (var i = first; Stopwatch.GetTimestamp() < until; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            var answer = await connection.AskAsync(Requests[i % Requests.Count]);
            latencies.Add(Stopwatch.GetElapsedTime(sent));
            if (!IsExpected(answer))
            {
                throw new InvalidDataException(answer.ToString());
            }
        }

        return latencies;
    }

    private bool IsExpected(HttpAnswer answer) =>
        Expected switch
        {
            Expected.Image => answer.IsImage,
            Expected.KeptPage => answer.IsKeptPage,
            Expected.MadePage => answer.IsMadePage,
            Expected.Unchanged => answer.IsUnchanged,
            Expected.Anything => answer.IsGranted,
            Expected.Kept => answer.HasData && answer.IsKept,
            _ => answer.HasData && !answer.IsKept,
        };
}
