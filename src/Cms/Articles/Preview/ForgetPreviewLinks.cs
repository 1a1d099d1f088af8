using Cms.Data;
using Cms.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Preview;

/// <summary>Deletes preview links that have expired.</summary>
public sealed class ForgetPreviewLinks(IDbContextFactory<CmsDbContext> databases, TimeProvider clock)
{
    // A short statement does not block writers for long.
    private const int Batch = 1_000;

    public async Task Handle(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (
            await db
                .PreviewLinks.Where(l => l.ExpiresAt <= now)
                .OrderBy(l => l.ExpiresAt)
                .Take(Batch)
                .ExecuteDeleteAsync(cancellationToken) == Batch
        )
        {
            // Delete the next batch.
        }
    }
}
