using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Library;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Rights;

/// <summary>Nothing is told: what has ended is found.</summary>
public sealed record ExpireMediaInput
{
    /// <summary>As many in one transaction.</summary>
    public int Most { get; init; } = 100;
}

/// <summary>What carrying out ended rights came to.</summary>
/// <param name="Expired">How many images are shown no more.</param>
/// <param name="Next">When the next rights end; null when none do.</param>
public sealed record ExpiredMedia(int Expired, DateTimeOffset? Next);

/// <summary>
/// Carries out the end of rights: what shows the image shows its substitute, or nothing, and the change log says so. Run
/// again, or by several servers at once, it does nothing twice.
/// </summary>
public sealed class ExpireMedia(CmsDatabase database, IDbContextFactory<CmsDbContext> databases, TimeProvider clock)
{
    public async Task<Result<ExpiredMedia>> Handle(ExpireMediaInput input, CancellationToken cancellationToken)
    {
        // Nearly always none have ended, and nobody is kept from writing by looking.
        var next = await NextAsync(cancellationToken);
        return next is null || next > clock.Now()
            ? new ExpiredMedia(0, next)
            : await CarryOutAsync(input, cancellationToken);
    }

    private async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Library.Where(a => a.ExpiredAt == null).MinAsync(a => a.ExpiresAt, cancellationToken);
    }

    private Task<Result<ExpiredMedia>> CarryOutAsync(ExpireMediaInput input, CancellationToken cancellationToken) =>
        database.WriteAsync<ExpiredMedia>(
            Actor.Server,
            async (db, token) =>
            {
                var now = clock.Now();
                var ended = await db
                    .Library.Where(a => a.ExpiresAt <= now && a.ExpiredAt == null)
                    .OrderBy(a => a.ExpiresAt)
                    .Take(input.Most)
                    .ToListAsync(token);
                foreach (var asset in ended.Where(asset => asset.Expire(now)))
                {
                    if (await db.IsPublicAsync(asset.Id, token))
                    {
                        db.Announce(ChangeKind.MediaExpired, asset.Id);
                    }
                }

                var next = await db
                    .Library.Where(a => a.ExpiresAt > now && a.ExpiredAt == null)
                    .MinAsync(a => a.ExpiresAt, token);
                return new ExpiredMedia(ended.Count, ended.Count == input.Most ? now : next);
            },
            cancellationToken
        );
}
