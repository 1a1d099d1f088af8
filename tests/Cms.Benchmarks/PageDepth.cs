using System.Text.Json;

namespace Cms.Benchmarks;

/// <summary>Measures whether page 1,000 costs as much as page 1.</summary>
internal static class PageDepth
{
    private const string Page =
        "query($after: String) { articles(first: 20, after: $after) { nodes { id slug headline summary publishedAt } } }";
    private const string Walk =
        "query($first: Int!, $after: String) { articles(first: $first, after: $after) { pageInfo { endCursor } } }";

    public static async Task<int> RunAsync(Settings settings)
    {
        var file = await Corpus.PrepareAsync(settings.Articles);
        await using var server = await ServerProcess.StartAsync(file);
        using var connection = await HttpConnection.OpenAsync(server.Port);
        string? after = null;
        for (var left = 20 * 999; left > 0; left -= 100)
        {
            var request = Workload.Post("/graphql", Walk, new { first = Math.Min(left, 100), after });
            using var json = JsonDocument.Parse(await connection.SendAsync(request));
            after = json
                .RootElement.GetProperty("data")
                .GetProperty("articles")
                .GetProperty("pageInfo")
                .GetProperty("endCursor")
                .GetString();
        }

        IReadOnlyList<byte[]> first = [Workload.Post("/graphql", Page, new { after = (string?)null })];
        IReadOnlyList<byte[]> deep = [Workload.Post("/graphql", Page, new { after })];
        await new Load([.. first, .. deep], settings.Connections).RunAsync(
            server,
            TimeSpan.FromSeconds(settings.Warmup)
        );

        // The runs are short and alternate, so that other work on the machine affects both equally.
        List<(double First, double Deep)> runs = [];
        for (var i = 0; i < 11; i++)
        {
            runs.Add((await MicrosecondsAsync(first), await MicrosecondsAsync(deep)));
        }

        var (one, thousand) = (LoadTest.Median(runs.Select(r => r.First)), LoadTest.Median(runs.Select(r => r.Deep)));
        LoadTest.Say(
            $"{settings.Articles} articles in {new FileInfo(file).Length / 1e6:0} MB, load {await LoadTest.LoadAverageAsync()}."
        );
        LoadTest.Say($"Page 1: {one:0} µs CPU; page 1,000: {thousand:0} µs CPU; ratio {thousand / one:0.00}.");
        return 0;

        async Task<double> MicrosecondsAsync(IReadOnlyList<byte[]> requests) =>
            (await new Load(requests, settings.Connections).RunAsync(server, TimeSpan.FromSeconds(1))).Microseconds;
    }
}
