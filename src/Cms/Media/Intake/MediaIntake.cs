using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Media.Intake;

/// <summary>
/// The way of a file into the library: it comes into quarantine, is looked at, and is stored once under what it holds;
/// then something is made of it, and what lay in quarantine goes.
/// </summary>
public sealed partial class MediaIntake(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    IBlobStore store,
    ImageInspector inspector,
    DatabaseAvailability availability,
    TimeProvider clock,
    ILogger<MediaIntake> log
) : IDisposable
{
    // Uploads wait for each other here, where they hold nothing, and leave room for readers' images.
    private readonly SemaphoreSlim _looking = new(Environment.ProcessorCount);

    public void Dispose() => _looking.Dispose();

    /// <summary>Awaits a file.</summary>
    internal async Task<MediaUpload> OpenAsync(string fileName, Contributor by, CancellationToken cancellationToken)
    {
        var opened = await database.WriteAsync<MediaUpload>(
            (db, _) =>
            {
                var upload = MediaUpload.Of(fileName, by, clock.Now());
                db.Add(upload);
                return Task.FromResult<Result<MediaUpload>>(upload);
            },
            cancellationToken
        );
        return opened.Value!;
    }

    /// <summary>Takes a file into quarantine; one that is too large, or that ends early, leaves nothing.</summary>
    internal async Task<Result<MediaUpload>> ReceiveAsync(
        MediaUpload upload,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var put = await store.PutAsync(
                BlobKey.Quarantine(upload.Id),
                content,
                "application/octet-stream",
                expectedSha256: null,
                MediaUpload.MaxBytes,
                cancellationToken
            );
            if (put is BlobPut.TooLarge)
            {
                await AbandonAsync(upload.Id, cancellationToken);
                return new MediaTooLarge(MediaUpload.MaxBytes + 1, MediaUpload.MaxBytes);
            }

            return upload;
        }
        catch
        {
            await AbandonAsync(upload.Id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>An upload of somebody's with its file stored, or with what was made of it before.</summary>
    internal async Task<Result<TakenUpload>> TakeInAsync(
        MediaUploadId id,
        Contributor by,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(id, by, cancellationToken);
        if (!found.Succeeded(out var upload, out var refusals))
        {
            return refusals.ToList();
        }

        if (upload.State is MediaUploadState.Ready)
        {
            return new TakenUpload(upload, null);
        }

        var stored = await StoreAsync(id, cancellationToken);
        if (stored.Succeeded(out var file, out refusals))
        {
            return new TakenUpload(upload, file);
        }

        // Who committed it at the same time has taken its file away.
        return
            refusals is [MediaNotReceived]
            && await FindAsync(id, by, cancellationToken) is { Value: { State: MediaUploadState.Ready } made }
            ? new TakenUpload(made, null)
            : refusals.ToList();
    }

    /// <summary>Looks at the file of an upload and stores it; a file that is no image, or no whole one, ends the upload.</summary>
    internal async Task<Result<MediaFile>> StoreAsync(MediaUploadId upload, CancellationToken cancellationToken)
    {
        var looked = await LookAsync(upload, cancellationToken);
        if (!looked.Succeeded(out var image, out var refusals))
        {
            if (!refusals.Any(refusal => refusal is MediaNotReceived or ImagesBusy))
            {
                await AbandonAsync(upload, cancellationToken);
            }

            return refusals.ToList();
        }

        var file = image.ToFile();
        var claimed = await ClaimAsync(file, image.ToWords(), cancellationToken);
        if (!claimed.Succeeded(out var blob, out var busy))
        {
            return busy.ToList();
        }

        if (blob.State is not MediaBlobState.Ready)
        {
            await using var again = await store.OpenReadAsync(BlobKey.Quarantine(upload), cancellationToken);
            if (again is null)
            {
                return new MediaNotReceived(upload);
            }

            var put = await store.PutAsync(
                BlobKey.Original(file.Sha256),
                again.Content,
                image.ContentType,
                file.Sha256,
                MediaUpload.MaxBytes,
                cancellationToken
            );
            if (put is not (BlobPut.Created or BlobPut.Exists))
            {
                return new MediaSwapped(upload);
            }
        }

        return file;
    }

    /// <summary>Looks at a file, and stores nothing.</summary>
    internal async Task<Result<LookedAt>> LookAtAsync(Stream content, CancellationToken cancellationToken)
    {
        var looked = await inspector.InspectAsync(content, cancellationToken);
        return looked.Succeeded(out var image, out var refusals)
            ? new LookedAt(image.ToFile(), image.ToWords().Bounded())
            : refusals.ToList();
    }

    /// <summary>What lay in quarantine goes; what cannot be removed now is swept later.</summary>
    internal async Task FinishAsync(MediaUploadId upload, CancellationToken cancellationToken)
    {
        try
        {
            await store.DeleteAsync(BlobKey.Quarantine(upload), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogLeft(upload, fault);
        }
    }

    /// <summary>Makes something of a stored file, in a transaction of the caller's: false when the file is being removed.</summary>
    internal static async Task<bool> UseAsync(
        CmsDbContext db,
        string sha256,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            !await db.HoldAsync(sha256, cancellationToken)
            || await db.MediaBlobs.FindAsync([sha256], cancellationToken) is not { } blob
            || blob.State is MediaBlobState.Deleting
        )
        {
            return false;
        }

        blob.Stored(now);
        return true;
    }

    private async Task<Result<InspectedImage>> LookAsync(MediaUploadId upload, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            await using var received = await store.OpenReadAsync(BlobKey.Quarantine(upload), cancellationToken);
            return received is null
                ? new MediaNotReceived(upload)
                : await inspector.InspectAsync(received.Content, cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
    }

    private Task<Result<MediaBlob>> ClaimAsync(MediaFile file, FileWords words, CancellationToken cancellationToken) =>
        database.WriteAsync<MediaBlob>(
            async (db, token) =>
            {
                if (!await db.HoldAsync(file.Sha256, token))
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

    internal async Task AbandonAsync(MediaUploadId id, CancellationToken cancellationToken)
    {
        await database.WriteAsync<MediaUploadId>(
            async (db, token) =>
            {
                if (await db.MediaUploads.FindAsync([id], token) is { State: MediaUploadState.Pending } upload)
                {
                    upload.Abandon();
                }

                return id;
            },
            cancellationToken
        );
        await FinishAsync(id, cancellationToken);
    }

    // As its owner may go on with it.
    private async Task<Result<MediaUpload>> FindAsync(
        MediaUploadId id,
        Contributor by,
        CancellationToken cancellationToken
    )
    {
        var upload = await availability.RunAsync(token => ReadAsync(id, token), cancellationToken);
        return upload is null || upload.By.Key != by.Key ? new MediaUploadNotFound(id)
            : upload.State is MediaUploadState.Ready || upload.IsOpen(clock.Now()) ? upload
            : new MediaUploadOver(id);
    }

    private async Task<MediaUpload?> ReadAsync(MediaUploadId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.MediaUploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The file of {Upload} could not be removed from quarantine; the sweep removes it")]
    private partial void LogLeft(MediaUploadId upload, Exception fault);
}

/// <summary>An upload whose file is stored.</summary>
/// <param name="Upload">The upload.</param>
/// <param name="File">The file; null when something was made of it before.</param>
internal sealed record TakenUpload(MediaUpload Upload, MediaFile? File);

/// <summary>A file that was looked at.</summary>
internal sealed record LookedAt(MediaFile File, FileWords Words);

internal static class MediaBlobs
{
    extension(CmsDbContext db)
    {
        /// <summary>Holds a file's row until the transaction ends; false when it has none yet.</summary>
        public async Task<bool> HoldAsync(string sha256, CancellationToken cancellationToken) =>
            await db
                .MediaBlobs.Where(b => b.Sha256 == sha256)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.Holds, b => b.Holds + 1), cancellationToken) > 0;
    }
}
