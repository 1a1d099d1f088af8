using Cms.Audit;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Backups;

/// <summary>From when the restored database is.</summary>
/// <param name="TakenAt">When the backup was taken; null if it is not known.</param>
public sealed record BeginNewLogInput(DateTimeOffset? TakenAt);

/// <summary>
/// Gives the change log of a restored database a new epoch, so that clients with cursors from before read everything
/// again. The audit log says that the database was restored. Returns the new epoch.
/// </summary>
public sealed class BeginNewLog(CmsDatabase database)
{
    /// <summary>The action of the entries in the audit log.</summary>
    public const string Action = "restoreDatabase";

    public Task<Result<Guid>> Handle(BeginNewLogInput input, CancellationToken cancellationToken) =>
        database.WriteAsync<Guid>(
            Actor.Server,
            async (db, token) =>
            {
                var epoch = Guid.CreateVersion7();
                await db.ChangeCounters.ExecuteUpdateAsync(counter => counter.SetProperty(c => c.Epoch, epoch), token);
                var after = AuditFields.Empty();
                if (input.TakenAt is { } takenAt)
                {
                    after["takenAt"] = AuditFields.TimeOf(takenAt);
                }

                db.Audit.Add(
                    new AuditNote
                    {
                        Action = Action,
                        Subject = "database",
                        Summary = "The database was restored from a backup. Clients must read everything again.",
                        After = after,
                    }
                );
                return epoch;
            },
            cancellationToken
        );
}
