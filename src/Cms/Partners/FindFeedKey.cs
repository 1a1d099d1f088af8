using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

/// <summary>
/// Finds the feed key that a request was sent with. Keys are random and long, and only their hashes are stored and compared,
/// so how long the search takes says nothing about a key.
/// </summary>
public sealed class FindFeedKey(
    IDbContextFactory<CmsDbContext> databases,
    DatabaseErrors errors,
    DatabaseAvailability availability,
    TimeProvider clock
)
{
    /// <summary>Returns the id of the key; null if there is no such key, or if it was revoked.</summary>
    /// <param name="key">The key as the partner sends it.</param>
    /// <param name="cancellationToken">Cancelled when the request ends.</param>
    /// <exception cref="DatabaseUnavailableException">The database does not respond.</exception>
    public async Task<FeedKeyId?> Handle(string key, CancellationToken cancellationToken) =>
        FeedKey.TryHash(key, out var hash)
            ? await availability.RunAsync(token => FindAsync(hash, token), cancellationToken)
            : null;

    private async Task<FeedKeyId?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db
            .FeedKeys.Where(key => key.Hash == hash && key.RevokedAt == null)
            .Select(key => new { key.Id, key.LastUsedOn })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is not null)
        {
            await RecordUseAsync(db, found.Id, found.LastUsedOn, cancellationToken);
        }

        return found?.Id;
    }

    // The day is for people who look at the key, so a database that cannot be written now must not stop a read. The next
    // request records it.
    private async Task RecordUseAsync(
        CmsDbContext db,
        FeedKeyId id,
        DateOnly? lastUsedOn,
        CancellationToken cancellationToken
    )
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (lastUsedOn == today)
        {
            return;
        }

        try
        {
            await db
                .FeedKeys.Where(key => key.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedOn, today), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && errors.Concerns(fault))
        {
            // Nothing else depends on it. Of logs a database that cannot be written; one that is busy is no news.
            _ = errors.Of(fault);
        }
    }
}
