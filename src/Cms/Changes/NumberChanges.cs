using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Changes;

/// <summary>Writes the announced changes to the log.</summary>
internal sealed class NumberChanges(TimeProvider clock) : ICommitStep
{
    // This runs at the very end of the transaction. The counter's row stays locked until the commit, so that numbers
    // follow commit order without gaps.
    public async Task BeforeCommitAsync(CmsDbContext db, Actor actor, CancellationToken cancellationToken)
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
}

internal static class ChangeLock
{
    extension(CmsDbContext db)
    {
        /// <summary>Waits for other transactions with public changes, and makes later ones wait for this one.</summary>
        public Task LockChangesAsync(CancellationToken cancellationToken) =>
            db.ChangeCounters.ExecuteUpdateAsync(
                counter => counter.SetProperty(c => c.Seq, c => c.Seq),
                cancellationToken
            );
    }
}

/// <summary>Makes the feed read the changes that this process has just committed.</summary>
internal sealed class ReadOwnChanges(ChangeFeed feed) : ICommitStep
{
    public Task AfterCommitAsync() => feed.CommittedAsync();
}
