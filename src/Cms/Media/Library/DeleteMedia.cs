using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Media.Library;

/// <summary>Which image to take out of the library.</summary>
public sealed record DeleteMediaInput
{
    /// <summary>The image.</summary>
    public required MediaId Id { get; init; }

    /// <summary>The version the change began from; null goes on from whatever stands.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Takes an image out of the library, unless something shows it. It is served no more at once; its bytes go when the
/// store is swept, if no other image is made of them.
/// </summary>
public sealed class DeleteMedia(CmsDatabase database, TimeProvider clock)
{
    // As many as an editor reads; each is then found by its name.
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
                    return new MediaInUse(asset.Id, [.. users.Select(user => user.ToString())]) { Path = ["id"] };
                }

                // Only the past may still show it: what was before readers once.
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
