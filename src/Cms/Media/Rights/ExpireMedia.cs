using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Library;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Rights;

/// <summary>How many images to hide in one run.</summary>
public sealed record ExpireMediaInput
{
    /// <summary>The maximum number of images in one transaction.</summary>
    public int Most { get; init; } = 100;
}

/// <summary>The result of hiding the images whose rights have ended.</summary>
/// <param name="Expired">The number of images hidden.</param>
/// <param name="Next">
/// When to run again: when the next rights end, or now if the limit was reached; null if no rights will end.
/// </param>
public sealed record ExpiredMedia(int Expired, DateTimeOffset? Next);

/// <summary>
/// Hides images whose rights have ended. Pages then show the substitute, or nothing. If the image was public, the
/// change log records the change. The operation can run repeatedly and on several servers at the same time.
/// </summary>
public sealed class ExpireMedia(CmsDatabase database, IDbContextFactory<CmsDbContext> databases, TimeProvider clock)
{
    public async Task<Result<ExpiredMedia>> Handle(ExpireMediaInput input, CancellationToken cancellationToken)
    {
        // Usually no rights have ended. Unlike a write transaction, this read does not block writers.
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
            Actor.Server.For("expireMedia"),
            async (db, token) =>
            {
                var now = clock.Now();
                var ended = await db
                    .Library.Where(a => a.ExpiresAt <= now && a.ExpiredAt == null)
                    .OrderBy(a => a.ExpiresAt)
                    .Take(input.Most)
                    .ToListAsync(token);
                db.Audit.ForEach();
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
