using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Cms.DevIdentity;

namespace Cms.Benchmarks;

/// <summary>
/// Runs the product for a long time under a mixed load that two cores can bear, and checks that its memory stays flat and
/// that nothing fails.
/// </summary>
internal static class SoakTest
{
    private const int Articles = 2_000;
    private const double MostGrowth = 0.10;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(int minutes)
    {
        var corpus = await Corpus.PrepareAsync(Articles);
        var folder = Directory.CreateTempSubdirectory("cms-soak-");
        using var redis = await StartRedisAsync(folder.FullName);
        try
        {
            var file = Path.Combine(folder.FullName, "cms.db");
            File.Copy(corpus, file);
            return await RunAsync(folder.FullName, await FeedCost.KeyAsync(file), redis?.Port, minutes);
        }
        finally
        {
            redis?.Stop();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(string folder, string key, int? redis, int minutes)
    {
        var identity = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{MeasuredProcess.FreePort()}");
        await using var provider = await Provider.StartAsync(identity, folder, CancellationToken.None);
        await using var receiver = await SoakReceiver.StartAsync();
        await using var server = MeasuredProcess.Start(
            [StartTest.BuiltServer()],
            EnvironmentOf(folder, identity, receiver.Url, redis)
        );
        await StartTest.UntilAsync(Stopwatch.GetTimestamp(), server.Port, Workload.Get("/healthz/ready"));
        LoadTest.Say(
            $"{minutes} minutes, {Articles} articles, {Environment.ProcessorCount} cores, {(redis is null ? "without" : "with")} Redis, load {await LoadTest.LoadAverageAsync()} before."
        );
        SoakTimes times = new();
        List<Sample> samples = [];
        using CancellationTokenSource end = new();
        await using SoakLoad load = new(server.Port, key, receiver, times, identity, Articles);
        await load.PrepareAsync();
        var running = load.RunAsync(end.Token);
        var began = Stopwatch.StartNew();
        LoadTest.Say("");
        LoadTest.Say(SoakTimes.Head);
        for (var minute = 1; minute <= minutes; minute++)
        {
            for (; began.Elapsed < minute * Minute; await Task.Delay(Often))
            {
                samples.Add(new Sample(began.Elapsed, server.Resident / 1e6, receiver.Heap / 1e6));
            }

            LoadTest.Say(times.Row(minute, samples[^1].Resident, samples[^1].Heap));
        }

        var cpu = server.Cpu / began.Elapsed;
        await end.CancelAsync();
        await running;
        return Judge(samples, times, cpu, minutes) | await SayLoadAsync();
    }

    private static async Task<int> SayLoadAsync()
    {
        LoadTest.Say($"Load {await LoadTest.LoadAverageAsync()} after.");
        return 0;
    }

    private static int Judge(List<Sample> samples, SoakTimes times, double cpu, int minutes)
    {
        // The server compiles and fills its caches first.
        var warm = Minute * Math.Max(1, Math.Min(10, minutes / 3));
        List<Sample> after = [.. samples.Where(sample => sample.At >= warm)];
        List<Sample> first = [.. after.Take(after.Count / 3)];
        List<Sample> last = [.. after.TakeLast(after.Count / 3)];
        LoadTest.Say("");
        LoadTest.Say(times.Summary());
        LoadTest.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The server used {cpu:0.00} cores. After {warm.TotalMinutes:0} minutes to warm up:"
            )
        );
        var isFlat =
            IsFlat("working set", first.Select(s => s.Resident), last.Select(s => s.Resident))
            & IsFlat("GC heap", first.Select(s => s.Heap), last.Select(s => s.Heap));
        LoadTest.Say(times.Errors == 0 ? "No errors." : $"{times.Errors} errors, such as: {times.FirstError}");
        var passed = isFlat && times.Errors == 0;
        LoadTest.Say(passed ? "PASSED: the memory is flat, and nothing failed." : "FAILED.");
        return passed ? 0 : 1;
    }

    private static bool IsFlat(string name, IEnumerable<double> first, IEnumerable<double> last)
    {
        var (before, after) = (LoadTest.Median(first), LoadTest.Median(last));
        var growth = (after / before) - 1;
        LoadTest.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {before:0.0} MB in the first third, {after:0.0} MB in the last ({growth * 100:+0.0;-0.0} %, at most {MostGrowth * 100:0} %)"
            )
        );
        return growth <= MostGrowth;
    }

    private static Dictionary<string, string> EnvironmentOf(string folder, string identity, string receiver, int? redis)
    {
        var environment = StartTest.Product(folder);

        // Webhooks to this machine are not allowed in production.
        environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        environment["Cms__Webhooks__AllowLoopback"] = "true";
        environment["Cms__Site__Enabled"] = "true";
        environment["Cms__Site__Origin"] = "https://panel.example";
        environment["Cms__Limits__SignedInPerSecond"] = "0";
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver;
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        environment["OTEL_METRIC_EXPORT_INTERVAL"] = "5000";
        foreach (var (name, value) in Provider.Settings(identity))
        {
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value!;
        }

        if (redis is { } port)
        {
            environment["ConnectionStrings__Redis"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        }

        return environment;
    }

    private static async Task<Redis?> StartRedisAsync(string folder)
    {
        var port = MeasuredProcess.FreePort();
        try
        {
            var process = Process.Start(
                new ProcessStartInfo(
                    "redis-server",
                    [
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        port.ToString(CultureInfo.InvariantCulture),
                        "--save",
                        "",
                        "--dir",
                        folder,
                    ]
                )
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!;
            _ = process.StandardOutput.ReadToEndAsync();
            await Task.Yield();
            return new Redis(process, port);
        }
        catch (Win32Exception)
        {
            // Redis is not installed.
            return null;
        }
    }

    private sealed record Sample(TimeSpan At, double Resident, double Heap);

    private sealed class Redis(Process process, int port) : IDisposable
    {
        public int Port => port;

        public void Stop()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose() => process.Dispose();
    }
}
