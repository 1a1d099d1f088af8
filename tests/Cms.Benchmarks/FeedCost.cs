using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Partners;
using Cms.People;
using Cms.Sqlite;

namespace Cms.Benchmarks;

/// <summary>
/// Measures feeds of a thousand articles in the server, for everybody and for a partner: cached feeds, compared with the
/// same bytes prepared in advance, and requests for feeds that have not changed. A partner's requests also cost its key,
/// its limits and the record of what it received.
/// </summary>
internal static partial class FeedCost
{
    private const int Entries = 1_000;
    private const double MostOfBytes = 2;
    private const double MostMicroseconds = 100;

    // The day on which the first articles of the corpus were published, one each minute.
    private const string Day = "/feeds/all/2025-01-01";

    public static async Task<int> RunAsync(Settings settings)
    {
        var file = await Corpus.PrepareAsync(settings.Articles);
        var folder = Directory.CreateTempSubdirectory("cms-feeds-");
        try
        {
            var copy = Path.Combine(folder.FullName, "cms.db");
            File.Copy(file, copy);
            return await RunAsync(file, folder.FullName, await KeyAsync(copy), settings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(string file, string folder, string key, Settings settings)
    {
        var environment = StartTest.Product(folder);
        environment["Cms__Site__Enabled"] = "true";
        environment["Cms__Site__Origin"] = "https://panel.example";
        environment["Cms__Limits__SignedInPerSecond"] = "0";
        await using var server = MeasuredProcess.Start([settings.Server ?? StartTest.BuiltServer()], environment);
        await using var floor = await ServerProcess.StartAsync(file);
        await StartTest.UntilAsync(Stopwatch.GetTimestamp(), server.Port, Workload.Get("/healthz/ready"));
        LoadTest.Say(
            $"{Entries} articles in each feed, {Environment.ProcessorCount} cores, load {await LoadTest.LoadAverageAsync()} before. In µs of CPU for each request:"
        );
        LoadTest.Say("");
        LoadTest.Say(
            $"""
            | feed | kB | sent | the same bytes | ratio, at most {MostOfBytes:0} | nothing has changed, at most {MostMicroseconds:0} |
            |---|---|---|---|---|---|
            """
        );
        var passed = true;
        foreach (var format in new[] { "rss", "atom", "json" })
        {
            passed &= await MeasureAsync(format, $"{Day}.{format}", server, floor, settings);
        }

        foreach (var format in new[] { "rss", "atom", "json", "ninjs" })
        {
            var path = $"/p/{key}/feed.{format}?limit={Entries}";
            passed &= await MeasureAsync($"{format} of a partner", path, server, floor, settings);
        }

        LoadTest.Say("");
        passed &= await MeasureChangesAsync(key, server, settings);
        LoadTest.Say("");
        LoadTest.Say(
            $"{(passed ? "All limits are met" : "A feed costs too much")}. Load {await LoadTest.LoadAverageAsync()} after."
        );
        return passed ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(
        string name,
        string path,
        MeasuredProcess server,
        ServerProcess floor,
        Settings settings
    )
    {
        var (bytes, tag) = await FirstAsync(path, server);
        if (Encoding.UTF8.GetString(bytes).Split("urn:uuid:").Length <= Entries)
        {
            throw new InvalidDataException($"{path} does not have {Entries} articles.");
        }

        var sent = await CostAsync([Get(path)], Expected.KeptPage, server, settings);
        var unchanged = await CostAsync([Get(path, tag)], Expected.Unchanged, server, settings);
        var prepared = $"/floor/bytes/feed-{name.Replace(' ', '-')}";
        using (var connection = await HttpConnection.OpenAsync(floor.Port))
        {
            var head = $"POST {prepared} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {bytes.Length}\r\n\r\n";
            await connection.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. bytes]);
        }

        var least = await CostAsync([Workload.Get(prepared)], Expected.Anything, floor.Measured, settings);
        LoadTest.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {bytes.Length / 1e3:0} | {sent:0} | {least:0} | {sent / least:0.0} | {unchanged:0} |"
            )
        );
        return sent <= MostOfBytes * least && unchanged <= MostMicroseconds;
    }

    // A partner that has read everything asks again and again whether there is more.
    private static async Task<bool> MeasureChangesAsync(string key, MeasuredProcess server, Settings settings)
    {
        var path = $"/p/{key}/changes?initial=true&limit=500";
        while (true)
        {
            var page = JsonNode.Parse((await FirstAsync(path, server)).Body)!;
            path = new Uri((string)(page["nextPageUrl"] ?? page["nextSyncUrl"])!).PathAndQuery;
            if (page["nextSyncUrl"] is not null)
            {
                break;
            }
        }

        var (_, tag) = await FirstAsync(path, server);
        var sent = await CostAsync([Get(path)], Expected.KeptPage, server, settings);
        var unchanged = await CostAsync([Get(path, tag)], Expected.Unchanged, server, settings);
        LoadTest.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A partner that asks for changes when there are none: {sent:0} µs, and {unchanged:0} µs if it sends the tag (at most {MostMicroseconds:0})."
            )
        );
        return unchanged <= MostMicroseconds;
    }

    private static async Task<(byte[] Body, string Tag)> FirstAsync(string path, MeasuredProcess server)
    {
        using var connection = await HttpConnection.OpenAsync(server.Port);
        var answer = await connection.AskAsync(Get(path));
        return answer.IsGranted
            ? (answer.Body.ToArray(), Tag().Match(Encoding.ASCII.GetString(answer.Head.Span)).Groups["tag"].Value)
            : throw new InvalidDataException(answer.ToString());
    }

    private static async Task<double> CostAsync(
        IReadOnlyList<byte[]> requests,
        Expected expected,
        MeasuredProcess process,
        Settings settings
    )
    {
        Load load = new(requests, settings.Connections, expected);
        await load.RunAsync(process, TimeSpan.FromSeconds(settings.Warmup));
        return (await load.RunAsync(process, TimeSpan.FromSeconds(settings.Seconds))).Microseconds;
    }

    private static byte[] Get(string path, string? tag = null) =>
        Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: panel.example\r\n{(tag is null ? "" : $"If-None-Match: {tag}\r\n")}\r\n"
        );

    // Adds a partner that receives everything, and returns its feed key.
    public static async Task<string> KeyAsync(string database)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddCms()
            .AddCmsSqlite(database)
            .BuildServiceProvider();
        Actor admin = new() { Contributor = Contributor.Person("Ada", "tenant/ada"), Role = Role.Admin };
        var partner = await services
            .GetRequiredService<CreatePartner>()
            .Handle(new() { Fields = new() { Name = "Harbour Weekly" } }, admin, CancellationToken.None);
        await services
            .GetRequiredService<SaveAgreement>()
            .Handle(
                new()
                {
                    Partner = partner.Value!.Id,
                    Edit = _ => new() { BeginsAt = TimeProvider.System.GetUtcNow(), HasTakes = true },
                },
                admin,
                CancellationToken.None
            );
        var key = await services
            .GetRequiredService<CreateFeedKey>()
            .Handle(new() { Partner = partner.Value.Id }, admin, CancellationToken.None);
        return key.Value!.Secret!;
    }

    [GeneratedRegex("ETag: (?<tag>\"[^\"]+\")", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
