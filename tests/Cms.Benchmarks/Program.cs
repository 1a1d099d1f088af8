using Cms.Benchmarks;

return args switch
{
    ["serve", var file, var parts] => await BenchmarkServer.RunAsync(file, Enum.Parse<ServerParts>(parts)),
    ["serve-files", var folder] => await FileServer.RunAsync(folder),
    ["serve-empty"] => await EmptyServer.RunAsync(),
    ["micro"] => MicroBenchmarks.Run(),
    ["pages", .. var rest] => await PageDepth.RunAsync(Settings.Parse(["--articles", "100000", .. rest])),
    ["start", .. var rest] => await StartTest.RunAsync(Settings.Parse(rest)),
    ["hostile", .. var rest] => await HostileTest.RunAsync(Settings.Parse(rest)),
    ["subscribers", .. var rest] => await SubscriberTest.RunAsync(Settings.Parse(rest)),
    ["sample-images", var folder] => SampleImages.Run(folder),
    ["media", .. var rest] => await MediaTest.RunAsync(Settings.Parse(rest)),
    ["audit"] => await AuditCost.RunAsync(),
    ["bookmarks"] => await BookmarkCost.RunAsync(),
    ["site", .. var rest] => await SiteCost.RunAsync(Settings.Parse(["--seconds", "5", "--warmup", "8", .. rest])),
    ["feeds", .. var rest] => await FeedCost.RunAsync(Settings.Parse(["--seconds", "5", "--warmup", "8", .. rest])),
    ["desk", .. var rest] => await DeskCost.RunAsync(Settings.Parse(["--articles", "100000", .. rest])),
    ["studio", .. var rest] => await StudioCost.RunAsync(Settings.Parse(["--articles", "100000", .. rest])),
    ["telemetry", .. var rest] => await TelemetryCost.RunAsync(
        Settings.Parse(["--seconds", "5", "--warmup", "20", .. rest])
    ),
    ["soak", .. var rest] => await SoakTest.RunAsync(
        minutes: rest is [var given, ..] ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 30
    ),
    _ => await LoadTest.RunAsync(Settings.Parse(args)),
};
