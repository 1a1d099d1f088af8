using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Access;

/// <summary>Nothing: the operation records its actor.</summary>
public sealed record RecordStaffInput;

/// <summary>
/// Adds a person to the list of staff when they sign in, and keeps their name, role and last visit current. A token is
/// not a sign-in that this server sees, so the first request in eight hours counts as one in the audit log.
/// </summary>
public sealed class RecordStaff(CmsDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan SignInInterval = TimeSpan.FromHours(8);

    /// <exception cref="InvalidOperationException">The actor has no role.</exception>
    public Task<Result<StaffMember>> Handle(RecordStaffInput input, Actor actor, CancellationToken cancellationToken)
    {
        var role = actor.Role ?? throw new InvalidOperationException("Only a person with a role is staff.");
        return database.WriteAsync<StaffMember>(
            actor.For(StaffSignIns.Action),
            async (db, token) =>
            {
                var now = clock.Now();
                if (!await db.HasSignInAsync(actor.Person, now - SignInInterval, token))
                {
                    db.RecordSignIn(actor);
                }

                var member = await db.Staff.SingleOrDefaultAsync(s => s.Key == actor.Person, token);
                if (member is null)
                {
                    member = new StaffMember
                    {
                        Id = StaffId.New(),
                        Key = actor.Person,
                        FirstSeenAt = now,
                    };
                    db.Add(member);
                }

                member.See(actor.Contributor.Name, role, now);
                return member;
            },
            cancellationToken
        );
    }
}
