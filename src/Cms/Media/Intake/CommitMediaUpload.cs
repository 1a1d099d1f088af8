using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Library;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Intake;

/// <summary>The upload to create an image from.</summary>
public sealed record CommitMediaUploadInput : MutationInput
{
    /// <summary>The upload's id. Send the file before you commit the upload.</summary>
    public required MediaUploadId UploadId { get; init; }
}

/// <summary>
/// Inspects an uploaded file and creates an image in the library from it. Committing the same upload again returns the
/// same image.
/// </summary>
public sealed class CommitMediaUpload(
    Originals originals,
    Quarantine quarantine,
    CmsDatabase database,
    TimeProvider clock
)
{
    public async Task<Result<MediaAsset>> Handle(
        CommitMediaUploadInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var taken = await originals.StoreForAsync(input.UploadId, actor, cancellationToken);
        if (!taken.Succeeded(out var received, out var refusals))
        {
            return refusals.Select(refusal => refusal with { Path = ["uploadId"] }).ToList();
        }

        var committed = await CommitAsync(input.UploadId, received.File, actor, cancellationToken);
        if (!committed.IsRefused)
        {
            await quarantine.RemoveFileAsync(input.UploadId, cancellationToken);
        }

        return committed;
    }

    private Task<Result<MediaAsset>> CommitAsync(
        MediaUploadId id,
        MediaFile? file,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<MediaAsset>(
            actor,
            async (db, token) =>
            {
                var upload = await db.MediaUploads.SingleAsync(u => u.Id == id, token);
                if (upload.MediaId is { } made)
                {
                    return await db.MediaAssets.SingleAsync(a => a.Id == made, token);
                }

                var now = clock.Now();
                if (file is null || !upload.IsOpen(now))
                {
                    return new MediaUploadOver(id) { Path = ["uploadId"] };
                }

                if (!await Originals.UseAsync(db, file.Sha256, now, token))
                {
                    return new MediaBusy { Path = ["uploadId"] };
                }

                var asset = MediaAsset.Of(file, upload.FileName, actor.Contributor, now);
                db.Add(asset);
                upload.Became(asset.Id);
                await db.IndexAsync(asset, token);
                return asset;
            },
            cancellationToken
        );
}
