using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Changes;

/// <summary>Changes that this server reads for all servers.</summary>
/// <param name="Reader">The shared reader.</param>
/// <param name="Claim">Identifies the claim.</param>
/// <param name="After">The number of the last change that was read before.</param>
/// <param name="Until">The number of the last change to read.</param>
/// <param name="Failures">How often reading has failed since it last succeeded.</param>
public sealed record ClaimedChanges(string Reader, Guid Claim, long After, long Until, int Failures);

/// <summary>
/// Claims what a shared reader has not read yet, for this server. No other server reads it until the lease ends, so that
/// each change is read once unless a server dies.
/// </summary>
public sealed class ClaimChanges(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    BeginSharedReader begin,
    TimeProvider clock
)
{
    /// <summary>How long changes are claimed, unless the claim is renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <returns>The changes; null if there are none, or if another server reads them.</returns>
    public async Task<ClaimedChanges?> Handle(string reader, CancellationToken cancellationToken)
    {
        // Usually nothing has changed. Unlike a write transaction, this read does not block writers.
        if (await FindAsync(reader, cancellationToken) is not { IsDue: true } found)
        {
            return null;
        }

        if (found.After is not { } after)
        {
            await begin.Handle(reader, cancellationToken);
            return null;
        }

        var claimed = await database.WriteAsync<Outcome>(
            Actor.Server.For("claimChanges"),
            async (db, token) =>
            {
                var (now, claim) = (clock.Now(), Guid.CreateVersion7());
                var updated = await db
                    .SharedReaders.Where(r => r.Name == reader && r.Epoch == found.End.Epoch && r.Seq == after)
                    .Where(r => r.LeasedUntil == null || r.LeasedUntil <= now)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(r => r.Claim, claim).SetProperty(r => r.LeasedUntil, now + Lease),
                        token
                    );
                return new Outcome(
                    updated == 0 ? null : new ClaimedChanges(reader, claim, after, found.End.Seq, found.Failures)
                );
            },
            cancellationToken
        );
        return claimed.Value!.Claimed;
    }

    private async Task<Found> FindAsync(string reader, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.SharedReaders.AsNoTracking().SingleOrDefaultAsync(r => r.Name == reader, cancellationToken);
        var end = await ListChanges.EndAsync(db, cancellationToken);
        return row is null || row.Epoch != end.Epoch || row.Seq > end.Seq
            ? new Found(end, After: null, Failures: 0, IsDue: true)
            : new Found(end, row.Seq, row.Failures, row.Seq < end.Seq && !(row.LeasedUntil > now));
    }

    private sealed record Found(ChangeCursor End, long? After, int Failures, bool IsDue);

    private sealed record Outcome(ClaimedChanges? Claimed);
}
