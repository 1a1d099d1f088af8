using System.Diagnostics;
using Cms.Api.Documents;
using Cms.Api.Execution;
using Cms.Articles;
using Cms.Data;
using GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Server.Health;

/// <summary>
/// Executes the trusted documents before clients do, so that nobody waits while code and SQL are compiled: each with the
/// newest article, and with some persona, tag and tool.
/// </summary>
internal sealed partial class WarmUp(
    KnownDocuments documents,
    GraphQLEngine engine,
    IDbContextFactory<CmsDbContext> databases,
    IServiceScopeFactory scopes,
    ILogger<WarmUp> log
)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <summary>Returns when each document was executed once at least, and again until the time for it is spent; never fails.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var slugs = await SlugsAsync(cancellationToken);
            var queries = documents.Trusted.Where(document => document.Type == "query").ToList();
            do
            {
                foreach (var query in queries)
                {
                    foreach (var slug in slugs)
                    {
                        await ExecuteAsync(query.Body, slug, cancellationToken);
                    }
                }
            } while (Stopwatch.GetElapsedTime(began) < Budget && queries.Count > 0 && slugs.Count > 0);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogCold(fault);
        }
        catch (OperationCanceledException)
        {
            // The server stops before it was warm.
        }
    }

    private async Task<List<string>> SlugsAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var newest = db
            .ArticleListings.Where(l => l.FacetId == FacetId.All)
            .OrderByDescending(l => l.PublishedAt)
            .Take(1)
            .Join(db.Editions, l => l.EditionId, e => e.Id, (l, e) => e.Slug);
        List<string?> slugs =
        [
            await newest.FirstOrDefaultAsync(cancellationToken),
            await db.Personas.OrderBy(p => p.Order).Select(p => p.Slug).FirstOrDefaultAsync(cancellationToken),
            await db.Tags.OrderBy(t => t.Slug).Select(t => t.Slug).FirstOrDefaultAsync(cancellationToken),
            await db.Tools.OrderBy(t => t.Slug).Select(t => t.Slug).FirstOrDefaultAsync(cancellationToken),
        ];
        return [.. slugs.OfType<string>()];
    }

    // Variables that a document does not declare are passed over.
    private async Task ExecuteAsync(string query, string slug, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["slug"] = slug,
            ["query"] = slug.Split('-')[0],
            ["path"] = "/articles/" + slug,
        };
        var result = await engine.ExecuteAsync(
            new GraphQLRequest(query) { Variables = new Inputs(variables) },
            scope.ServiceProvider,
            cancellationToken: cancellationToken
        );
        ResultWriter.Write(new System.Buffers.ArrayBufferWriter<byte>(), result);
    }

    [LoggerMessage(LogLevel.Warning, "The server could not be warmed up; its first answers take longer")]
    private partial void LogCold(Exception fault);
}
