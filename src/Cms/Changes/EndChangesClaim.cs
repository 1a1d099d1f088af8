using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Changes;

/// <summary>
/// Ends the claim of changes, so that any server can read what follows, or what was not read. If another server has taken
/// the changes over, nothing is saved.
/// </summary>
public sealed class EndChangesClaim(CmsDatabase database, TimeProvider clock)
{
    /// <param name="claimed">The changes.</param>
    /// <param name="isRead">Whether they were read. Otherwise they are read again.</param>
    /// <param name="pause">How long to wait after a failure before they are read again; null if nothing has failed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task Handle(ClaimedChanges claimed, bool isRead, TimeSpan? pause, CancellationToken cancellationToken) =>
        database.WriteAsync<int>(
            Actor.Server.For("endChangesClaim"),
            async (db, token) =>
            {
                var seq = isRead ? claimed.Until : claimed.After;
                var failures =
                    pause is not null ? claimed.Failures + 1
                    : isRead ? 0
                    : claimed.Failures;
                var until = clock.Now() + pause;
                return await db
                    .SharedReaders.Where(r => r.Name == claimed.Reader && r.Claim == claimed.Claim)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(r => r.Seq, seq)
                                .SetProperty(r => r.Failures, failures)
                                .SetProperty(r => r.LeasedUntil, until)
                                .SetProperty(r => r.Claim, (Guid?)null),
                        token
                    );
            },
            cancellationToken
        );
}
