using Cms.Changes;
using Cms.GraphQL;
using GraphQL.DataLoader;

namespace Cms.Media;

/// <summary>The file, description or rights of a published image changed, or the image was removed.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageUpserted(string Cursor, DateTimeOffset OccurredAt, MediaId MediaId) : IChange;

/// <summary>The rights in a published image have ended. Remove every copy of the image.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageExpired(string Cursor, DateTimeOffset OccurredAt, MediaId MediaId) : IChange;

[ObjectType<ImageUpserted>]
public static class ImageUpsertedNode
{
    /// <summary>The current image; null if it is no longer public.</summary>
    public static IDataLoaderResult<ShownImage?> GetImageAsync(
        [Parent] ImageUpserted change,
        [Service] VisibleImageById images
    ) => images.Load(change.MediaId).Then(image => image is { IsShown: true } ? new ShownImage(image) : null);
}

[ObjectType<ImageExpired>]
public static class ImageExpiredNode
{
    /// <summary>The image to show instead; null if there is none, or if the rights have been renewed.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>> GetSubstituteAsync(
        [Parent] ImageExpired change,
        [Service] VisibleImageById images
    ) =>
        images
            .Load(change.MediaId)
            .Then(image =>
                image is { IsShown: false, SubstituteId: { } substitute }
                    ? images.Load(substitute).Then(other => other is { IsShown: true } ? new ShownImage(other) : null)
                    : LoaderResults.Ready<ShownImage?>(null)
            );
}
