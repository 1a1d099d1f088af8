using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Intake;
using Cms.Media.Library;

namespace Cms.Media;

/// <summary>There is no image with this id in the library, or you cannot change it.</summary>
/// <param name="MediaId">The id from the request.</param>
public sealed record MediaNotFound(MediaId MediaId)
    : UserError("The library has no such image. Choose another image, or upload this one.");

/// <summary>You have no upload with this id.</summary>
/// <param name="UploadId">The id from the request.</param>
public sealed record MediaUploadNotFound(MediaUploadId UploadId)
    : UserError("There is no such upload. Create one with createMediaUpload, and send the file to its URL.");

/// <summary>The upload has expired, or its file was rejected.</summary>
/// <param name="UploadId">The upload's id.</param>
public sealed record MediaUploadOver(MediaUploadId UploadId)
    : UserError("This upload has ended. Create a new one, and send the file again.");

/// <summary>The upload's file has not arrived.</summary>
/// <param name="UploadId">The upload's id.</param>
public sealed record MediaNotReceived(MediaUploadId UploadId)
    : UserError("The file has not arrived. Send it completely to the upload's URL, then commit again.");

/// <summary>The file was replaced while it was being inspected.</summary>
/// <param name="UploadId">The upload's id.</param>
public sealed record MediaSwapped(MediaUploadId UploadId)
    : UserError("The file was changed while it was being inspected. Send it only once, then commit again.");

/// <summary>The file is too large.</summary>
/// <param name="Bytes">The size, in bytes, if it is known before the file is read; otherwise the limit plus 1.</param>
/// <param name="Limit">The maximum size, in bytes.</param>
public sealed record MediaTooLarge(int Bytes, int Limit)
    : UserError($"An image must not exceed {Limit / 1_000_000} MB. Make it smaller, then upload it.");

/// <summary>The request contains several files, but only one is accepted.</summary>
public sealed record SeveralFiles()
    : UserError("The form contains several files, and none was saved. Upload one file with each request.");

/// <summary>A stored file with the same content is currently being deleted.</summary>
public sealed record MediaBusy() : UserError("The same file is being deleted. Wait a minute, then commit again.");

/// <summary>The folder is not in the required format.</summary>
/// <param name="Folder">The folder from the request.</param>
public sealed record FolderMalformed(string Folder)
    : UserError("Write the folder as lower-case words with hyphens, and separate levels with slashes: events/2026.");

/// <summary>The focal point is outside the image.</summary>
public sealed record FocalPointOutside()
    : UserError("Give the focal point as fractions of the width and the height, each from 0 to 1.");

/// <summary>A decorative image must not have alternative text.</summary>
public sealed record AltOfDecorative()
    : UserError(
        "A decorative image must not have alternative text. Remove the text, or mark the image as not decorative."
    );

/// <summary>A territory is not a two-letter country code, or there are more than 250 territories.</summary>
public sealed record TerritoryMalformed()
    : UserError(
        "Write each territory as a two-letter country code in capitals (ISO 3166-1): GB, DE, BR. Give at most 250."
    );

/// <summary>The rights end before they begin, or at the same time.</summary>
public sealed record RightsEndTooEarly()
    : UserError("The rights would end before they begin. Correct validFrom or expiresAt.");

/// <summary>The chosen image cannot be a substitute.</summary>
/// <param name="MediaId">The id of the chosen image.</param>
public sealed record SubstituteUnsuitable(MediaId MediaId)
    : UserError(
        "A substitute must be a different image that has a credit and, unless it is decorative, alternative text. Its rights must have begun and must not end, and it must not have a substitute. Choose such an image."
    );

/// <summary>The image is public, so only an editor can change it.</summary>
/// <param name="MediaId">The image's id.</param>
public sealed record MediaIsPublic(MediaId MediaId) : UserError("This image is public. Ask an editor to change it.");

/// <summary>
/// The image is public or is a substitute for another image, so its rights cannot be changed to begin later.
/// </summary>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageAlreadyPublic(MediaId MediaId)
    : UserError(
        "This image is public or is a substitute, so a later validFrom would not hide it. Remove it where it is shown, or set expiresAt."
    );

/// <summary>The image is still in use.</summary>
/// <param name="MediaId">The image's id.</param>
/// <param name="Uses">Descriptions of the uses, at most 10.</param>
/// <param name="Users">The uses, each with the id of what uses the image.</param>
public sealed record MediaInUse(MediaId MediaId, IReadOnlyList<string> Uses, IReadOnlyList<MediaUsage> Users)
    : UserError($"The image is still used by {string.Join(", ", Uses)}. Remove it there first.");

/// <summary>An image to be published has no alternative text and is not marked as decorative.</summary>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageAltMissing(MediaId MediaId)
    : UserError(
        "An image has no alternative text and is not marked as decorative. Add the text, or mark it as decorative."
    );

/// <summary>An image to be published has no credit.</summary>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageCreditMissing(MediaId MediaId)
    : UserError("An image has no credit. Add a credit line or a creator to its rights.");

/// <summary>The rights in an image end before the time of publication.</summary>
/// <param name="MediaId">The image's id.</param>
/// <param name="ExpiredAt">When the rights end.</param>
public sealed record ImageRightsExpired(MediaId MediaId, DateTimeOffset ExpiredAt)
    : UserError($"The rights in an image end on {ExpiredAt.InWords()}. Choose another image, or renew its rights.");

/// <summary>The rights in an image begin after the time of publication.</summary>
/// <param name="MediaId">The image's id.</param>
/// <param name="ValidFrom">When the rights begin.</param>
public sealed record ImageRightsNotBegun(MediaId MediaId, DateTimeOffset ValidFrom)
    : UserError($"The rights in an image begin on {ValidFrom.InWords()}. Choose another image, or publish later.");
