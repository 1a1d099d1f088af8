using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Access;

internal static class BlockedPeople
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns whether a person is blocked. If they are a member of staff, nobody can block them until the
        /// transaction ends.
        /// </summary>
        public async Task<bool> LockBlocksOfAsync(PersonKey person, CancellationToken cancellationToken)
        {
            await db
                .Staff.Where(s => s.Key == person)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Role, x => x.Role), cancellationToken);
            return await db.BlockedPeople.AnyAsync(
                b => b.TenantId == person.TenantId && b.ObjectId == person.ObjectId,
                cancellationToken
            );
        }
    }
}
