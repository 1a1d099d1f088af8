using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cms.Benchmarks;

/// <summary>Measures the workloads beside their floors and prints a Markdown table.</summary>
internal static class LoadTest
{
    public static async Task<int> RunAsync(Settings settings)
    {
        var file = await Corpus.PrepareAsync(settings.Articles);
        Say(
            $"{settings.Articles} articles, {new FileInfo(file).Length / 1e6:0} MB. .NET {Environment.Version}, {Environment.ProcessorCount} cores, load {await LoadAverageAsync()} before."
        );
        var started = Stopwatch.GetTimestamp();
        await using var server = await ServerProcess.StartAsync(file);
        using var connection = await HttpConnection.OpenAsync(server.Port);
        await connection.SendAsync(Workload.Post("/graphql", "{ articles(first: 20) { nodes { slug } } }", null));
        Say($"First answer {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s after the process was started.");
        var all = await Workload.AllAsync(connection, settings.Articles);
        List<Workload> workloads =
        [
            .. all.Where(w =>
                settings.Workloads.Count == 0 || settings.Workloads.Contains(w.Name, StringComparer.Ordinal)
            ),
        ];
        var statements = await StatementsAsync(file, workloads);
        Say("");
        Say(
            "| | requests per CPU-second | µs CPU | KB allocated | SQL | bytes | of hand SQL | of fixed bytes | p50 / p99 ms at 64 |"
        );
        Say("|---|---|---|---|---|---|---|---|---|");
        foreach (var workload in workloads)
        {
            await MeasureAsync(server, connection, workload, settings, statements[workload.Name]);
        }

        Say("");
        Say($"RSS {server.Resident / 1e6:0} MB, load {await LoadAverageAsync()} after.");
        return 0;
    }

    private static async Task MeasureAsync(
        ServerProcess server,
        HttpConnection connection,
        Workload workload,
        Settings settings,
        int statements
    )
    {
        var length = TimeSpan.FromSeconds(settings.Seconds);
        var answer = (await connection.SendAsync(workload.Requests[0])).ToArray();
        await Load.RunAsync(server, workload.Requests, settings.Connections, TimeSpan.FromSeconds(settings.Warmup));
        var product = await Load.RunAsync(server, workload.Requests, settings.Connections, length);
        var crowded = await Load.RunAsync(server, workload.Requests, 64, length);

        var head =
            $"POST /floor/bytes/{workload.Name} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {answer.Length}\r\n\r\n";
        await connection.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. answer]);
        var bytes = await FloorAsync("bytes");
        var sql = workload.Name is "W2H" ? null : await FloorAsync("sql");
        Say(
            $"| {workload.Name} | {product.PerCpuSecond:0} | {product.Microseconds:0} | {product.KilobytesEach:0.0} | {statements} | {answer.Length} | {Ratio(sql)} | {Ratio(bytes)} | {crowded.P50:0.0} / {crowded.P99:0.0} |"
        );

        async Task<Cost> FloorAsync(string floor)
        {
            var requests = workload.ToFloor(floor);
            var same = await connection.SendAsync(requests[0]);
            if (!same.Span.SequenceEqual(answer))
            {
                throw new InvalidDataException(
                    $"{workload.Name} and its floor answer differently:\n{Encoding.UTF8.GetString(answer)}\n{Encoding.UTF8.GetString(same.Span)}"
                );
            }

            await Load.RunAsync(server, requests, settings.Connections, TimeSpan.FromSeconds(settings.Warmup / 3.0));
            return await Load.RunAsync(server, requests, settings.Connections, length / 2);
        }

        string Ratio(Cost? floor) =>
            floor is null
                ? "–"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{product.PerCpuSecond / floor.PerCpuSecond:0.00} ({floor.PerCpuSecond:0})"
                );
    }

    // A process of its own counts, so that counting costs nothing where time is measured.
    private static async Task<Dictionary<string, int>> StatementsAsync(string file, IEnumerable<Workload> workloads)
    {
        await using var server = await ServerProcess.StartAsync(file, countStatements: true);
        using var connection = await HttpConnection.OpenAsync(server.Port);
        Dictionary<string, int> statements = new(StringComparer.Ordinal);
        foreach (var workload in workloads)
        {
            var before = (await server.ProbeAsync()).Statements;
            await connection.SendAsync(workload.Requests[0]);
            statements[workload.Name] = (await server.ProbeAsync()).Statements - before;
        }

        return statements;
    }

    internal static async Task<string> LoadAverageAsync() =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown";

    internal static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line);
}
