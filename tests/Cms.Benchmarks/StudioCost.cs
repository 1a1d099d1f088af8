using System.Diagnostics;
using System.Globalization;
using System.Net;
using Cms.DevIdentity;

namespace Cms.Benchmarks;

/// <summary>
/// Measures the screens of the Studio in the server, for an editor and an author who are signed in, with three revisions
/// of each article.
/// </summary>
internal static class StudioCost
{
    private const double MostMilliseconds = 20;
    private const int Runs = 100;
    private const int Warmup = 200;

    private static readonly (string Name, string Path)[] Screens =
    [
        ("articles", "/studio/articles"),
        ("articles: mine", "/studio/articles?list=mine"),
        ("articles: in review", "/studio/articles?list=review"),
        ("articles: overdue", "/studio/articles?list=overdue"),
        ("articles: a category", "/studio/articles?category=desk-1"),
        ("articles: a rare word", "/studio/articles?q=case7"),
        ("articles: a word of every article", "/studio/articles?q=model"),
        ("panel", "/studio/panel"),
        ("board", "/studio/board"),
        ("calendar", "/studio/calendar"),
        ("inbox", "/studio/inbox"),
        ("activity", "/studio/activity"),
    ];

    public static async Task<int> RunAsync(Settings settings)
    {
        var file = await DeskCost.PrepareAsync(settings.Articles);
        var folder = Directory.CreateTempSubdirectory("cms-studio-");
        try
        {
            File.Copy(file, Path.Combine(folder.FullName, "cms.db"));
            return await RunAsync(folder.FullName, settings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(string folder, Settings settings)
    {
        var identity = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{MeasuredProcess.FreePort()}");
        await using var provider = await Provider.StartAsync(identity, folder, CancellationToken.None);
        var environment = StartTest.Product(folder);
        environment["Cms__Limits__SignedInPerSecond"] = "0";
        foreach (var (name, value) in Provider.Settings(identity))
        {
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value!;
        }

        await using var server = MeasuredProcess.Start([settings.Server ?? StartTest.BuiltServer()], environment);
        await StartTest.UntilAsync(Stopwatch.GetTimestamp(), server.Port, Workload.Get("/healthz/ready"));
        LoadTest.Say(
            $"{settings.Articles} articles, {Environment.ProcessorCount} cores, load {await LoadTest.LoadAverageAsync()} before. The mean of {Runs} requests, in ms of CPU:"
        );
        LoadTest.Say("");
        LoadTest.Say($"| screen, at most {MostMilliseconds:0} | kB | editor | author |\n|---|---|---|---|");
        using var editor = await SignInAsync(server.Port, "editor");
        using var author = await SignInAsync(server.Port, "author");
        var passed = true;
        // The server compiles what one page needs while it answers another, so all pages are warm before the first is measured.
        foreach (var (_, path) in Screens)
        {
            await CostAsync(editor, path, server);
            await CostAsync(author, path, server);
        }

        foreach (var (name, path) in Screens)
        {
            var (bytes, first) = await CostAsync(editor, path, server);
            var (_, second) = await CostAsync(author, path, server);
            passed &= Math.Max(first, second) <= MostMilliseconds;
            LoadTest.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {bytes / 1e3:0.0} | {first:0.0} | {second:0.0} |"
                )
            );
        }

        LoadTest.Say("");
        LoadTest.Say(
            $"{(passed ? "All limits are met" : "A screen costs too much")}. Load {await LoadTest.LoadAverageAsync()} after."
        );
        return passed ? 0 : 1;
    }

    // Signs in as the browser does. The person is already chosen, so the provider shows no page.
    private static async Task<HttpClient> SignInAsync(int port, string person)
    {
        var cookies = new CookieContainer();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        using var asking = Browser(cookies, address, follows: false);
        using var redirect = await asking.GetAsync(new Uri("/signin?returnUrl=/studio", UriKind.Relative));
        var chosen = new Uri($"{redirect.Headers.Location}&login_hint={person}");
        var browser = Browser(cookies, address, follows: true);
        using var answer = await browser.GetAsync(chosen);
        return answer.IsSuccessStatusCode
            ? browser
            : throw new InvalidOperationException($"The sign-in ended with {answer.StatusCode}.");
    }

    private static HttpClient Browser(CookieContainer cookies, Uri address, bool follows) =>
        new(
            new SocketsHttpHandler
            {
                CookieContainer = cookies,
                AllowAutoRedirect = follows,
                UseProxy = false,
            }
        )
        {
            BaseAddress = address,
        };

    private static async Task<(int Bytes, double Milliseconds)> CostAsync(
        HttpClient browser,
        string path,
        MeasuredProcess server
    )
    {
        // The first requests are not counted: the server compiles what they need.
        var bytes = 0;
        for (var i = 0; i < Warmup; i++)
        {
            bytes = await AskAsync();
        }

        var before = server.Cpu;
        for (var i = 0; i < Runs; i++)
        {
            await AskAsync();
        }

        return (bytes, (server.Cpu - before).TotalMilliseconds / Runs);

        async Task<int> AskAsync()
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
            return answer.StatusCode is HttpStatusCode.OK
                ? (await answer.Content.ReadAsByteArrayAsync()).Length
                : throw new InvalidDataException($"{path} was answered with {answer.StatusCode}.");
        }
    }
}
