using System.Diagnostics;
using System.Net.Sockets;

namespace Cms.Benchmarks;

/// <summary>Measures how fast the product starts and reaches full speed, compared with an empty server.</summary>
internal static class StartTest
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(5);

    // A response that reports its cost never comes from the response cache.
    private static readonly byte[] Request = Workload.Post(
        "/graphql",
        Workload.Newest,
        null,
        "GraphQL-Cost: report\r\n"
    );

    public static async Task<int> RunAsync(Settings settings)
    {
        var file = await Corpus.PrepareAsync(settings.Articles);
        var folder = Directory.CreateTempSubdirectory("cms-start-");
        try
        {
            File.Copy(file, Path.Combine(folder.FullName, "cms.db"));
            var program = settings.Server ?? BuiltServer();
            var product = new ToStart([program], Product(folder.FullName));
            var empty = new ToStart([typeof(StartTest).Assembly.Location, "serve-empty"], []);
            LoadTest.Say(
                $"{Path.GetFullPath(program)}, {settings.Articles} articles, load {await LoadTest.LoadAverageAsync()} before."
            );
            LoadTest.Say("");
            LoadTest.Say($"| seconds from the start, {settings.Starts} starts | median | worst |\n|---|---|---|");
            await StartsAsync("the product", product, settings.Starts);
            await StartsAsync("an empty server", empty, settings.Starts);
            LoadTest.Say("");
            LoadTest.Say(
                $"| first {Early.TotalSeconds:0} s after ready / after {settings.Warmup} s more | requests per CPU-second | ratio | per second | ratio |\n|---|---|---|---|---|"
            );
            await SpeedsAsync("the product, W1 uncached", product, settings);
            await SpeedsAsync("an empty server", empty, settings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task StartsAsync(string name, ToStart program, int times)
    {
        List<Started> starts = [];
        for (var i = 0; i < times; i++)
        {
            var started = await StartAsync(program);
            await started.Server.DisposeAsync();
            starts.Add(started);
        }

        Row("first GraphQL response", starts.Select(s => s.Answer));
        Row("ready", starts.Select(s => s.Ready));

        void Row(string what, IEnumerable<TimeSpan> times)
        {
            List<double> sorted = [.. times.Select(t => t.TotalSeconds).Order()];
            LoadTest.Say($"| {name}, {what} | {sorted[sorted.Count / 2]:0.00} | {sorted[^1]:0.00} |");
        }
    }

    private static async Task<Started> StartAsync(ToStart program)
    {
        var began = Stopwatch.GetTimestamp();
        var server = MeasuredProcess.Start(program.Command, program.Environment);
        try
        {
            var answer = Task.Run(() => UntilAsync(began, server.Port, Request));
            var ready = Task.Run(() => UntilAsync(began, server.Port, Workload.Get("/healthz/ready")));
            return new Started(server, await answer, await ready);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    // Repeats the request until the response is 200.
    public static async Task<TimeSpan> UntilAsync(long began, int port, byte[] request)
    {
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            try
            {
                using var connection = await HttpConnection.OpenAsync(port);
                if (await connection.IsGrantedAsync(request))
                {
                    return Stopwatch.GetElapsedTime(began);
                }
            }
            catch (SocketException)
            {
                // The server is not listening yet.
            }

            await Task.Delay(Often);
        }

        throw new TimeoutException($"No successful response within {Patience}.");
    }

    private static async Task SpeedsAsync(string name, ToStart program, Settings settings)
    {
        var (server, _, _) = await StartAsync(program);
        await using var started = server;
        var load = new Load([Request], settings.Connections);
        var early = await load.RunAsync(server, Early);
        await load.RunAsync(server, TimeSpan.FromSeconds(settings.Warmup));
        var steady = await load.RunAsync(server, TimeSpan.FromSeconds(settings.Seconds));
        LoadTest.Say(
            $"| {name} | {early.PerCpuSecond:0} / {steady.PerCpuSecond:0} | {early.PerCpuSecond / steady.PerCpuSecond:0.00} | {early.PerSecond:0} / {steady.PerSecond:0} | {early.PerSecond / steady.PerSecond:0.00} |"
        );
    }

    // The path leads from artifacts/bin/Cms.Benchmarks/release to artifacts/bin/Cms.Server/release.
    public static string BuiltServer() =>
        Path.Combine(AppContext.BaseDirectory, "../../Cms.Server/release/Cms.Server.dll");

    public static Dictionary<string, string> Product(string folder) =>
        new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Cms__DataDirectory"] = folder,
            ["Cms__Limits__AnonymousPerSecond"] = "0",
        };

    private sealed record ToStart(IReadOnlyList<string> Command, Dictionary<string, string> Environment);

    private sealed record Started(MeasuredProcess Server, TimeSpan Answer, TimeSpan Ready);
}
