using Cms.Benchmarks;

return args switch
{
    ["serve", var file, .. var rest] => await BenchmarkServer.RunAsync(
        file,
        countStatements: rest.Contains("--statements"),
        cached: rest.Contains("--cached")
    ),
    ["micro"] => MicroBenchmarks.Run(),
    ["pages", .. var rest] => await PageDepth.RunAsync(Settings.Parse(["--articles", "100000", .. rest])),
    ["bookmarks"] => await BookmarkCost.RunAsync(),
    _ => await LoadTest.RunAsync(Settings.Parse(args)),
};
