using Cms.Data;
using Cms.Media.Blobs;
using Microsoft.EntityFrameworkCore;

namespace Cms.Server.Health;

/// <summary>Whether this server should be sent requests: it has started, is not stopping, and its database and its store of images answer.</summary>
internal sealed partial class Readiness(
    IDbContextFactory<CmsDbContext> databases,
    IDatabaseProvider provider,
    DatabaseAvailability availability,
    IBlobStore store,
    IHostApplicationLifetime lifetime,
    ILogger<Readiness> logger
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private volatile bool _hasStarted;

    public void SetStarted() => _hasStarted = true;

    /// <summary>Null when ready, otherwise why not.</summary>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "The server is stopping.";
        }

        if (!_hasStarted)
        {
            return "The server is starting.";
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await availability.RunAsync(AskAsync, patience.Token);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotReady(logger, provider.Explain(fault) ?? "The database does not answer.", fault);
            return "The database does not answer; the log says why.";
        }

        try
        {
            await store.ProbeAsync(patience.Token);
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotReady(logger, "The store of images cannot be used.", fault);
            return "The store of images cannot be used; the log says why.";
        }
    }

    private async Task<long> AskAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ChangeCounters.AsNoTracking().Select(counter => counter.Seq).SingleAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "Not ready: {Reason}")]
    private static partial void LogNotReady(ILogger logger, string reason, Exception fault);
}
