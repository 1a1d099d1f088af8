using System.Diagnostics;
using System.Text.Json;

namespace Cms.Benchmarks;

/// <summary>What waiting subscribers hold, and what it costs to tell them.</summary>
internal static class SubscriberTest
{
    private const int Idle = 1_000;
    private const int Told = 100;

    public static async Task<int> RunAsync(Settings settings)
    {
        var corpus = await Corpus.PrepareAsync(settings.Articles);
        var folder = Directory.CreateTempSubdirectory("cms-subscribers-");
        try
        {
            var file = Path.Combine(folder.FullName, "cms.db");
            File.Copy(corpus, file);
            LoadTest.Say($"Load {await LoadTest.LoadAverageAsync()} before.");
            await WaitAsync(file);
            await TellAsync(file, settings.Changes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task WaitAsync(string file)
    {
        await using var server = await ServerProcess.StartAsync(file, ServerParts.Streams);

        // One before counts what the first of anything costs.
        using var first = await Subscriber.OpenAsync(server.Port, after: null);
        await Task.Delay(500);
        await server.ProbeAsync(collect: true);
        var resident = server.Measured.Resident;
        List<Subscriber> subscribers = [];
        try
        {
            for (var i = 0; i < Idle; i++)
            {
                subscribers.Add(await Subscriber.OpenAsync(server.Port, after: null));
            }

            await Task.Delay(2_000);
            LoadTest.Say($"| {Idle} subscribers wait | MB more | KB each |\n|---|---|---|");
            Row("resident");
            await server.ProbeAsync(collect: true);
            Row("resident, garbage collected");
        }
        finally
        {
            subscribers.ForEach(subscriber => subscriber.Dispose());
        }

        void Row(string name)
        {
            var more = server.Measured.Resident - resident;
            LoadTest.Say($"| {name} | {more / 1e6:0.0} | {more / 1e3 / Idle:0.0} |");
        }
    }

    private static async Task TellAsync(string file, int changes)
    {
        await using var server = await ServerProcess.StartAsync(file, ServerParts.Streams);
        using var connection = await HttpConnection.OpenAsync(server.Port);
        var latest = await LatestAsync(connection);
        var subscribers = await Task.WhenAll(
            Enumerable.Range(0, Told).Select(_ => Subscriber.OpenAsync(server.Port, latest))
        );
        try
        {
            var (began, cpu) = (Stopwatch.GetTimestamp(), server.Measured.Cpu);
            var after = Subscriber.NumberOf(latest);
            var following = subscribers.Select(s => Task.Run(() => s.FollowAsync(after, changes))).ToList();
            await connection.SendAsync(Workload.Post($"/publish/{changes}", [], ""));
            var published = Stopwatch.GetElapsedTime(began);
            await Task.WhenAll(following);
            var (elapsed, spent, events) = (
                Stopwatch.GetElapsedTime(began),
                server.Measured.Cpu - cpu,
                (double)changes * Told
            );
            LoadTest.Say("");
            LoadTest.Say(
                $"| {changes} changes to {Told} subscribers | seconds | µs each event | µs CPU each event | resident MB |\n|---|---|---|---|---|"
            );
            LoadTest.Say(
                $"| all, in order, none twice | {elapsed.TotalSeconds:0.0} (published in {published.TotalSeconds:0.0}) | {elapsed.TotalMicroseconds / events:0.0} | {spent.TotalMicroseconds / events:0.0} | {server.Measured.Resident / 1e6:0} |"
            );
        }
        finally
        {
            Array.ForEach(subscribers, subscriber => subscriber.Dispose());
        }
    }

    private static async Task<string> LatestAsync(HttpConnection connection)
    {
        var request = Workload.Post("/graphql", "{ changes(first: 1) { latest } }", null);
        using var json = JsonDocument.Parse(await connection.SendAsync(request));
        return json.RootElement.GetProperty("data").GetProperty("changes").GetProperty("latest").GetString()!;
    }
}
