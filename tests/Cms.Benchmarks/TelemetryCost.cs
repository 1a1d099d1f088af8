using System.Globalization;

namespace Cms.Benchmarks;

/// <summary>
/// Measures what telemetry costs on W1: two servers that differ only in it take turns, with a receiver in this process.
/// </summary>
internal static class TelemetryCost
{
    private const int Rounds = 15;

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
            $"{Environment.ProcessorCount} cores, load {await LoadTest.LoadAverageAsync()} before. Medians of {Rounds} rounds, in µs CPU each:"
        );
        var passed = true;
        foreach (var (name, parts, expected) in Cases)
        {
            await using var plain = await ServerProcess.StartAsync(file, parts);
            await using var traced = await ServerProcess.StartAsync(file, parts, receiver.Urls.First());
            Load load = new([Workload.Post("/graphql", Workload.Newest, null)], settings.Connections, expected);
            if (expected is Expected.Kept)
            {
                await FillAsync(plain);
                await FillAsync(traced);
            }

            foreach (var server in (ServerProcess[])[plain, traced])
            {
                await load.RunAsync(server, TimeSpan.FromSeconds(settings.Warmup));
            }

            List<double> without = [];
            List<double> with = [];
            for (var round = 0; round < Rounds; round++)
            {
                // The order changes, so that a load that grows or falls favours neither.
                foreach (var isTraced in round % 2 == 0 ? new[] { false, true } : [true, false])
                {
                    var cost = await load.RunAsync(isTraced ? traced : plain, TimeSpan.FromSeconds(settings.Seconds));
                    (isTraced ? with : without).Add(cost.Microseconds);
                }
            }

            // Each round is compared with itself, because the load of the machine differs from round to round.
            var more = Median([.. with.Zip(without, (traced, plain) => (traced / plain) - 1)]);
            passed &= expected is Expected.Kept || more <= Most;
            LoadTest.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: {Median(without):0.0} without telemetry, {Median(with):0.0} with it (median of the rounds: {more * 100:+0.0;-0.0} %)"
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

    private static async Task FillAsync(ServerProcess server)
    {
        using var connection = await HttpConnection.OpenAsync(server.Port);
        await connection.SendAsync(Workload.Post("/graphql", Workload.Newest, null));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
