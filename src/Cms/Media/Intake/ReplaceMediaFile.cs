using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Library;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media.Intake;

/// <summary>The image and its new file.</summary>
public sealed record ReplaceMediaFileInput : MutationInput
{
    /// <summary>The image's id.</summary>
    public required MediaId Id { get; init; }

    /// <summary>
    /// The id of the upload with the new file. The file must have been sent, but the upload must not have been
    /// committed.
    /// </summary>
    public required MediaUploadId UploadId { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Replaces the file of an image. The image's id, description and rights stay the same; its URLs change.
/// </summary>
public sealed class ReplaceMediaFile(
    Originals originals,
    Quarantine quarantine,
    CmsDatabase database,
    TimeProvider clock
)
{
    public async Task<Result<MediaAsset>> Handle(
        ReplaceMediaFileInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var taken = await originals.StoreForAsync(input.UploadId, actor, cancellationToken);
        if (!taken.Succeeded(out var received, out var refusals))
        {
            return refusals.Select(refusal => refusal with { Path = ["uploadId"] }).ToList();
        }

        var replaced = await database.WriteAsync<MediaAsset>(
            actor,
            async (db, token) =>
            {
                if (await db.MediaForAsync(input.Id, actor, token) is not { } asset)
                {
                    return new MediaNotFound(input.Id) { Path = ["id"] };
                }

                var sent = await db.MediaUploads.SingleAsync(u => u.Id == input.UploadId, token);
                if (sent.MediaId == asset.Id)
                {
                    // This is a repeated request. The file has already been replaced.
                    return asset;
                }

                if (asset.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                var now = clock.Now();
                if (received.File is not { } file || !sent.IsOpen(now))
                {
                    return new MediaUploadOver(sent.Id) { Path = ["uploadId"] };
                }

                if (!await Originals.UseAsync(db, file.Sha256, now, token))
                {
                    return new MediaBusy { Path = ["uploadId"] };
                }

                asset.Replace(file, sent.FileName, actor.Contributor, now);
                sent.Became(asset.Id);
                await db.IndexAsync(asset, token);
                if (await db.IsPublicAsync(asset.Id, token))
                {
                    db.Announce(ChangeKind.MediaChanged, asset.Id);
                }

                return asset;
            },
            cancellationToken
        );
        if (!replaced.IsRefused)
        {
            await quarantine.RemoveFileAsync(input.UploadId, cancellationToken);
        }

        return replaced;
    }
}
