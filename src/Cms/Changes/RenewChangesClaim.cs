using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Changes;

/// <summary>Extends the claim of a server that still reads changes.</summary>
public sealed class RenewChangesClaim(CmsDatabase database, TimeProvider clock)
{
    /// <returns>Whether the changes are still claimed by this server.</returns>
    public async Task<bool> Handle(ClaimedChanges claimed, CancellationToken cancellationToken)
    {
        var renewed = await database.WriteAsync<int>(
            Actor.Server.For("renewChangesClaim"),
            async (db, token) =>
            {
                var until = clock.Now() + ClaimChanges.Lease;
                return await db
                    .SharedReaders.Where(r => r.Name == claimed.Reader && r.Claim == claimed.Claim)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.LeasedUntil, until), token);
            },
            cancellationToken
        );
        return renewed.Value == 1;
    }
}
