using Cms.Foundation;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Cms.Data;

/// <summary>
/// Runs each operation in a transaction. Either all its changes are saved, including its rows in the change log, or
/// none of them.
/// </summary>
public sealed partial class CmsDatabase(
    IDbContextFactory<CmsDbContext> databases,
    IDatabaseProvider provider,
    DatabaseAvailability availability,
    IEnumerable<ICommitStep> steps,
    WriteRetries retries,
    NewsroomTime newsroom,
    TimeProvider clock,
    ILogger<CmsDatabase> log
)
{
    private readonly ICommitStep[] _steps = [.. steps];

    /// <summary>
    /// Runs <paramref name="operation" />, then saves its changes, runs the commit steps and commits. If the operation
    /// returns an error, nothing is saved. The operation can run more than once, each time with a new context: after a
    /// conflict with another write, it runs again and sees what that write saved.
    /// </summary>
    /// <param name="actor">The actor who makes the change.</param>
    /// <param name="operation">The reads and changes to make within the transaction.</param>
    /// <exception cref="DatabaseBusyException">
    /// Every attempt until the time limit conflicted with other writes. Nothing was saved.
    /// </exception>
    /// <exception cref="DatabaseUnavailableException">The database does not respond.</exception>
    public async Task<Result<T>> WriteAsync<T>(
        Actor actor,
        Func<CmsDbContext, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        // Errors that mention times are created in the operation.
        newsroom.Begin();

        // A running attempt is cancelled only if there is a deadline. A long import can take as long as it needs.
        var left = MutationDeadline.Left;
        using var late = new CancellationTokenSource(Positive(left) ?? Timeout.InfiniteTimeSpan, retries.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var limit = left ?? retries.Limit;
        var began = retries.Clock.GetTimestamp();
        Exception? lost = null;
        for (var attempt = 1; ; attempt++)
        {
            var attempted = retries.Clock.GetTimestamp();
            try
            {
                return await RunAsync(actor, operation, either.Token);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested && IsLost(fault, late.Token))
            {
                // Prefer the exception of the last conflict. The exception of a cancelled attempt says less.
                lost = late.IsCancellationRequested ? lost ?? fault : fault;
            }

            // While another program locks the database, an attempt blocks its thread. An attempt that would probably end
            // after the deadline is not begun, because the client would get a timeout.
            var pause = WriteRetries.PauseAfter(attempt);
            var next = left is null ? TimeSpan.Zero : retries.Clock.GetElapsedTime(attempted);
            if (late.IsCancellationRequested || retries.Clock.GetElapsedTime(began) + pause + next >= limit)
            {
                LogBusy(attempt, retries.Clock.GetElapsedTime(began), lost);
                throw new DatabaseBusyException(lost);
            }

            await Task.Delay(pause, retries.Clock, cancellationToken);
        }
    }

    private static TimeSpan? Positive(TimeSpan? left) => left < TimeSpan.Zero ? TimeSpan.Zero : left;

    private bool IsLost(Exception fault, CancellationToken late) =>
        provider.FaultOf(fault) is DatabaseFault.Contention or DatabaseFault.Duplicate
        || (
            late.IsCancellationRequested
            && (fault is OperationCanceledException || provider.FaultOf(fault) is DatabaseFault.Cancelled)
        );

    // The provider's execution strategy retries the write a few times if the connection is lost.
    private async Task<Result<T>> RunAsync<T>(
        Actor actor,
        Func<CmsDbContext, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    )
    {
        var commit = new Commit();
        try
        {
            return await availability.RunAsync(token => RunAsync(actor, operation, commit, token), cancellationToken);
        }
        catch (Exception fault)
            when (!cancellationToken.IsCancellationRequested
                && provider.FaultOf(fault)
                    is DatabaseFault.Unavailable
                        or DatabaseFault.Timeout
                        or DatabaseFault.Cancelled
                && !commit.TryPrevent()
            )
        {
            throw new DatabaseUnavailableException(fault, mayBeSaved: true);
        }
    }

    private async Task<Result<T>> RunAsync<T>(
        Actor actor,
        Func<CmsDbContext, CancellationToken, Task<Result<T>>> operation,
        Commit commit,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                operation,
                async (_, operation, token) =>
                {
                    await using var fresh = await databases.CreateDbContextAsync(token);
                    return await AttemptAsync(fresh, actor, operation, commit, token);
                },
                // The connection was lost during the commit. Only the database knows whether the commit succeeded.
                async (_, _, token) =>
                    commit.Witness is { } seen && await ExistsAsync(seen, token)
                        ? new ExecutionResult<Result<T>>(true, seen.Answer<T>())
                        : new ExecutionResult<Result<T>>(false, default),
                cancellationToken
            );
    }

    // Returns the result of the current mutation if it was already carried out and the person may still see it.
    private async Task<Result<T>?> EarlierAsync<T>(CmsDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        if (await db.CompletedAsync<T>(actor, cancellationToken) is not { } earlier)
        {
            return null;
        }

        foreach (var step in _steps)
        {
            if (earlier.Value is { } result && !await step.MayRepeatAsync(db, result, actor, cancellationToken))
            {
                return null;
            }
        }

        return earlier;
    }

    private async Task<Result<T>> AttemptAsync<T>(
        CmsDbContext db,
        Actor actor,
        Func<CmsDbContext, CancellationToken, Task<Result<T>>> operation,
        Commit commit,
        CancellationToken cancellationToken
    )
    {
        db.ForgetAnnounced();
        commit.Reset();
        try
        {
            using var turn = await provider.TakeWriteTurnAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await EarlierAsync<T>(db, actor, cancellationToken) is { } earlier)
            {
                return earlier;
            }

            var result = await operation(db, cancellationToken);
            if (result.IsRefused && ClientMutation.Current is null)
            {
                return result;
            }

            if (result.IsRefused)
            {
                // The same mutation, sent twice, can have been carried out while this attempt waited for its locks.
                await transaction.RollbackAsync(cancellationToken);
                await using var fresh = await databases.CreateDbContextAsync(cancellationToken);
                return await EarlierAsync<T>(fresh, actor, cancellationToken) ?? result;
            }

            db.Complete(actor, result.Value!, clock.Now());
            db.Result = result.Value;

            var witness = Witness.Of(db, result);
            await db.SaveChangesAsync(cancellationToken);
            foreach (var step in _steps)
            {
                await step.BeforeCommitAsync(db, actor, cancellationToken);
            }

            commit.Begin(witness);
            await transaction.CommitAsync(cancellationToken);
            if (db.HasAnnounced)
            {
                foreach (var step in _steps)
                {
                    await step.AfterCommitAsync();
                }
            }

            return result;
        }
        finally
        {
            db.ForgetAnnounced();
        }
    }

    private async Task<bool> ExistsAsync(Witness witness, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.FindAsync(witness.Type, witness.Key, cancellationToken) is not null;
    }

    /// <summary>A row that exists in the database if and only if the transaction was committed.</summary>
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
                .FirstOrDefault(witness => !witness.Type.IsAssignableTo(typeof(IRewritten)));
    }

    /// <summary>
    /// Tracks whether a write has begun its commit. From then on, only the database knows whether the write was saved.
    /// </summary>
    private sealed class Commit
    {
        private const int Open = 0;
        private const int Begun = 1;
        private const int Prevented = 2;

        private int _state;

        /// <summary>The row that shows whether the last commit succeeded; null if there is none.</summary>
        public Witness? Witness { get; private set; }

        /// <summary>
        /// Starts a new attempt. If an earlier attempt began its commit, a check has shown that the commit failed.
        /// </summary>
        public void Reset()
        {
            Witness = null;
            Interlocked.CompareExchange(ref _state, Open, Begun);
        }

        /// <exception cref="OperationCanceledException">The write was abandoned.</exception>
        public void Begin(Witness? witness)
        {
            if (Interlocked.CompareExchange(ref _state, Begun, Open) is Prevented)
            {
                throw new OperationCanceledException("The write was abandoned before its commit.");
            }

            Witness = witness;
        }

        /// <summary>Prevents a later commit. Returns false if the commit has begun.</summary>
        public bool TryPrevent() => Interlocked.CompareExchange(ref _state, Prevented, Open) is not Begun;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "A write gave up after {Attempts} attempts in {Elapsed} because of conflicts with other writes"
    )]
    private partial void LogBusy(int attempts, TimeSpan elapsed, Exception? last);
}
