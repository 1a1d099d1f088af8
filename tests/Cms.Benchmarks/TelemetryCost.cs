using System.Globalization;

namespace Cms.Benchmarks;

/// <summary>
/// Measures what telemetry costs on W1: two servers that differ only in it take turns, with a receiver in this process.
/// Two servers never cost exactly the same, even if they do not differ, so several pairs are started.
/// </summary>
internal static class TelemetryCost
{
    private const int Pairs = 8;

    // The load of the machine changes, so turns are short.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(500);

    // The limit for W1. A cached response costs so little that its share is larger.
    private const double Most = 0.05;

    public static async Task<int> RunAsync(Settings settings)
    {
        var file = await Corpus.PrepareAsync(settings.Articles);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var receiver = builder.Build();
        var received = 0L;
        receiver.MapPost(
            "/v1/{signal}",
            async (HttpRequest request) =>
            {
                using MemoryStream body = new();
                await request.Body.CopyToAsync(body);
                Interlocked.Add(ref received, body.Length);
            }
        );
        await receiver.StartAsync();
        LoadTest.Say(
            $"{Environment.ProcessorCount} cores, load {await LoadTest.LoadAverageAsync()} before. Medians of {Pairs} pairs of servers, in µs CPU each:"
        );
        var passed = true;
        foreach (var (name, parts, expected) in Cases)
        {
            List<(double Without, double With)> pairs = [];
            for (var pair = 0; pair < Pairs; pair++)
            {
                pairs.Add(await CompareAsync(file, parts, expected, receiver.Urls.First(), pair % 2 == 0, settings));
            }

            var more = pairs.ConvertAll(pair => (pair.With / pair.Without) - 1);
            passed &= expected is Expected.Kept || LoadTest.Median(more) <= Most;
            LoadTest.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {LoadTest.Median(pairs.ConvertAll(pair => pair.Without)):0.0} without telemetry, {LoadTest.Median(pairs.ConvertAll(pair => pair.With)):0.0} with it (median of the pairs: {LoadTest.Median(more) * 100:+0.0;-0.0} %; all: {string.Join(", ", more.Order().Select(one => (one * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture)))})"
                )
            );
        }

        LoadTest.Say(
            $"{Interlocked.Read(ref received) / 1e6:0.0} MB received. Load {await LoadTest.LoadAverageAsync()} after."
        );
        LoadTest.Say(
            passed
                ? $"Telemetry adds at most {Most * 100:0} % to W1."
                : $"Telemetry adds more than {Most * 100:0} % to W1."
        );
        return passed ? 0 : 1;
    }

    private static (string Name, ServerParts Parts, Expected Expected)[] Cases =>
        [("W1", ServerParts.Plain, Expected.Anew), ("W1 cached", ServerParts.Cached, Expected.Kept)];

    /// <summary>Returns what a request costs one server without telemetry and one with it, in µs CPU.</summary>
    private static async Task<(double Without, double With)> CompareAsync(
        string file,
        ServerParts parts,
        Expected expected,
        string receiver,
        bool isTracedFirst,
        Settings settings
    )
    {
        await using var first = await ServerProcess.StartAsync(file, parts, isTracedFirst ? receiver : null);
        await using var second = await ServerProcess.StartAsync(file, parts, isTracedFirst ? null : receiver);
        ServerProcess[] servers = [first, second];
        Load load = new([Workload.Post("/graphql", Workload.Newest, null)], settings.Connections, expected);
        if (expected is Expected.Kept)
        {
            await Task.WhenAll(servers.Select(FillAsync));
        }

        // The servers warm up in turns too. Otherwise the second would still compile when it is measured.
        await TakeTurnsAsync(settings.Warmup);
        var before = Array.ConvertAll(servers, server => server.Measured.Cpu);
        var requests = await TakeTurnsAsync(settings.Seconds);

        // Also what a server does between its turns, such as sending.
        var costs = servers
            .Select((server, i) => (server.Measured.Cpu - before[i]).TotalMicroseconds / requests[i])
            .ToList();
        return isTracedFirst ? (costs[1], costs[0]) : (costs[0], costs[1]);

        async Task<int[]> TakeTurnsAsync(int seconds)
        {
            var counts = new int[servers.Length];
            for (var turn = 0; turn < seconds / Turn.TotalSeconds; turn++)
            {
                for (var i = 0; i < servers.Length; i++)
                {
                    counts[i] += (await load.RunAsync(servers[i].Measured, Turn)).Requests;
                }
            }

            return counts;
        }
    }

    private static async Task FillAsync(ServerProcess server)
    {
        using var connection = await HttpConnection.OpenAsync(server.Port);
        await connection.SendAsync(Workload.Post("/graphql", Workload.Newest, null));
    }
}
