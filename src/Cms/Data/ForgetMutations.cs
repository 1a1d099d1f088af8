using Cms.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Cms.Data;

/// <summary>Deletes the records of completed mutations that are older than a day.</summary>
public sealed class ForgetMutations(IDbContextFactory<CmsDbContext> databases, TimeProvider clock)
{
    // A short statement does not block writers for long.
    private const int Batch = 1_000;

    public async Task Handle(CancellationToken cancellationToken)
    {
        var before = clock.Now() - CompletedMutation.Kept;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (
            await db
                .CompletedMutations.Where(m => m.CompletedAt < before)
                .OrderBy(m => m.CompletedAt)
                .Take(Batch)
                .ExecuteDeleteAsync(cancellationToken) == Batch
        )
        {
            // Delete the next batch.
        }
    }
}
