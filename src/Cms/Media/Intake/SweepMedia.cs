using Cms.Data;
using Cms.Foundation;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.Media.Library;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Intake;

/// <summary>What a sweep removed.</summary>
/// <param name="Uploads">The number of expired uploads, and of files in quarantine that had no upload.</param>
/// <param name="Files">The number of files that no image used.</param>
/// <param name="Renditions">The number of renditions of those files, and outdated renditions of other files.</param>
/// <param name="Remnants">The number of temporary files left by interrupted writes.</param>
public sealed record SweptMedia(int Uploads, int Files, int Renditions, int Remnants);

/// <summary>
/// Removes from the store what is no longer needed: the files of expired uploads, files that no image uses, and
/// renditions that do not match the current rights or focal point of an image. A file's row is marked before its bytes
/// are removed, so that no image starts to use the file meanwhile. A later sweep completes an interrupted sweep.
/// </summary>
public sealed class SweepMedia(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    IBlobStore store,
    TimeProvider clock
)
{
    /// <summary>The minimum age of the files, renditions and remnants that the sweep removes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    private const int Batch = 200;

    public async Task<SweptMedia> Handle(CancellationToken cancellationToken)
    {
        var before = clock.Now() - Grace;
        var uploads = await UploadsAsync(before, cancellationToken);
        var (files, renditions) = await FilesAsync(before, cancellationToken);
        return new SweptMedia(
            uploads,
            files,
            renditions + await RenditionsAsync(before, cancellationToken),
            await store.RemoveRemnantsAsync(before, cancellationToken)
        );
    }

    private async Task<int> UploadsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var removed = 0;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var over = db.MediaUploads.Where(upload => upload.ExpiresAt <= now);
        while (
            await over.OrderBy(upload => upload.Id)
                .Select(upload => upload.Id)
                .Take(Batch)
                .ToListAsync(cancellationToken)
                is [_, ..] ids
        )
        {
            foreach (var id in ids)
            {
                await store.DeleteAsync(BlobKey.Quarantine(id), cancellationToken);
            }

            removed += await db.MediaUploads.Where(u => ids.Contains(u.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        // Removes files in quarantine that have no upload.
        await foreach (var blob in store.ListAllAsync(BlobKey.Quarantined, cancellationToken))
        {
            var upload = GraphQL.EntityId.Parse<MediaUploadId>(blob.Key.Value[BlobKey.Quarantined.Length..]);
            if (
                blob.CreatedAt < before
                && !await db.MediaUploads.AnyAsync(u => u.Id == upload!.Value, cancellationToken)
                && await store.DeleteAsync(blob.Key, cancellationToken)
            )
            {
                removed++;
            }
        }

        return removed;
    }

    private async Task<(int Files, int Renditions)> FilesAsync(
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
        var (files, renditions) = (0, 0);
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            var after = "";
            while (
                await db
                    .MediaBlobs.Where(blob =>
                        string.Compare(blob.Sha256, after) > 0
                        && blob.StateSince < before
                        && !db.MediaAssets.Any(a => a.Sha256 == blob.Sha256 && a.DeletedAt == null)
                    )
                    .OrderBy(blob => blob.Sha256)
                    .Select(blob => blob.Sha256)
                    .Take(Batch)
                    .ToListAsync(cancellationToken)
                    is [_, ..] unused
            )
            {
                foreach (var sha256 in unused)
                {
                    if (await RemoveAsync(sha256, before, cancellationToken) is { } removed)
                    {
                        files++;
                        renditions += removed;
                    }
                }

                after = unused[^1];
            }
        }

        // Removes files that have no row in the database.
        await foreach (var blob in store.ListAllAsync(BlobKey.Originals, cancellationToken))
        {
            if (
                blob.CreatedAt < before
                && blob.Key.Sha256 is { } sha256
                && await IsUnknownAsync(sha256, cancellationToken)
                && await RemoveAsync(sha256, before, cancellationToken) is { } removed
            )
            {
                files++;
                renditions += removed;
            }
        }

        return (files, renditions);
    }

    // Returns the number of renditions removed with the file; null if the file is still needed.
    private async Task<int?> RemoveAsync(string sha256, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var marked = await database.WriteAsync<bool>(
            Actor.Server.For("sweepMedia"),
            async (db, token) =>
            {
                var isKnown = await db.LockFileAsync(sha256, token);
                if (await db.MediaAssets.AnyAsync(a => a.Sha256 == sha256 && a.DeletedAt == null, token))
                {
                    return false;
                }

                var blob = isKnown
                    ? await db.MediaBlobs.SingleAsync(b => b.Sha256 == sha256, token)
                    : new MediaBlob { Sha256 = sha256, Bytes = 0 };
                if (!isKnown)
                {
                    db.Add(blob);
                }
                else if (blob.StateSince >= before)
                {
                    return false;
                }

                blob.Remove(clock.Now());
                return true;
            },
            cancellationToken
        );
        if (!marked.Value)
        {
            return null;
        }

        var renditions = 0;
        await foreach (var rendition in store.ListAllAsync(BlobKey.RenditionsOf(sha256), cancellationToken))
        {
            renditions += await store.DeleteAsync(rendition.Key, cancellationToken) ? 1 : 0;
        }

        await store.DeleteAsync(BlobKey.Original(sha256), cancellationToken);
        await using var gone = await databases.CreateDbContextAsync(cancellationToken);
        await gone
            .MediaBlobs.Where(b => b.Sha256 == sha256 && b.State == MediaBlobState.Deleting)
            .ExecuteDeleteAsync(cancellationToken);
        return renditions;
    }

    // Removes renditions that were made while their file was being removed, or from an earlier state of an image.
    private async Task<int> RenditionsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        string? known = null;
        HashSet<string> stamps = [];
        await foreach (var rendition in store.ListAllAsync(BlobKey.Renditions, cancellationToken))
        {
            if (rendition.CreatedAt >= before || rendition.Key.Value.Split('/') is not [_, var sha256, var name])
            {
                continue;
            }

            // The renditions of a file are listed one after another.
            if (sha256 != known)
            {
                (known, stamps) = (sha256, await StampsAsync(sha256, cancellationToken));
            }

            if (!RenditionMaker.IsCurrent(name, stamps))
            {
                removed += await store.DeleteAsync(rendition.Key, cancellationToken) ? 1 : 0;
            }
        }

        return removed;
    }

    // Renditions made after this read can have newer stamps, but they are too recent for the sweep to examine.
    private async Task<HashSet<string>> StampsAsync(string sha256, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sources = await db
            .Library.AsNoTracking()
            .Where(asset => asset.Sha256 == sha256)
            .Select(asset => new RenditionSource
            {
                Id = asset.Id,
                Rev = asset.Rev,
                Width = asset.Width,
                Height = asset.Height,
                Focus = asset.Focus,
                Rights = asset.Rights,
            })
            .ToListAsync(cancellationToken);
        return [.. sources.Select(source => source.Stamp)];
    }

    private async Task<bool> IsUnknownAsync(string sha256, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return !await db.MediaBlobs.AnyAsync(b => b.Sha256 == sha256, cancellationToken);
    }
}
