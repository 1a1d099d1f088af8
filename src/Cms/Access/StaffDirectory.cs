using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Access;

internal static class StaffDirectory
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns the keys of members of staff, each once. Returns an error for each id that is unknown.</summary>
        /// <param name="ids">The ids.</param>
        /// <param name="field">The input field that contains the ids.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<List<PersonKey>>> StaffAsync(
            IReadOnlyList<StaffId> ids,
            string field,
            CancellationToken cancellationToken
        )
        {
            if (ids.Count == 0)
            {
                return new List<PersonKey>();
            }

            var found = await db
                .Staff.Where(s => ids.Contains(s.Id))
                .ToDictionaryAsync(s => s.Id, s => s.Key, cancellationToken);
            return
                ids.Where(id => !found.ContainsKey(id))
                    .Distinct()
                    .Select(id => (UserError)new StaffNotFound(id) { Path = [field] })
                    .ToList()
                    is [_, ..] missing
                ? missing
                : found.Values.ToList();
        }

        /// <summary>
        /// Returns the key of a member of staff; null if <paramref name="id" /> is null. Returns an error if the id is
        /// unknown.
        /// </summary>
        public async Task<Result<PersonKey?>> StaffMemberAsync(
            StaffId? id,
            string field,
            CancellationToken cancellationToken
        )
        {
            var found = await db.StaffAsync(id is { } one ? [one] : [], field, cancellationToken);
            return found.Then(found.Value is [var key] ? key : (PersonKey?)null);
        }
    }
}
