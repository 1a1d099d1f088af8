using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cms.Site;

namespace Cms.Benchmarks;

/// <summary>
/// Measures the pages of the reader site in the server: cached pages, compared with the cached GraphQL response for the
/// same data and with the same bytes prepared in advance, and pages that the site makes for each request.
/// </summary>
internal static class SiteCost
{
    private const double MostOfAnswer = 4;
    private const double MostMilliseconds = 3;
    private const int Addresses = 50;

    // The site caches pages only for the first hosts that requests name. It makes pages for other hosts for each request.
    private const string Own = "panel.example";
    private const int KeptHosts = 8;
    private const string Other = "other.example";

    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public static async Task<int> RunAsync(Settings settings)
    {
        var file = await Corpus.PrepareAsync(settings.Articles);
        var folder = Directory.CreateTempSubdirectory("cms-site-");
        try
        {
            File.Copy(file, Path.Combine(folder.FullName, "cms.db"));
            return await RunAsync(file, folder.FullName, settings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(string file, string folder, Settings settings)
    {
        var environment = StartTest.Product(folder);
        environment["Cms__Site__Enabled"] = "true";
        await using var server = MeasuredProcess.Start([settings.Server ?? StartTest.BuiltServer()], environment);
        await using var floor = await ServerProcess.StartAsync(file);
        await StartTest.UntilAsync(Stopwatch.GetTimestamp(), server.Port, Workload.Get("/healthz/ready"));
        using var connection = await HttpConnection.OpenAsync(server.Port);
        for (var i = 0; i < KeptHosts; i++)
        {
            await connection.AskAsync(Get("/panel", i == 0 ? Own : $"host-{i}.example"));
        }

        LoadTest.Say(
            $"{settings.Articles} articles, {Environment.ProcessorCount} cores, load {await LoadTest.LoadAverageAsync()} before. In µs of CPU for each request:"
        );
        LoadTest.Say("");
        LoadTest.Say(
            """
            | page | kB | cached page | cached GraphQL response | ratio | the same bytes | ratio | page made from cached responses | uncached GraphQL response | page made from uncached responses |
            |---|---|---|---|---|---|---|---|---|---|
            """
        );
        var passed = true;
        foreach (var page in Pages(settings.Articles))
        {
            passed &= await MeasureAsync(page, server, floor, settings);
        }

        LoadTest.Say("");
        LoadTest.Say(
            passed
                ? $"Every cached page costs at most {MostOfAnswer:0} times its cached GraphQL response, and every page made from uncached responses costs less than {MostMilliseconds:0} ms. Load {await LoadTest.LoadAverageAsync()} after."
                : (FormattableString)
                    $"A page costs too much: the limits are {MostOfAnswer:0} times the cached GraphQL response for a cached page, and {MostMilliseconds:0} ms for a page made from uncached responses. Load {await LoadTest.LoadAverageAsync()} after."
        );
        return passed ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(
        Page page,
        MeasuredProcess server,
        ServerProcess floor,
        Settings settings
    )
    {
        var length = TimeSpan.FromSeconds(settings.Seconds);
        var warmup = TimeSpan.FromSeconds(settings.Warmup);

        // The first requests put the pages and the responses into the caches.
        using var connection = await HttpConnection.OpenAsync(server.Port);
        byte[] bytes = [];
        foreach (var (own, answer) in page.Kept.Zip(page.Answers))
        {
            bytes = (await connection.AskAsync(own)).Body.ToArray();
            await connection.SendAsync(answer);
        }

        var kept = await CostAsync(new(page.Kept, settings.Connections, Expected.KeptPage), server);
        var answered = await CostAsync(new(page.Answers, settings.Connections, Expected.Kept), server);
        var made = await CostAsync(new(page.Made, settings.Connections, Expected.MadePage), server);
        var asked = await CostAsync(new(page.NewAnswers, settings.Connections), server);
        var least = await FloorAsync(page.Name, bytes);
        LoadTest.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {page.Name} | {bytes.Length / 1e3:0} | {kept:0} | {answered:0} | {kept / answered:0.0} | {least:0} | {kept / least:0.0} | {made:0} | {asked:0} | {made + asked:0} |"
            )
        );
        return kept <= MostOfAnswer * answered && made + asked < MostMilliseconds * 1_000;

        async Task<double> CostAsync(Load load, MeasuredProcess process)
        {
            await load.RunAsync(process, warmup);
            return (await load.RunAsync(process, length)).Microseconds;
        }

        async Task<double> FloorAsync(string name, byte[] body)
        {
            using var prepared = await HttpConnection.OpenAsync(floor.Port);
            var path = $"/floor/bytes/{name}";
            var head = $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n";
            await prepared.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]);
            return await CostAsync(new([Workload.Get(path)], settings.Connections, Expected.Anything), floor.Measured);
        }
    }

    private static IEnumerable<Page> Pages(int articles)
    {
        var random = new Random(1);
        List<int> picked = [.. Enumerable.Range(0, Addresses).Select(_ => random.Next(articles))];
        var list = new { first = 20 };
        yield return new("home", "SiteHome", [("/", null)]);
        yield return new(
            "article",
            "SiteArticle",
            [.. picked.Select(i => ($"/articles/{Corpus.SlugOf(i)}", (object?)new { slug = Corpus.SlugOf(i) }))]
        );
        yield return new(
            "tag",
            "SiteTag",
            [
                .. Enumerable
                    .Range(0, Corpus.CommonTags)
                    .Select(i => ($"/tags/{Corpus.TagOf(i)}", (object?)new { slug = Corpus.TagOf(i), list.first })),
            ]
        );
        yield return new(
            "search",
            "SiteSearch",
            [
                .. picked
                    .Select(i => Corpus.WordOf(i, articles))
                    .Distinct(StringComparer.Ordinal)
                    .Select(word => ($"/search?q={word}", (object?)new { query = word, list.first })),
            ]
        );
    }

    private static byte[] Get(string path, string host) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");

    /// <summary>A kind of page with its addresses, and the variables of its query for each.</summary>
    private sealed record Page(string Name, string Operation, IReadOnlyList<(string Path, object? Variables)> Addresses)
    {
        private string Id => SiteHost.Operations.IdOf(Operation);

        public IReadOnlyList<byte[]> Kept => [.. Addresses.Select(address => Get(address.Path, Own))];

        public IReadOnlyList<byte[]> Made => [.. Addresses.Select(address => Get(address.Path, Other))];

        public IReadOnlyList<byte[]> Answers =>
            [
                .. Addresses.Select(address =>
                    Workload.Get(
                        $"/graphql?documentId={Id}&variables={Uri.EscapeDataString(JsonSerializer.Serialize(address.Variables, Json))}"
                    )
                ),
            ];

        // An answer that reports its cost never comes from the response cache.
        public IReadOnlyList<byte[]> NewAnswers =>
            [
                .. Addresses.Select(address =>
                    Workload.Post(
                        "/graphql",
                        JsonSerializer.SerializeToUtf8Bytes(
                            new { documentId = Id, variables = address.Variables },
                            Json
                        ),
                        "GraphQL-Cost: report\r\n"
                    )
                ),
            ];
    }
}
