using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Intake;

/// <summary>
/// Stores inspected files. Each file is stored once, under the hash of its bytes, and its row records whether it can be
/// used.
/// </summary>
public sealed class Originals(CmsDatabase database, IBlobStore store, Quarantine quarantine, TimeProvider clock)
{
    /// <summary>
    /// Stores the file of an upload for its owner, or returns only the upload if an image already uses the file.
    /// </summary>
    internal async Task<Result<StoredUpload>> StoreForAsync(
        MediaUploadId id,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var found = await quarantine.FindAsync(id, actor, cancellationToken);
        if (!found.Succeeded(out var upload, out var refusals))
        {
            return refusals.ToList();
        }

        if (upload.State is MediaUploadState.Ready)
        {
            return new StoredUpload(upload, null);
        }

        var stored = await StoreAsync(id, actor, cancellationToken);
        if (stored.Succeeded(out var file, out refusals))
        {
            return new StoredUpload(upload, file);
        }

        // If the file is missing, a concurrent request may have committed the upload and removed the file.
        return
            refusals is [MediaNotReceived]
            && await quarantine.FindAsync(id, actor, cancellationToken)
                is { Value: { State: MediaUploadState.Ready } made }
            ? new StoredUpload(made, null)
            : refusals.ToList();
    }

    /// <summary>Inspects the file of an upload and stores it. If the file is rejected, the upload ends.</summary>
    internal async Task<Result<MediaFile>> StoreAsync(
        MediaUploadId upload,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var inspected = await quarantine.InspectAsync(upload, cancellationToken);
        if (!inspected.Succeeded(out var image, out var refusals))
        {
            return refusals.ToList();
        }

        var file = image.ToFile();
        var claimed = await ClaimAsync(file, image.ToWords(), actor, cancellationToken);
        if (!claimed.Succeeded(out var blob, out var busy))
        {
            return busy.ToList();
        }

        if (blob.State is MediaBlobState.Ready)
        {
            return file;
        }

        await using var received = await quarantine.OpenReadAsync(upload, cancellationToken);
        if (received is null)
        {
            return new MediaNotReceived(upload);
        }

        var put = await store.PutAsync(
            BlobKey.Original(file.Sha256),
            received.Content,
            image.ContentType,
            file.Sha256,
            MediaUpload.MaxBytes,
            cancellationToken
        );
        return put is BlobPut.Created or BlobPut.Exists ? file : new MediaSwapped(upload);
    }

    /// <summary>
    /// Marks a stored file as used, in the caller's transaction. Returns false if the file is being removed.
    /// </summary>
    internal static async Task<bool> UseAsync(
        CmsDbContext db,
        string sha256,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            !await db.LockFileAsync(sha256, cancellationToken)
            || await db.MediaBlobs.FindAsync([sha256], cancellationToken) is not { } blob
            || blob.State is MediaBlobState.Deleting
        )
        {
            return false;
        }

        blob.Stored(now);
        return true;
    }

    private Task<Result<MediaBlob>> ClaimAsync(
        MediaFile file,
        FileWords words,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<MediaBlob>(
            actor,
            async (db, token) =>
            {
                if (!await db.LockFileAsync(file.Sha256, token))
                {
                    var first = MediaBlob.Of(file, words, clock.Now());
                    db.Add(first);
                    return first;
                }

                var blob = await db.MediaBlobs.SingleAsync(b => b.Sha256 == file.Sha256, token);
                return blob.State is MediaBlobState.Deleting ? new MediaBusy() : blob;
            },
            cancellationToken
        );
}

/// <summary>An upload whose file is stored.</summary>
/// <param name="Upload">The upload.</param>
/// <param name="File">The file; null if an image already used it.</param>
internal sealed record StoredUpload(MediaUpload Upload, MediaFile? File);

internal static class MediaBlobs
{
    extension(CmsDbContext db)
    {
        /// <summary>Locks a file's row until the transaction ends. Returns false if there is no row yet.</summary>
        public async Task<bool> LockFileAsync(string sha256, CancellationToken cancellationToken) =>
            await db
                .MediaBlobs.Where(b => b.Sha256 == sha256)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.Holds, b => b.Holds + 1), cancellationToken) > 0;
    }
}
