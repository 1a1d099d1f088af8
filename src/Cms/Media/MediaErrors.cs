using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Intake;

namespace Cms.Media;

/// <summary>There is no image with this id in the library.</summary>
/// <param name="MediaId">The id from the request.</param>
public sealed record MediaNotFound(MediaId MediaId)
    : UserError("There is no such image in the library. Choose one from it, or upload it.");

/// <summary>You have no upload with this id.</summary>
/// <param name="UploadId">The id from the request.</param>
public sealed record MediaUploadNotFound(MediaUploadId UploadId)
    : UserError("There is no such upload. Create one with createMediaUpload, and send the file to its address.");

/// <summary>The upload has expired, or its file was rejected.</summary>
/// <param name="UploadId">The upload's id.</param>
public sealed record MediaUploadOver(MediaUploadId UploadId)
    : UserError("This upload is over. Create a new one, and send the file again.");

/// <summary>The upload's file has not arrived.</summary>
/// <param name="UploadId">The upload's id.</param>
public sealed record MediaNotReceived(MediaUploadId UploadId)
    : UserError("The file has not arrived. Make sure it is sent whole to the upload's address, then commit again.");

/// <summary>The file was replaced while it was being inspected.</summary>
/// <param name="UploadId">The upload's id.</param>
public sealed record MediaSwapped(MediaUploadId UploadId)
    : UserError("The file was changed while it was looked at. Make sure it is sent once, then commit again.");

/// <summary>The file is too large.</summary>
/// <param name="Bytes">The declared size, in bytes; for a file that was sent, the limit plus 1.</param>
/// <param name="Limit">The maximum size, in bytes.</param>
public sealed record MediaTooLarge(int Bytes, int Limit)
    : UserError($"An image has {Limit / 1_000_000} MB at most. Make it smaller, then upload it.");

/// <summary>A request that accepts one file contains several.</summary>
public sealed record SeveralFiles()
    : UserError("The form holds several files, and none was kept. Upload one file with each request.");

/// <summary>The same file is currently being removed from the store.</summary>
public sealed record MediaBusy()
    : UserError("The same file is just being removed from the store. Leave it a minute, then commit again.");

/// <summary>The folder is not written in the required form.</summary>
/// <param name="Folder">The folder from the request.</param>
public sealed record FolderMalformed(string Folder)
    : UserError("Write the folder as words in lower case with hyphens, a slash between levels: events/2026.");

/// <summary>The focal point is outside the image.</summary>
public sealed record FocalPointOutside()
    : UserError("Give the focal point as parts of the width and the height, each from 0 to 1.");

/// <summary>A decorative image must not have alternative text.</summary>
public sealed record AltOfDecorative()
    : UserError("A decorative image has no alternative text. Leave out one of the two.");

/// <summary>A territory is not a two-letter country code, or there are more than 250 territories.</summary>
public sealed record TerritoryMalformed()
    : UserError("Write each territory as two capital letters (ISO 3166-1): GB, DE, BR.");

/// <summary>The rights end before they begin.</summary>
public sealed record RightsEndTooEarly()
    : UserError("The rights would end before they begin. Correct validFrom or expiresAt.");

/// <summary>The chosen image cannot be a substitute.</summary>
/// <param name="MediaId">The id of the chosen image.</param>
public sealed record SubstituteUnsuitable(MediaId MediaId)
    : UserError(
        "A substitute is another image that is described, credited, not held back and not replaced in turn. Choose one that is."
    );

/// <summary>The image is public, so only an editor can change it.</summary>
/// <param name="MediaId">The image's id.</param>
public sealed record MediaIsPublic(MediaId MediaId)
    : UserError("Readers see this image already. Leave the change to an editor.");

/// <summary>
/// The image is public or is a substitute for another image. Rights that begin later would not hide it.
/// </summary>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageAlreadyPublic(MediaId MediaId)
    : UserError(
        "Readers see this image already, or are to see it in another's stead, and rights that begin later would hide nothing. Withdraw what shows it first, or set expiresAt to stop showing it."
    );

/// <summary>Something still shows the image.</summary>
/// <param name="MediaId">The image's id.</param>
/// <param name="Uses">What shows the image, one entry each; at most 10.</param>
public sealed record MediaInUse(MediaId MediaId, IReadOnlyList<string> Uses)
    : UserError($"The image is still shown by {string.Join(", ", Uses)}. Remove it there first.");

/// <summary>An image to be published has no alternative text and is not marked as decorative.</summary>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageAltMissing(MediaId MediaId)
    : UserError("An image has neither an alternative text nor is it marked as decorative. Add one of the two.");

/// <summary>An image to be published has no credit.</summary>
/// <param name="MediaId">The image's id.</param>
public sealed record ImageCreditMissing(MediaId MediaId)
    : UserError("An image names nobody who made it. Add a credit line or a creator to its rights.");

/// <summary>The rights in an image have ended by the time of publication.</summary>
/// <param name="MediaId">The image's id.</param>
/// <param name="ExpiredAt">When the rights end.</param>
public sealed record ImageRightsExpired(MediaId MediaId, DateTimeOffset ExpiredAt)
    : UserError(
        $"The rights in an image reach no further than {ExpiredAt.InWords()}. Choose another image, or renew its rights."
    );

/// <summary>The rights in an image have not begun by the time of publication.</summary>
/// <param name="MediaId">The image's id.</param>
/// <param name="ValidFrom">When the rights begin.</param>
public sealed record ImageRightsNotBegun(MediaId MediaId, DateTimeOffset ValidFrom)
    : UserError($"The rights in an image begin on {ValidFrom.InWords()}. Choose another image, or publish later.");
