using Cms.Data;
using Cms.GraphQL;
using Cms.Media.Blobs;
using Microsoft.EntityFrameworkCore;

namespace Cms.Server.Health;

/// <summary>
/// Checks whether this server can handle requests: it has started, is not stopping, its clock is right, and its database and
/// image store respond.
/// </summary>
internal sealed partial class Readiness(
    IDbContextFactory<CmsDbContext> databases,
    IDatabaseProvider provider,
    DatabaseAvailability availability,
    ClockCheck check,
    IBlobStore store,
    IHostApplicationLifetime lifetime,
    ILogger<Readiness> logger
)
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private volatile bool _hasStarted;

    // The last code that was logged; null while the server is ready.
    private string? _reported;

    public void SetStarted() => _hasStarted = true;

    /// <summary>Returns why the server is not ready; null if it is ready.</summary>
    public async Task<Unready?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return new Unready("STOPPING", "The server is stopping.");
        }

        if (!_hasStarted)
        {
            return new Unready("STARTING", "The server is starting.");
        }

        var (unready, sentence, fault) = await ProbeBothAsync(cancellationToken);
        Report(unready, sentence, fault);
        return unready;
    }

    private async Task<(Unready? Unready, string Sentence, Exception? Fault)> ProbeBothAsync(
        CancellationToken cancellationToken
    )
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ProbeTimeout);
        try
        {
            await availability.RunAsync(ProbeDatabaseAsync, timeout.Token);
            if (await availability.RunAsync(check.IsOffAsync, timeout.Token))
            {
                const string Reason =
                    "The clock of this server differs from the database's by more than five seconds. Set it, for example with NTP.";
                return (new Unready("CLOCK_OFF", Reason), Reason, null);
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return (
                new Unready(ErrorCodes.DatabaseUnavailable, "The database does not respond; the log says why."),
                provider.Explain(fault) ?? "The database does not respond.",
                fault
            );
        }

        try
        {
            await store.ProbeAsync(timeout.Token);
            return (null, "", null);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return (
                new Unready("STORE_UNAVAILABLE", "The image store cannot be used; the log says why."),
                "The image store cannot be used.",
                fault
            );
        }
    }

    // Logs only changes, not every probe.
    private void Report(Unready? unready, string sentence, Exception? fault)
    {
        if (Interlocked.Exchange(ref _reported, unready?.Code) == unready?.Code)
        {
            return;
        }

        if (unready is null)
        {
            LogReady(logger);
        }
        else
        {
            LogNotReady(logger, sentence, fault);
        }
    }

    private async Task<long> ProbeDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ChangeCounters.AsNoTracking().Select(counter => counter.Seq).SingleAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "Not ready: {Reason}")]
    private static partial void LogNotReady(ILogger logger, string reason, Exception? fault);

    [LoggerMessage(LogLevel.Information, "Ready again")]
    private static partial void LogReady(ILogger logger);
}

/// <summary>The reason why a server is not ready.</summary>
internal sealed record Unready(string Code, string Reason);
