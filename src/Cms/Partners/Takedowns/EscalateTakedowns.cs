using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Takedowns;

/// <summary>
/// Puts takedowns into the inbox of editors at their deadline, if a partner has not confirmed them. It tells them again
/// only if another delivery is found later whose partner has not confirmed the takedown. If several servers find the same
/// deadline, the first one tells them.
/// </summary>
public sealed class EscalateTakedowns(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    TimeProvider clock
)
{
    /// <returns>When the next takedown is due; null if none is.</returns>
    public async Task<DateTimeOffset?> Handle(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Due(db, now).AnyAsync(cancellationToken))
        {
            // One statement, so that no other server can tell them between the check and the change.
            await database.WriteAsync<int>(
                Actor.Server.For("escalateTakedowns"),
                async (db, token) =>
                    await Due(db, now)
                        .ExecuteUpdateAsync(set => set.SetProperty(takedown => takedown.EscalatedAt, now), token),
                cancellationToken
            );
        }

        return await db.Takedowns.Where(t => t.AcknowledgeBy > now).MinAsync(t => t.AcknowledgeBy, cancellationToken);
    }

    private static IQueryable<Takedown> Due(CmsDbContext db, DateTimeOffset now)
    {
        var owed = db.Owed;
        return db.Takedowns.Where(t =>
            t.AcknowledgeBy <= now
            && owed.Any(r => r.TakedownId == t.Id && (t.EscalatedAt == null || r.FirstAt > t.EscalatedAt))
        );
    }
}
