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
/// Manages uploads whose files have not been inspected yet. The files are stored separately from everything that is
/// served to readers.
/// </summary>
public sealed partial class Quarantine(
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    IBlobStore store,
    ImageInspector inspector,
    DatabaseAvailability availability,
    TimeProvider clock,
    ILogger<Quarantine> log
) : IDisposable
{
    // Limits how many uploaded files are read into memory at the same time, and leaves capacity in the image gate for
    // readers' images.
    private readonly SemaphoreSlim _inspections = new(Environment.ProcessorCount);

    public void Dispose() => _inspections.Dispose();

    /// <summary>Creates an upload that waits for its file.</summary>
    internal async Task<MediaUpload> OpenAsync(string fileName, Actor actor, CancellationToken cancellationToken)
    {
        var opened = await database.WriteAsync<MediaUpload>(
            actor,
            (db, _) =>
            {
                var upload = MediaUpload.Of(fileName, actor.Contributor, clock.Now());
                db.Add(upload);
                return Task.FromResult<Result<MediaUpload>>(upload);
            },
            cancellationToken
        );
        return opened.Value!;
    }

    /// <summary>Receives the file of an upload. If the file is too large or is cut off, the upload ends.</summary>
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

    /// <summary>Returns an upload to its owner if it is open or an image uses its file.</summary>
    internal async Task<Result<MediaUpload>> FindAsync(
        MediaUploadId id,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var upload = await availability.RunAsync(token => ReadAsync(id, token), cancellationToken);
        return upload is null || upload.By.Key != actor.Contributor.Key ? new MediaUploadNotFound(id)
            : upload.State is MediaUploadState.Ready || upload.IsOpen(clock.Now()) ? upload
            : new MediaUploadOver(id);
    }

    /// <summary>Inspects the file of an upload. If the file is rejected, the upload ends.</summary>
    internal async Task<Result<InspectedImage>> InspectAsync(MediaUploadId upload, CancellationToken cancellationToken)
    {
        var inspected = await InspectInTurnAsync(upload, cancellationToken);
        if (inspected.IsRefused && !inspected.Errors.Any(refusal => refusal is MediaNotReceived or ImagesBusy))
        {
            await AbandonAsync(upload, cancellationToken);
        }

        return inspected;
    }

    /// <summary>Opens the file of an upload for reading; null if it is not there.</summary>
    internal Task<BlobReading?> OpenReadAsync(MediaUploadId upload, CancellationToken cancellationToken) =>
        store.OpenReadAsync(BlobKey.Quarantine(upload), cancellationToken);

    /// <summary>Records that an import of an upload's file begins. If the server stops before the end, the record stays.</summary>
    internal Task BeginImportAsync(MediaUploadId id, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, upload => upload.BeginImport(clock.Now()), cancellationToken);

    /// <summary>Records that the import of an upload's file has ended.</summary>
    internal Task EndImportAsync(MediaUploadId id, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, upload => upload.EndImport(), cancellationToken);

    /// <summary>Ends a pending upload, and removes its file.</summary>
    internal async Task AbandonAsync(MediaUploadId id, CancellationToken cancellationToken)
    {
        await database.WriteAsync<MediaUploadId>(
            Actor.Server.For("abandonUpload"),
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
        await RemoveFileAsync(id, cancellationToken);
    }

    /// <summary>Removes the file of an upload. If that fails, the sweep removes it later.</summary>
    internal async Task RemoveFileAsync(MediaUploadId upload, CancellationToken cancellationToken)
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

    private Task<Result<MediaUploadId>> ChangeAsync(
        MediaUploadId id,
        Actor actor,
        Action<MediaUpload> change,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<MediaUploadId>(
            actor,
            async (db, token) =>
            {
                if (await db.MediaUploads.FindAsync([id], token) is { } upload)
                {
                    change(upload);
                }

                return id;
            },
            cancellationToken
        );

    private async Task<Result<InspectedImage>> InspectInTurnAsync(
        MediaUploadId upload,
        CancellationToken cancellationToken
    )
    {
        await _inspections.WaitAsync(cancellationToken);
        try
        {
            await using var received = await OpenReadAsync(upload, cancellationToken);
            return received is null
                ? new MediaNotReceived(upload)
                : await inspector.InspectAsync(received.Content, cancellationToken);
        }
        finally
        {
            _inspections.Release();
        }
    }

    private async Task<MediaUpload?> ReadAsync(MediaUploadId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.MediaUploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The file of {Upload} could not be removed from quarantine; a later sweep will remove it"
    )]
    private partial void LogLeft(MediaUploadId upload, Exception fault);
}
