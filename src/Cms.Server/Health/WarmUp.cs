using System.Buffers;
using System.Diagnostics;
using System.Runtime;
using Cms.Data;
using Cms.GraphQL.Documents;
using Cms.GraphQL.Execution;
using Cms.Reading;
using GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Server.Health;

/// <summary>
/// Executes the trusted queries before clients do, so that no client waits for code and SQL to be compiled. Each query
/// is executed with the slug of the newest article, a persona, a tag or a tool, whichever gives the largest result.
/// </summary>
internal sealed partial class WarmUp(
    KnownDocuments documents,
    GraphQLEngine engine,
    IDbContextFactory<CmsDbContext> databases,
    IServiceScopeFactory scopes,
    ILogger<WarmUp> log
)
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RoundDuration = TimeSpan.FromSeconds(1);

    // The runtime recompiles frequently called code in the background. The warm-up continues while the number of
    // compiled methods grows by at least this share per round.
    private const double WarmingGrowth = 0.01;

    /// <summary>
    /// Executes each query at least once, and repeats this until the runtime has almost nothing left to compile or ten
    /// seconds have passed. Never throws.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var requests = await ReadLargestAsync(await SlugsAsync(cancellationToken), cancellationToken);
            bool isWarm;
            do
            {
                var compiled = JitInfo.GetCompiledMethodCount();
                var roundBegan = Stopwatch.GetTimestamp();
                do
                {
                    foreach (var request in requests)
                    {
                        await ExecuteAsync(request, cancellationToken);
                    }
                } while (requests.Count > 0 && Stopwatch.GetElapsedTime(roundBegan) < RoundDuration);

                isWarm = JitInfo.GetCompiledMethodCount() < compiled * (1 + WarmingGrowth);
            } while (!isWarm && Stopwatch.GetElapsedTime(began) < MaxDuration);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogCold(fault);
        }
        catch (OperationCanceledException)
        {
            // The server stops before the warm-up is complete.
        }
    }

    private async Task<List<string>> SlugsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var newest = db
            .VisibleArticles.Where(l => l.FacetId == FacetId.All)
            .OrderByDescending(l => l.PublishedAt)
            .Take(1)
            .Join(db.Editions, l => l.EditionId, e => e.Id, (l, e) => e.Slug);
        List<string?> slugs =
        [
            await newest.FirstOrDefaultAsync(cancellationToken),
            await db.Personas.OrderBy(p => p.Order).Select(p => p.Slug).FirstOrDefaultAsync(cancellationToken),
            await db.VisibleTags.OrderBy(t => t.Slug).Select(t => t.Slug).FirstOrDefaultAsync(cancellationToken),
            await db.VisibleTools.OrderBy(t => t.Slug).Select(t => t.Slug).FirstOrDefaultAsync(cancellationToken),
        ];
        return [.. slugs.OfType<string>()];
    }

    // The runtime optimises code for the calls it has seen, so empty results would lead to the wrong optimisations.
    private async Task<List<GraphQLRequest>> ReadLargestAsync(List<string> slugs, CancellationToken cancellationToken)
    {
        List<GraphQLRequest> fullest = [];
        foreach (var document in documents.Trusted.Where(document => document.Type == "query"))
        {
            List<(GraphQLRequest Request, int Length)> answered = [];
            foreach (var request in slugs.Select(slug => Request(document.Body, slug)))
            {
                answered.Add((request, await ExecuteAsync(request, cancellationToken)));
            }

            fullest.AddRange(answered.OrderByDescending(a => a.Length).Take(1).Select(a => a.Request));
        }

        return fullest;
    }

    // Variables that a document does not declare are ignored.
    private static GraphQLRequest Request(string document, string slug) =>
        new(document)
        {
            Variables = new Inputs(
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["slug"] = slug,
                    ["query"] = slug.Split('-')[0],
                    ["path"] = "/articles/" + slug,
                }
            ),
        };

    private async Task<int> ExecuteAsync(GraphQLRequest request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var result = await engine.ExecuteAsync(request, scope.ServiceProvider, cancellationToken: cancellationToken);
        var answer = new ArrayBufferWriter<byte>();
        ResultWriter.Write(answer, result);
        return answer.WrittenCount;
    }

    [LoggerMessage(LogLevel.Warning, "The warm-up failed; the first responses take longer")]
    private partial void LogCold(Exception fault);
}
