using System.Diagnostics;
using System.Globalization;

namespace Cms.Benchmarks;

/// <summary>Measures the workloads and their floors, and prints a Markdown table.</summary>
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
        Say($"First response {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s after the process started.");
        var all = await Workload.AllAsync(connection, settings.Articles);
        List<Workload> workloads =
        [
            .. all.Where(w =>
                settings.Workloads.Count == 0 || settings.Workloads.Contains(w.Name, StringComparer.Ordinal)
            ),
        ];
        var statements = await StatementsAsync(file, workloads);
        Say("");
        Say(Measurement.Head);
        var anew = new Measurement(server, connection, settings);
        foreach (var workload in workloads)
        {
            Say(await anew.RowAsync(workload, statements[workload.Name]));
        }

        await MeasureKeptAsync(file, [.. workloads.Where(w => w.Name is "W1" or "W2")], settings);
        Say("");
        Say($"RSS {server.Measured.Resident / 1e6:0} MB, load {await LoadAverageAsync()} after.");
        return 0;
    }

    private static async Task MeasureKeptAsync(string file, IReadOnlyList<Workload> workloads, Settings settings)
    {
        await using var server = await ServerProcess.StartAsync(file, ServerParts.Cached);
        using var connection = await HttpConnection.OpenAsync(server.Port);
        var kept = new Measurement(server, connection, settings);
        foreach (var workload in workloads)
        {
            Say(await kept.KeptRowAsync(workload));
        }
    }

    // A separate process counts the statements, so that counting does not affect the measured times.
    private static async Task<Dictionary<string, int>> StatementsAsync(string file, IEnumerable<Workload> workloads)
    {
        await using var server = await ServerProcess.StartAsync(file, ServerParts.Statements);
        using var connection = await HttpConnection.OpenAsync(server.Port);
        Dictionary<string, int> statements = new(StringComparer.Ordinal);
        foreach (var workload in workloads)
        {
            // The first request also fills the caches in memory.
            await connection.SendAsync(workload.Requests[0]);
            var before = (await server.ProbeAsync()).Statements;
            await connection.SendAsync(workload.Requests[0]);
            statements[workload.Name] = (await server.ProbeAsync()).Statements - before;
        }

        return statements;
    }

    internal static async Task<string> LoadAverageAsync() =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown";

    /// <summary>Returns the median, or NaN without values.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    internal static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    internal static void Say(string line) => Console.WriteLine(line);
}
