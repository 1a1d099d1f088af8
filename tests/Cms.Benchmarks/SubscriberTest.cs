using System.Diagnostics;
using System.Text.Json;

namespace Cms.Benchmarks;

/// <summary>Measures the memory that waiting subscribers use and the cost of sending them events.</summary>
internal static class SubscriberTest
{
    private const int Idle = 1_000;
    private const int Notified = 100;
    private const int Warmups = 200;
    private const double MostMegabytes = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static async Task<int> RunAsync(Settings settings)
    {
        var corpus = await Corpus.PrepareAsync(settings.Articles);
        var folder = Directory.CreateTempSubdirectory("cms-subscribers-");
        try
        {
            var file = Path.Combine(folder.FullName, "cms.db");
            File.Copy(corpus, file);
            LoadTest.Say($"Load {await LoadTest.LoadAverageAsync()} before.");
            var megabytes = await MeasureIdleAsync(file);
            await MeasureEventsAsync(file, settings.Changes);
            return megabytes < MostMegabytes ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Returns the memory that the waiting subscribers use, in megabytes.
    private static async Task<double> MeasureIdleAsync(string file)
    {
        await using var server = await ServerProcess.StartAsync(file, ServerParts.Streams);

        using var connection = await HttpConnection.OpenAsync(server.Port);
        var latest = await LatestAsync(connection);

        // The first subscriber causes one-time costs before the measurement begins.
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
            LoadTest.Say($"| {Idle} waiting subscribers | more MB | KB each |\n|---|---|---|");
            var megabytes = Row("resident");
            await server.ProbeAsync(collect: true);
            Row("resident, garbage collected");

            // Check that every subscriber receives the next article.
            await PublishAsync(connection, 1);
            var after = Subscriber.NumberOf(latest);
            await Task.WhenAll(subscribers.Select(s => s.FollowAsync(after, 1))).WaitAsync(Patience);
            return megabytes;
        }
        finally
        {
            subscribers.ForEach(subscriber => subscriber.Dispose());
        }

        double Row(string name)
        {
            var more = server.Measured.Resident - resident;
            LoadTest.Say($"| {name} | {more / 1e6:0.0} | {more / 1e3 / Idle:0.0} |");
            return more / 1e6;
        }
    }

    private static async Task MeasureEventsAsync(string file, int changes)
    {
        await using var server = await ServerProcess.StartAsync(file, ServerParts.Streams);
        using var connection = await HttpConnection.OpenAsync(server.Port);
        await PublishAsync(connection, Math.Min(changes, Warmups));
        var latest = await LatestAsync(connection);
        var subscribers = await Task.WhenAll(
            Enumerable.Range(0, Notified).Select(_ => Subscriber.OpenAsync(server.Port, latest))
        );
        TimeSpan published;
        TimeSpan elapsed;
        TimeSpan spent;
        try
        {
            var (began, cpu) = (Stopwatch.GetTimestamp(), server.Measured.Cpu);
            var after = Subscriber.NumberOf(latest);
            var following = subscribers.Select(s => Task.Run(() => s.FollowAsync(after, changes))).ToList();
            await PublishAsync(connection, changes);
            published = Stopwatch.GetElapsedTime(began);
            await Task.WhenAll(following).WaitAsync(Patience);
            (elapsed, spent) = (Stopwatch.GetElapsedTime(began), server.Measured.Cpu - cpu);
        }
        finally
        {
            Array.ForEach(subscribers, subscriber => subscriber.Dispose());
        }

        var resident = server.Measured.Resident;
        var alone = await PublishAloneAsync(server, connection, Math.Max(1, changes / 10));
        var events = (double)changes * Notified;
        LoadTest.Say("");
        LoadTest.Say(
            $"| {changes} articles published, {Notified} subscribers | seconds | published in | µs CPU per event | µs CPU per publication, without subscribers | µs CPU per event, publication excluded | resident MB |\n|---|---|---|---|---|---|---|"
        );
        LoadTest.Say(
            $"| all received, in order, none twice | {elapsed.TotalSeconds:0.0} | {published.TotalSeconds:0.0} | {spent.TotalMicroseconds / events:0.0} | {alone.TotalMicroseconds:0} | {(spent - (alone * changes)).TotalMicroseconds / events:0.0} | {resident / 1e6:0} |"
        );
    }

    // Runs after the subscribers have disconnected, while the code is still warm.
    private static async Task<TimeSpan> PublishAloneAsync(ServerProcess server, HttpConnection connection, int changes)
    {
        await Task.Delay(1_000);
        var cpu = server.Measured.Cpu;
        await PublishAsync(connection, changes);
        return (server.Measured.Cpu - cpu) / changes;
    }

    private static async Task PublishAsync(HttpConnection connection, int changes) =>
        await connection.SendAsync(Workload.Post($"/publish/{changes}", [], ""));

    private static async Task<string> LatestAsync(HttpConnection connection)
    {
        var request = Workload.Post("/graphql", "{ changes(first: 1) { latest } }", null);
        using var json = JsonDocument.Parse(await connection.SendAsync(request));
        return json.RootElement.GetProperty("data").GetProperty("changes").GetProperty("latest").GetString()!;
    }
}
