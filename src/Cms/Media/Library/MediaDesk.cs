using Cms.GraphQL;
using Cms.People;
using GraphQL.DataLoader;

namespace Cms.Media.Library;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class MediaDesk
{
    /// <summary>The most images to return at once.</summary>
    private const int MaxImages = 100;

    /// <summary>
    /// Images with URLs that are valid for at least an hour, in the order of the ids; null for each image that is not
    /// in the library. Use this field on a page that stays open to replace all expiring URLs in one request.
    /// </summary>
    /// <param name="ids">The ids of the images, at most 100.</param>
    [ListSize(20)]
    public static IDataLoaderResult<List<ShownImage?>?> GetImagesAsync(
        IReadOnlyList<MediaId> ids,
        [Service] ImageById images
    ) =>
        ids.Count <= MaxImages
            ? images
                .LoadMany([.. ids.Distinct()], ColumnSet.All)
                .Then(
                    List<ShownImage?>? (found) =>
                    {
                        var shown = found
                            .OfType<PublicImage>()
                            .Where(image => image.DeletedAt is null)
                            .ToDictionary(i => i.Id);
                        return ids.Select(id => shown.GetValueOrDefault(id))
                            .Select(image => image is null ? null : ShownImage.OfLibrary(image))
                            .ToList();
                    }
                )
            : throw new RequestError(ErrorCodes.BadUserInput, $"Send at most {MaxImages} ids at once.");

    /// <summary>One image in the library; null if no image has this id.</summary>
    /// <param name="id">The image's id.</param>
    public static Task<MediaAsset?> GetMediaItemAsync(
        MediaId id,
        [Service] ReadMedia media,
        CancellationToken cancellationToken
    ) => media.Handle(id, cancellationToken);

    /// <summary>The images in the library, newest first.</summary>
    /// <param name="missingAlt">Only images that have no alternative text and are not decorative.</param>
    /// <param name="missingCredit">Only images without a credit.</param>
    /// <param name="expiringWithinDays">Only images whose rights end within this number of days or have ended.</param>
    /// <param name="unused">Only images that are not in use.</param>
    /// <param name="folder">Only images in this folder or below it.</param>
    /// <param name="tag">Only images with this tag. Pass its slug.</param>
    /// <param name="text">
    /// Only images whose file name, alternative text, caption, folder or credit contains words that begin with the
    /// given words. Only the first 8 words are used.
    /// </param>
    public static Task<Connection<MediaAsset>?> GetMediaAsync(
        PageArguments page,
        [Service] ListMedia media,
        CancellationToken cancellationToken,
        bool missingAlt = false,
        bool missingCredit = false,
        int? expiringWithinDays = null,
        bool unused = false,
        string? folder = null,
        string? tag = null,
        string? text = null
    ) =>
        media.Handle(
            page,
            new MediaNarrowing
            {
                MissingAlt = missingAlt,
                MissingCredit = missingCredit,
                ExpiringWithinDays = expiringWithinDays,
                Unused = unused,
                Folder = folder,
                Tag = tag,
                Text = text,
            },
            cancellationToken
        );
}
