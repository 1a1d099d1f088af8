using Cms.Changes;
using Cms.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cms.Data;

/// <summary>Runs operations as transactions: all of one happens, its row in the change log included, or nothing does.</summary>
public sealed class CmsDatabase(
    IDbContextFactory<CmsDbContext> databases,
    IDatabaseProvider provider,
    TimeProvider clock,
    ChangeFeed feed
)
{
    // A loser of a race decides anew, seeing what the winner did; a second loss in a row is rare, a fourth is a fault.
    private const int Attempts = 4;

    /// <summary>
    /// Lets <paramref name="operation" /> fetch and decide, then saves, numbers the announced changes and commits.
    /// A refusal saves nothing. The operation may run more than once, each time on a fresh context.
    /// </summary>
    public async Task<Result<T>> WriteAsync<T>(
        Func<CmsDbContext, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(cancellationToken);
                Witness? witness = null;
                return await db
                    .Database.CreateExecutionStrategy()
                    .ExecuteAsync(
                        operation,
                        async (_, operation, token) =>
                        {
                            await using var fresh = await databases.CreateDbContextAsync(token);
                            return await AttemptAsync(fresh, operation, seen => witness = seen, token);
                        },
                        // The connection broke while committing: only the database knows whether it did.
                        async (_, _, token) =>
                            witness is { } seen && await SawAsync(seen, token)
                                ? new ExecutionResult<Result<T>>(true, seen.Answer<T>())
                                : new ExecutionResult<Result<T>>(false, default),
                        cancellationToken
                    );
            }
            catch (DbUpdateException lost)
                when (attempt < Attempts && (lost is DbUpdateConcurrencyException || provider.IsUniqueViolation(lost)))
            {
                // Decide anew: the operation now finds the winner's row and refuses, or goes on from it.
            }
        }
    }

    private async Task<Result<T>> AttemptAsync<T>(
        CmsDbContext db,
        Func<CmsDbContext, CancellationToken, Task<Result<T>>> operation,
        Action<Witness> saving,
        CancellationToken cancellationToken
    )
    {
        db.ForgetAnnounced();
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var result = await operation(db, cancellationToken);
            if (result.IsRefused)
            {
                return result;
            }

            if (Witness.Of(db, result) is { } witness)
            {
                saving(witness);
            }

            await db.SaveChangesAsync(cancellationToken);
            await NumberChangesAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            if (db.PendingChanges.Count > 0)
            {
                // Who is answered after this sees nothing from before it.
                await feed.CommittedAsync();
            }

            return result;
        }
        finally
        {
            db.ForgetAnnounced();
        }
    }

    // Last of all: the counter's row stays locked until commit, so that numbers follow the order of commits, without gaps.
    private async Task NumberChangesAsync(CmsDbContext db, CancellationToken cancellationToken)
    {
        if (db.PendingChanges is not [_, ..] changes)
        {
            return;
        }

        var count = changes.Count;
        await db.ChangeCounters.ExecuteUpdateAsync(
            counter => counter.SetProperty(c => c.Seq, c => c.Seq + count),
            cancellationToken
        );
        var last = await db.ChangeCounters.Select(counter => counter.Seq).SingleAsync(cancellationToken);
        var now = clock.Now();
        db.Changes.AddRange(
            changes.Select(
                (change, i) =>
                    new Change
                    {
                        Seq = last - count + 1 + i,
                        Kind = change.Kind,
                        SubjectId = change.Subject,
                        EditionId = change.Edition,
                        OccurredAt = now,
                    }
            )
        );
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<bool> SawAsync(Witness witness, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.FindAsync(witness.Type, witness.Key, cancellationToken) is not null;
    }

    /// <summary>A row that stands in the database exactly if the transaction was committed.</summary>
    private sealed record Witness(Type Type, object?[] Key, object Result)
    {
        public Result<T> Answer<T>() => (Result<T>)Result;

        public static Witness? Of<T>(CmsDbContext db, Result<T> result) =>
            db
                .ChangeTracker.Entries()
                .Where(entry => entry.State is EntityState.Added)
                .Select(entry => new Witness(
                    entry.Metadata.ClrType,
                    [.. entry.Metadata.FindPrimaryKey()!.Properties.Select(p => entry.Property(p).CurrentValue)],
                    result
                ))
                .FirstOrDefault(witness => witness.Type != typeof(Search.SearchDocument));
    }
}
