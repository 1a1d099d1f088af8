using Cms.Data;
using Cms.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>
/// Lists the articles that were stored before the desk's lists existed. A migration cannot do this, because SQL cannot
/// read the text of a body. Startup does it, so that a database migrated by a script gets the rows too.
/// </summary>
public static class FillDeskListings
{
    public static async Task RunAsync(CmsDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Articles.CountAsync(cancellationToken) == await db.DeskListings.CountAsync(cancellationToken))
        {
            return;
        }

        var last = default(ArticleId);
        while (true)
        {
            var ids = await db
                .Articles.Where(a => a.Id > last && !db.DeskListings.Any(l => l.ArticleId == a.Id))
                .OrderBy(a => a.Id)
                .Select(a => a.Id)
                .Take(DeskListings.Batch)
                .ToListAsync(cancellationToken);
            if (ids.Count > 0)
            {
                await db
                    .Database.CreateExecutionStrategy()
                    .ExecuteAsync(
                        async token =>
                        {
                            db.ChangeTracker.Clear();
                            await using var transaction = await db.Database.BeginTransactionAsync(token);
                            await db.ListOnDeskAsync(ids, token);
                            await transaction.CommitAsync(token);
                        },
                        cancellationToken
                    );
                last = ids[^1];
            }

            if (ids.Count < DeskListings.Batch)
            {
                db.ChangeTracker.Clear();
                return;
            }
        }
    }
}
