using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Audit;

/// <summary>A field that a member of staff may not select.</summary>
/// <param name="Field">The name of the field.</param>
public sealed record RecordRefusalInput(string Field);

/// <summary>
/// Records that a member of staff selected a field that needs a higher role: at most once a minute for each person and
/// field. Returns whether an entry was written.
/// </summary>
public sealed class RecordRefusal(CmsDatabase database, TimeProvider clock)
{
    /// <summary>The action of the entries.</summary>
    public const string Action = "refused";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public Task<Result<bool>> Handle(RecordRefusalInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<bool>(
            actor,
            async (db, token) =>
            {
                var after = clock.Now() - Interval;
                var isRecorded = await db.AuditEntries.AnyAsync(
                    e => e.ActorKey == actor.Key && e.At > after && e.Action == Action && e.Subject == input.Field,
                    token
                );
                if (!isRecorded)
                {
                    db.Audit.Add(
                        new AuditNote
                        {
                            Action = Action,
                            Subject = input.Field,
                            Summary = $"{actor.Contributor.Name} may not select {input.Field}, and was refused.",
                            After = new Dictionary<string, object?>(StringComparer.Ordinal)
                            {
                                ["role"] = actor.Role?.ToString().ToUpperInvariant(),
                            },
                        }
                    );
                }

                return !isRecorded;
            },
            cancellationToken
        );
}
