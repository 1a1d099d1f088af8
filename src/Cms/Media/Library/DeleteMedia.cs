using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Media.Library;

/// <summary>The image to delete from the library.</summary>
public sealed record DeleteMediaInput : MutationInput
{
    /// <summary>The image's id.</summary>
    public required MediaId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Removes an image from the library, unless it is in use. The image is then no longer served. A sweep of the store
/// removes its file if no other image uses it.
/// </summary>
public sealed class DeleteMedia(CmsDatabase database, TimeProvider clock)
{
    // The maximum number of uses listed in the error.
    private const int Named = 10;

    public Task<Result<MediaAsset>> Handle(DeleteMediaInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<MediaAsset>(
            actor,
            async (db, token) =>
            {
                await db.LockMediaAsync([input.Id], token);
                if (await db.MediaForAsync(input.Id, actor, token) is not { } asset)
                {
                    return new MediaNotFound(input.Id) { Path = ["id"] };
                }

                if (asset.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                if (await db.UsersOfAsync(asset.Id, Named, token) is [_, ..] users)
                {
                    return new MediaInUse(asset.Id, [.. users.Select(user => user.ToString())], users)
                    {
                        Path = ["id"],
                    };
                }

                // The image is not in use, but it is public if an earlier edition of a public article shows it.
                if (await db.IsPublicAsync(asset.Id, token))
                {
                    db.Announce(ChangeKind.MediaChanged, asset.Id);
                }

                asset.Delete(actor.Contributor, clock.Now());
                await db.RecordUsesAsync(MediaUseKind.Image, asset.Id, [], token);
                return asset;
            },
            cancellationToken
        );
}
