using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Audit;

/// <summary>The settings that a server started with, without secrets.</summary>
/// <param name="Settings">The values by name. Settings that have their default are left out.</param>
public sealed record RecordSettingsInput(IReadOnlyDictionary<string, string> Settings);

/// <summary>
/// Records the settings of a server that starts, if they differ from those of the last start. Returns whether an entry
/// was written.
/// </summary>
public sealed class RecordSettings(CmsDatabase database)
{
    /// <summary>The action of the entries.</summary>
    public const string Action = "changeSettings";

    public Task<Result<bool>> Handle(RecordSettingsInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<bool>(
            actor,
            async (db, token) =>
            {
                var after = AuditFields.Empty();
                foreach (var (name, value) in input.Settings)
                {
                    after[name] = AuditFields.TextOf(value);
                }

                var before = await db
                    .AuditEntries.Where(e => e.Action == Action)
                    .OrderByDescending(e => e.At)
                    .ThenByDescending(e => e.Seq)
                    .Select(e => e.After)
                    .FirstOrDefaultAsync(token);
                if ((before ?? "{}") == CanonicalJson.Write(after))
                {
                    return false;
                }

                db.Audit.Add(
                    new AuditNote
                    {
                        Action = Action,
                        Subject = "settings",
                        Summary = "The server started with different settings.",
                        Before = before is null ? null : AuditFields.Read(before),
                        After = after,
                    }
                );
                return true;
            },
            cancellationToken
        );
}
