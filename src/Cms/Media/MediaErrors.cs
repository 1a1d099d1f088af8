using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Intake;

namespace Cms.Media;

/// <summary>There is no such image.</summary>
/// <param name="MediaId">The id asked for.</param>
public sealed record MediaNotFound(MediaId MediaId)
    : UserError("There is no such image in the library. Choose one from it, or upload it.");

/// <summary>There is no such upload, or none of yours.</summary>
/// <param name="UploadId">The id asked for.</param>
public sealed record MediaUploadNotFound(MediaUploadId UploadId)
    : UserError("There is no such upload. Create one with createMediaUpload, and send the file to its address.");

/// <summary>The upload was left too long, or its file was refused before.</summary>
/// <param name="UploadId">The upload.</param>
public sealed record MediaUploadOver(MediaUploadId UploadId)
    : UserError("This upload is over. Create a new one, and send the file again.");

/// <summary>The file has not come yet.</summary>
/// <param name="UploadId">The upload.</param>
public sealed record MediaNotReceived(MediaUploadId UploadId)
    : UserError("The file has not arrived. Make sure it is sent whole to the upload's address, then commit again.");

/// <summary>Another file took the place of the one that was looked at.</summary>
/// <param name="UploadId">The upload.</param>
public sealed record MediaSwapped(MediaUploadId UploadId)
    : UserError("The file was changed while it was looked at. Make sure it is sent once, then commit again.");

/// <summary>The file is larger than it may be.</summary>
/// <param name="Bytes">How large it is said to be.</param>
/// <param name="Limit">How large it may be.</param>
public sealed record MediaTooLarge(int Bytes, int Limit)
    : UserError($"An image has {Limit / 1_000_000} MB at most. Make it smaller, then upload it.");

/// <summary>A request that takes one file holds several.</summary>
public sealed record SeveralFiles()
    : UserError("The form holds several files, and none was kept. Upload one file with each request.");

/// <summary>The same file is being removed from the store just now.</summary>
public sealed record MediaBusy()
    : UserError("The same file is just being removed from the store. Leave it a minute, then commit again.");

/// <summary>A folder is not written as the library writes them.</summary>
/// <param name="Folder">What was written.</param>
public sealed record FolderMalformed(string Folder)
    : UserError("Write the folder as words in lower case with hyphens, a slash between levels: events/2026.");

/// <summary>The focal point lies outside the image.</summary>
public sealed record FocalPointOutside()
    : UserError("Give the focal point as parts of the width and the height, each from 0 to 1.");

/// <summary>A decorative image says nothing.</summary>
public sealed record AltOfDecorative()
    : UserError("A decorative image has no alternative text. Leave out one of the two.");

/// <summary>A territory is not written as a country code.</summary>
public sealed record TerritoryMalformed()
    : UserError("Write each territory as two capital letters (ISO 3166-1): GB, DE, BR.");

/// <summary>The rights end before they begin.</summary>
public sealed record RightsEndTooEarly()
    : UserError("The rights would end before they begin. Correct validFrom or expiresAt.");

/// <summary>What shall stand in when the rights have ended cannot.</summary>
/// <param name="MediaId">The image asked for.</param>
public sealed record SubstituteUnsuitable(MediaId MediaId)
    : UserError(
        "A substitute is another image that is described, credited, not held back and not replaced in turn. Choose one that is."
    );

/// <summary>Readers see the image already, and what they see is for editors to change.</summary>
/// <param name="MediaId">The image.</param>
public sealed record MediaIsPublic(MediaId MediaId)
    : UserError("Readers see this image already. Leave the change to an editor.");

/// <summary>Readers see the image already, or are to see it in another's stead: rights that begin later would not hide it.</summary>
/// <param name="MediaId">The image.</param>
public sealed record ImageAlreadyPublic(MediaId MediaId)
    : UserError(
        "Readers see this image already, or are to see it in another's stead, and rights that begin later would hide nothing. Withdraw what shows it first, or set expiresAt to stop showing it."
    );

/// <summary>Something still shows the image.</summary>
/// <param name="MediaId">The image.</param>
/// <param name="Uses">What shows it, one line each; where there are very many, the first of them.</param>
public sealed record MediaInUse(MediaId MediaId, IReadOnlyList<string> Uses)
    : UserError($"The image is still shown by {string.Join(", ", Uses)}. Remove it there first.");

/// <summary>An image that readers are to see says nothing to those who do not see it.</summary>
/// <param name="MediaId">The image.</param>
public sealed record ImageAltMissing(MediaId MediaId)
    : UserError("An image has neither an alternative text nor is it marked as decorative. Add one of the two.");

/// <summary>Nobody is named for an image that readers are to see.</summary>
/// <param name="MediaId">The image.</param>
public sealed record ImageCreditMissing(MediaId MediaId)
    : UserError("An image names nobody who made it. Add a credit line or a creator to its rights.");

/// <summary>The rights in an image have ended by the time at which readers would see it.</summary>
/// <param name="MediaId">The image.</param>
/// <param name="ExpiredAt">When they ended.</param>
public sealed record ImageRightsExpired(MediaId MediaId, DateTimeOffset ExpiredAt)
    : UserError(
        $"The rights in an image reach no further than {ExpiredAt.InWords()}. Choose another image, or renew its rights."
    );

/// <summary>The rights in an image have not begun by the time at which readers would see it.</summary>
/// <param name="MediaId">The image.</param>
/// <param name="ValidFrom">When they begin.</param>
public sealed record ImageRightsNotBegun(MediaId MediaId, DateTimeOffset ValidFrom)
    : UserError($"The rights in an image begin on {ValidFrom.InWords()}. Choose another image, or publish later.");
