using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Images;
using Cms.Media.Intake;
using Cms.Media.Library;
using Cms.Media.Rights;
using Cms.People;

namespace Cms.Media;

[MutationType]
public static class MediaMutations
{
    /// <summary>Creates an upload. Send the file to the returned URL, then call commitMediaUpload.</summary>
    [Authorize(Policies.Author)]
    [Payload("upload")]
    [Errors<ImageEmpty, MediaTooLarge>]
    public static Task<Result<OpenUpload>> CreateMediaUploadAsync(
        CreateMediaUploadInput input,
        Viewer viewer,
        [Service] CreateMediaUpload operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Creates an image in the library from an uploaded file. Committing the same upload again returns the same image.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("media", Words = "image")]
    [Errors<MediaUploadNotFound, MediaUploadOver, MediaNotReceived, MediaSwapped, MediaTooLarge, MediaBusy>]
    [Errors<ImageEmpty, NotAnImage, ImageIsHeic, ImageTooManyPixels, ImageSideTooLong>]
    [Errors<ImageTooDeep, ImageDamaged, ImageTooSlow, ImagesBusy>]
    public static Task<Result<MediaAsset>> CommitMediaUploadAsync(
        CommitMediaUploadInput input,
        Viewer viewer,
        [Service] CommitMediaUpload operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Replaces the file of an image. The image's id, description and rights stay the same; its URLs change.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("media", Words = "image")]
    [Errors<MediaNotFound, VersionConflict>]
    [Errors<MediaUploadNotFound, MediaUploadOver, MediaNotReceived, MediaSwapped, MediaTooLarge, MediaBusy>]
    [Errors<ImageEmpty, NotAnImage, ImageIsHeic, ImageTooManyPixels, ImageSideTooLong>]
    [Errors<ImageTooDeep, ImageDamaged, ImageTooSlow, ImagesBusy>]
    public static Task<Result<MediaAsset>> ReplaceMediaFileAsync(
        ReplaceMediaFileInput input,
        Viewer viewer,
        [Service] ReplaceMediaFile operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Saves an image's description, folder and tags. Authors can change an image that they uploaded, but only while it
    /// is not public; editors can change every image.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("media", Words = "image")]
    [Errors<MediaNotFound, VersionConflict, MediaIsPublic>]
    [Errors<TextTooLong, AltOfDecorative, FocalPointOutside, FolderMalformed, TooMany, TagNotFound>]
    public static Task<Result<MediaAsset>> SaveMediaAsync(
        SaveMediaInput input,
        Viewer viewer,
        [Service] SaveMedia operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Saves the rights in an image: whom to credit, and how, where and when the image may be used.</summary>
    [Authorize(Policies.Editor)]
    [Payload("media", Words = "image")]
    [Errors<MediaNotFound, VersionConflict, ImageAlreadyPublic>]
    [Errors<TextTooLong, UrlMalformed, TerritoryMalformed, RightsEndTooEarly, SubstituteUnsuitable>]
    public static Task<Result<MediaAsset>> SaveMediaRightsAsync(
        SaveMediaRightsInput input,
        Viewer viewer,
        [Service] SaveMediaRights operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Deletes an image from the library. An image that is in use cannot be deleted.</summary>
    [Authorize(Policies.Editor)]
    [Payload("media", Words = "image")]
    [Errors<MediaNotFound, VersionConflict, MediaInUse>]
    public static Task<Result<MediaAsset>> DeleteMediaAsync(
        DeleteMediaInput input,
        Viewer viewer,
        [Service] DeleteMedia operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
