using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;
using NetVips;

namespace Cms.Benchmarks;

/// <summary>
/// Compares the cost of rendering an image with the cost of the libvips command line. Also compares the cost of sending
/// a cached image with the cost of sending a static file from Kestrel.
/// </summary>
internal static class MediaTest
{
    private const int Width = 1_200;
    private const int Renders = 20;
    private const string Images = "{ articles(first: 20) { nodes { heroImage { url(width: 1600, format: WEBP) } } } }";

    private static readonly Dictionary<string, string> Nothing = [];

    public static async Task<int> RunAsync(Settings settings)
    {
        LoadTest.Say($"{Environment.ProcessorCount} cores, load {await LoadTest.LoadAverageAsync()} before.");
        LoadTest.Say("");
        var folder = Directory.CreateTempSubdirectory("cms-media-");
        try
        {
            await MeasureMakingAsync(folder.FullName);
            await MeasureSendingAsync(folder.FullName, settings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        LoadTest.Say("");
        LoadTest.Say($"Load {await LoadTest.LoadAverageAsync()} after.");
        return 0;
    }

    private static async Task MeasureMakingAsync(string folder)
    {
        var file = Path.Combine(folder, "photograph.jpg");
        Photograph(4_000, 3_000).WriteToFile(file, new VOption { { "Q", 90 } });
        var original = await File.ReadAllBytesAsync(file);
        var source = new RenditionSource
        {
            Id = EntityId.New<MediaId>(),
            Rev = 1,
            Width = 4_000,
            Height = 3_000,
        };
        using var gate = new ImageGate();
        var maker = new RenditionMaker(gate);
        var recipe = new RenditionRecipe { Width = Width };
        var first = await RenderAsync();

        List<double> ours = [];
        List<double> theirs = [];
        for (var i = 0; i < 3; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var n = 0; n < Renders; n++)
            {
                await RenderAsync();
            }

            ours.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Renders);
            if (await CommandLineAsync(folder, file) is { } milliseconds)
            {
                theirs.Add(milliseconds);
            }
        }

        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 3 * Renders),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (_, _) => await RenderAsync()
        );
        var perSecond = 3 * Renders / Stopwatch.GetElapsedTime(began).TotalSeconds;

        LoadTest.Say(
            $"A JPEG of 12 MP ({original.Length / 1e6:0.0} MB) to a WebP {Width} px wide ({first / 1e3:0} kB): {Best(ours):0} ms of CPU; {perSecond:0.0} per second on all cores."
        );
        if (theirs is [])
        {
            LoadTest.Say("The libvips command line is not installed (apt-get install libvips-tools).");
        }
        else
        {
            LoadTest.Say(
                $"The libvips command line: {Best(theirs):0} ms of CPU. Ratio {Best(ours) / Best(theirs):0.00}."
            );
        }

        async Task<int> RenderAsync() =>
            (await maker.RenderAsync(original, source, recipe, default)).Value!.Bytes.Length;
    }

    // Resembles a photograph: large shapes, small shapes and noise.
    private static Image Photograph(int width, int height)
    {
        var bands = Enumerable
            .Range(1, 3)
            .Select(seed =>
                (Image.Perlin(width, height, cellSize: 512, seed: seed) * 70)
                + (Image.Perlin(width, height, cellSize: 24, seed: seed + 10) * 30)
                + Image.Gaussnoise(width, height, sigma: 6, mean: 128, seed: seed)
            )
            .ToArray();
        return bands[0]
            .Bandjoin(bands[1..])
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
    }

    // The shell prints the CPU time of its child processes (POSIX, times).
    private static async Task<double?> CommandLineAsync(string folder, string file)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            $"set -e; for i in $(seq {Renders}); do vips thumbnail '{file}' '{folder}/made.webp[Q=80]' {Width}; done; times"
        );
        start.Environment["VIPS_CONCURRENCY"] = "1";
        try
        {
            using var shell = Process.Start(start)!;
            var output = await shell.StandardOutput.ReadToEndAsync();
            await shell.WaitForExitAsync();
            return shell.ExitCode == 0 ? output.Trim().Split('\n')[^1].Split(' ').Sum(Seconds) * 1_000 / Renders : null;
        }
        catch (Win32Exception)
        {
            return null;
        }

        // Parses a time such as 1m2.345s.
        static double Seconds(string time)
        {
            var parts = time.TrimEnd('s').Split('m');
            return (double.Parse(parts[0], CultureInfo.InvariantCulture) * 60)
                + double.Parse(parts[1], CultureInfo.InvariantCulture);
        }
    }

    private static async Task MeasureSendingAsync(string folder, Settings settings)
    {
        var program = settings.Server ?? StartTest.BuiltServer();
        var data = Path.Combine(folder, "data");
        await ImportAsync(program, data);
        await using var server = MeasuredProcess.Start([program], StartTest.Product(data));
        var paths = await PathsAsync(server.Port);
        var files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        using (var connection = await HttpConnection.OpenAsync(server.Port))
        {
            for (var i = 0; i < paths.Count; i++)
            {
                var image = await connection.AskAsync(Workload.Get(paths[i]));
                await File.WriteAllBytesAsync(Path.Combine(files, $"{i}.webp"), image.Body.ToArray());
            }
        }

        await using var floor = MeasuredProcess.Start(
            [typeof(MediaTest).Assembly.Location, "serve-files", files],
            Nothing
        );
        await StartTest.UntilAsync(Stopwatch.GetTimestamp(), floor.Port, Workload.Get("/0.webp"));
        var size = new DirectoryInfo(files).EnumerateFiles().Average(f => f.Length);
        var kept = new Load([.. paths.Select(Workload.Get)], settings.Connections, Expected.Image);
        var served = new Load(
            [.. paths.Select((_, i) => Workload.Get($"/{i}.webp"))],
            settings.Connections,
            Expected.Image
        );
        foreach (var (load, process) in new[] { (kept, server), (served, floor) })
        {
            await load.RunAsync(process, TimeSpan.FromSeconds(settings.Warmup));
        }

        List<double> images = [];
        List<double> plain = [];
        for (var i = 0; i < 3; i++)
        {
            images.Add((await kept.RunAsync(server, TimeSpan.FromSeconds(settings.Seconds))).PerCpuSecond);
            plain.Add((await served.RunAsync(floor, TimeSpan.FromSeconds(settings.Seconds))).PerCpuSecond);
        }

        LoadTest.Say(
            $"{paths.Count} cached images of {size / 1e3:0} kB: {images.Max():0} per CPU-second; the same as static files from Kestrel: {plain.Max():0}. Ratio {images.Max() / plain.Max():0.00}."
        );
    }

    private static async Task ImportAsync(string program, string data)
    {
        var sample = Path.Combine(Path.GetDirectoryName(program)!, "samples", "newsroom");
        var start = new ProcessStartInfo("dotnet", [program, "import", sample])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in StartTest.Product(data))
        {
            start.Environment[name] = value;
        }

        using var import = Process.Start(start)!;
        var output = await import.StandardOutput.ReadToEndAsync();
        await import.WaitForExitAsync();
        if (import.ExitCode != 0)
        {
            throw new InvalidOperationException($"The sample newsroom could not be imported: {output}");
        }
    }

    private static async Task<IReadOnlyList<string>> PathsAsync(int port)
    {
        await StartTest.UntilAsync(Stopwatch.GetTimestamp(), port, Workload.Get("/healthz/ready"));
        using var connection = await HttpConnection.OpenAsync(port);
        using var answer = JsonDocument.Parse(await connection.SendAsync(Workload.Post("/graphql", Images, null)));
        return
        [
            .. answer
                .RootElement.GetProperty("data")
                .GetProperty("articles")
                .GetProperty("nodes")
                .EnumerateArray()
                .Select(article => article.GetProperty("heroImage"))
                .Where(image => image.ValueKind is JsonValueKind.Object)
                .Select(image => image.GetProperty("url").GetString()!)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    // The best run is the one that other work on the machine disturbed least.
    private static double Best(List<double> runs) => runs.Min();
}
