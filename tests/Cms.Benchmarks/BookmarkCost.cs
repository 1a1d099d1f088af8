using System.Diagnostics;
using Cms.Bookmarks;
using Cms.Data;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.People;
using Cms.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Cms.Benchmarks;

/// <summary>Measures the cost of merging 5,000 bookmarks and of reading their first page.</summary>
internal static class BookmarkCost
{
    private const int Runs = 7;
    private const string Page =
        "{ viewer { bookmarks(first: 20) { nodes { id savedAt note changedSinceSaved target { ... on Article { headline } } } } } }";

    public static async Task<int> RunAsync()
    {
        var file = await Corpus.PrepareAsync(10_000);
        var copy = Path.ChangeExtension(file, ".bookmarks.db");
        File.Copy(file, copy, overwrite: true);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddCms()
            .AddCmsSqlite(copy)
            .BuildServiceProvider();
        await services.GetRequiredService<IDatabaseProvider>().PrepareAsync(CancellationToken.None);
        await using var db = await services
            .GetRequiredService<IDbContextFactory<CmsDbContext>>()
            .CreateDbContextAsync();
        var targets = await db.ArticleListings.Select(l => l.ArticleId).Distinct().Take(5_000).ToListAsync();
        var at = TimeProvider.System.GetUtcNow().AddDays(-1);
        var input = new MergeBookmarksInput
        {
            Bookmarks = targets.ConvertAll(id => new SavedTargetInput
            {
                TargetId = id.Format(),
                SavedAt = at = at.AddSeconds(1),
                Note = "Read it.",
            }),
        };
        var merge = services.GetRequiredService<MergeBookmarks>();
        List<double> first = [];
        List<double> again = [];
        List<double> page = [];
        for (var i = 0; i < Runs; i++)
        {
            var reader = new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7());
            var actor = new Actor
            {
                Contributor = Contributor.Person("Rae", reader.ToString()),
                Key = reader,
                Role = Role.Reader,
            };
            first.Add(await MillisecondsAsync(() => merge.Handle(input, actor, default)));
            again.Add(await MillisecondsAsync(() => merge.Handle(input, actor, default)));
            page.Add(
                await MillisecondsAsync(async () =>
                {
                    for (var n = 0; n < 20; n++)
                    {
                        await ReadAsync(services, reader);
                    }
                }) / 20
            );
        }

        LoadTest.Say(
            $"{targets.Count} bookmarks, load {await LoadTest.LoadAverageAsync()}; the median of {Runs} runs:"
        );
        LoadTest.Say(
            $"merging them: {LoadTest.Median(first):0} ms CPU; merging them again: {LoadTest.Median(again):0} ms CPU."
        );
        LoadTest.Say($"page 1 of them with its articles: {LoadTest.Median(page):0.00} ms CPU.");
        return 0;
    }

    private static async Task ReadAsync(ServiceProvider services, PersonKey reader)
    {
        await using var scope = services.CreateAsyncScope();
        var viewer = new Viewer
        {
            Kind = ViewerKind.Person,
            Key = reader,
            Role = Role.Reader,
        };
        var result = await scope
            .ServiceProvider.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(new GraphQLRequest(Page), scope.ServiceProvider, viewer);
        if (result.Errors is [var error, ..])
        {
            throw new InvalidOperationException("The page was rejected.", error);
        }
    }

    private static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }
}
