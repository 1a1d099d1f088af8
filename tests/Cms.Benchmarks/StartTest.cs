using System.Diagnostics;

namespace Cms.Benchmarks;

/// <summary>How long the product takes from its start to its first answer, and to its speed.</summary>
internal static class StartTest
{
    private const int Starts = 5;
    private const string Newest =
        "{ articles(first: 20) { nodes { id slug headline summary publishedAt source { name } takes { text persona { name lens } } tags { name } } } }";

    private static readonly TimeSpan Early = TimeSpan.FromSeconds(5);

    // Who asks for the cost is answered anew.
    private static readonly byte[] Request = Workload.Post("/graphql", Newest, null, "GraphQL-Cost: report\r\n");

    public static async Task<int> RunAsync(Settings settings)
    {
        var file = await Corpus.PrepareAsync(settings.Articles);
        var folder = Directory.CreateTempSubdirectory("cms-start-");
        try
        {
            File.Copy(file, Path.Combine(folder.FullName, "cms.db"));
            var product = new ToStart([ProductPath()], Product(folder.FullName));
            var empty = new ToStart([typeof(StartTest).Assembly.Location, "serve-empty"], []);
            LoadTest.Say($"Load {await LoadTest.LoadAverageAsync()} before.");
            LoadTest.Say($"| seconds from the start, {Starts} starts | median | worst |\n|---|---|---|");
            await StartsAsync("the product", product);
            await StartsAsync("an empty server", empty);
            await SpeedsAsync(product, settings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task StartsAsync(string name, ToStart program)
    {
        List<(double Answer, double Ready)> starts = [];
        for (var i = 0; i < Starts; i++)
        {
            await using var server = program.Start();
            starts.Add(await StartedAsync(server));
        }

        Row("first GraphQL answer", starts.Select(s => s.Answer));
        Row("ready", starts.Select(s => s.Ready));

        void Row(string what, IEnumerable<double> seconds)
        {
            List<double> sorted = [.. seconds.Order()];
            LoadTest.Say($"| {name}, {what} | {sorted[Starts / 2]:0.00} | {sorted[^1]:0.00} |");
        }
    }

    private static async Task<(double Answer, double Ready)> StartedAsync(MeasuredProcess server)
    {
        var began = Stopwatch.GetTimestamp();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        var answer = SinceAsync(() => http.PostAsync("/graphql", JsonContent.Create(new { query = Newest })));
        var ready = SinceAsync(() => http.GetAsync("/healthz/ready"));
        return (await answer, await ready);

        async Task<double> SinceAsync(Func<Task<HttpResponseMessage>> ask)
        {
            while (true)
            {
                try
                {
                    using var response = await ask();
                    if (response.IsSuccessStatusCode)
                    {
                        return Stopwatch.GetElapsedTime(began).TotalSeconds;
                    }
                }
                catch (HttpRequestException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1))
                {
                    // It does not listen yet.
                }

                await Task.Delay(5);
            }
        }
    }

    private static async Task SpeedsAsync(ToStart program, Settings settings)
    {
        await using var server = program.Start();
        await StartedAsync(server);
        var load = new Load([Request], settings.Connections);
        var early = await load.RunAsync(server, Early);
        await load.RunAsync(server, TimeSpan.FromSeconds(settings.Warmup));
        var steady = await load.RunAsync(server, TimeSpan.FromSeconds(settings.Seconds));
        LoadTest.Say("");
        LoadTest.Say("| W1, made anew | requests per CPU-second | per second |\n|---|---|---|");
        Row("first 5 s after ready", early.PerCpuSecond, early.PerSecond, "0");
        Row($"after {settings.Warmup} s more", steady.PerCpuSecond, steady.PerSecond, "0");
        Row("ratio", early.PerCpuSecond / steady.PerCpuSecond, early.PerSecond / steady.PerSecond, "0.00");

        static void Row(string name, double perCpuSecond, double perSecond, string format) =>
            LoadTest.Say($"| {name} | {perCpuSecond.ToString(format, null)} | {perSecond.ToString(format, null)} |");
    }

    private static string ProductPath() =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Cms.Server/release/Cms.Server.dll"));

    private static Dictionary<string, string> Product(string folder) =>
        new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Cms__DataDirectory"] = folder,
            ["Cms__Limits__AnonymousPerSecond"] = "0",
        };

    private sealed record ToStart(IReadOnlyList<string> Command, Dictionary<string, string> Environment)
    {
        public MeasuredProcess Start() => MeasuredProcess.Start(Command, Environment);
    }
}
