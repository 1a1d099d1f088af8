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
    /// <summary>Opens a way for a file: send it to the address given, then commit the upload.</summary>
    [Authorize(Policies.Author)]
    [Payload("upload")]
    [Errors<ImageEmpty, MediaTooLarge>]
    public static Task<Result<OpenUpload>> CreateMediaUploadAsync(
        CreateMediaUploadInput input,
        Viewer viewer,
        [Service] CreateMediaUpload operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Makes an image of the library of a file that was sent. Committing again gives the same image.</summary>
    [Authorize(Policies.Author)]
    [Payload("media")]
    [Errors<MediaUploadNotFound, MediaUploadOver, MediaNotReceived, MediaSwapped, MediaTooLarge, MediaBusy>]
    [Errors<ImageEmpty, NotAnImage, ImageIsHeic, ImageTooManyPixels, ImageSideTooLong>]
    [Errors<ImageTooDeep, ImageDamaged, ImageTooSlow, ImagesBusy>]
    public static Task<Result<MediaAsset>> CommitMediaUploadAsync(
        CommitMediaUploadInput input,
        Viewer viewer,
        [Service] CommitMediaUpload operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Gives an image another file. It keeps its id, its words and its rights; its addresses change.</summary>
    [Authorize(Policies.Editor)]
    [Payload("media")]
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

    /// <summary>Says what an image shows and where it lies. An author describes what they uploaded until readers see it, an editor anything.</summary>
    [Authorize(Policies.Author)]
    [Payload("media")]
    [Errors<MediaNotFound, VersionConflict, MediaIsPublic>]
    [Errors<TextTooLong, AltOfDecorative, FocalPointOutside, FolderMalformed, TooMany, TagNotFound>]
    public static Task<Result<MediaAsset>> SaveMediaAsync(
        SaveMediaInput input,
        Viewer viewer,
        [Service] SaveMedia operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Says who is to be named for an image and what may be done with it, where and when.</summary>
    [Authorize(Policies.Editor)]
    [Payload("media")]
    [Errors<MediaNotFound, VersionConflict, ImageAlreadyPublic>]
    [Errors<TextTooLong, UrlMalformed, TerritoryMalformed, RightsEndTooEarly, SubstituteUnsuitable>]
    public static Task<Result<MediaAsset>> SaveMediaRightsAsync(
        SaveMediaRightsInput input,
        Viewer viewer,
        [Service] SaveMediaRights operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Takes an image out of the library, unless something shows it.</summary>
    [Authorize(Policies.Editor)]
    [Payload("media")]
    [Errors<MediaNotFound, VersionConflict, MediaInUse>]
    public static Task<Result<MediaAsset>> DeleteMediaAsync(
        DeleteMediaInput input,
        Viewer viewer,
        [Service] DeleteMedia operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
