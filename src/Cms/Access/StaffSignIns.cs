using Cms.Audit;
using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Access;

/// <summary>The entries of the audit log about sign-ins of staff.</summary>
public static class StaffSignIns
{
    /// <summary>The action of the entries.</summary>
    public const string Action = "signIn";

    extension(CmsDbContext db)
    {
        /// <summary>Adds an entry about a sign-in, if the person is staff. Sign-ins of readers are not recorded.</summary>
        public void RecordSignIn(Actor actor)
        {
            if (actor.Role >= Role.Author)
            {
                db.Audit.Add(
                    new AuditNote
                    {
                        Action = Action,
                        Subject = actor.Person.ToString(),
                        Summary = $"{actor.Contributor.Name} signed in.",
                        After = new Dictionary<string, object?>(StringComparer.Ordinal)
                        {
                            ["role"] = actor.Role.ToString()!.ToUpperInvariant(),
                        },
                    }
                );
            }
        }

        internal Task<bool> HasSignInAsync(
            PersonKey person,
            DateTimeOffset after,
            CancellationToken cancellationToken
        ) =>
            db.AuditEntries.AnyAsync(
                e => e.ActorKey == person && e.At > after && e.Action == Action,
                cancellationToken
            );
    }
}
