using Cms.GraphQL;

namespace Cms.Media.Images;

/// <summary>The file has no bytes.</summary>
public sealed record ImageEmpty() : UserError("The file is empty. Choose the file again, and upload it.");

/// <summary>The file is no image of a kind that is taken, whatever it is called.</summary>
public sealed record NotAnImage()
    : UserError("The file is not an image that can be taken. Upload a JPEG, PNG, WebP, AVIF or GIF.");

/// <summary>The file is a HEIC, which browsers do not show.</summary>
public sealed record ImageIsHeic()
    : UserError("The file is a HEIC, as telephones keep photographs. Save it as a JPEG, then upload that.");

/// <summary>The image has more pixels than it may have.</summary>
/// <param name="Width">How wide it is, in pixels.</param>
/// <param name="Height">How high it is, in pixels.</param>
/// <param name="Frames">How many pictures it has.</param>
/// <param name="LimitMegapixels">How many million pixels it may have, of all its pictures together.</param>
public sealed record ImageTooManyPixels(int Width, int Height, int Frames, int LimitMegapixels)
    : UserError(
        LimitMegapixels < ImageLimits.MaxMegapixels
            ? $"An image that must be read whole has {LimitMegapixels} million pixels at most: a WebP, an AVIF, and what is interlaced or progressive. Make it smaller or save it as a plain JPEG, then upload it."
            : $"An image has {LimitMegapixels} million pixels at most, all its pictures together. Make it smaller, then upload it."
    );

/// <summary>A side of the image is longer than it may be.</summary>
/// <param name="Width">How wide it is, in pixels.</param>
/// <param name="Height">How high it is, in pixels.</param>
/// <param name="Limit">How many pixels a side may have.</param>
public sealed record ImageSideTooLong(int Width, int Height, int Limit)
    : UserError($"An image has {Limit} pixels a side at most. Make it smaller, then upload it.");

/// <summary>The image takes more memory than it may, because each of its pixels does.</summary>
public sealed record ImageTooDeep()
    : UserError("The image has too much in each pixel for its size. Save it with 8 bits a channel, then upload it.");

/// <summary>The image cannot be read to its end.</summary>
public sealed record ImageDamaged()
    : UserError("The image is damaged or cut off. Save it again where it was made, then upload it.");

/// <summary>The image took longer to read, or to make in another size, than it may.</summary>
public sealed record ImageTooSlow()
    : UserError("The image takes too long to read. Save it again in a plainer way, such as a JPEG, then upload it.");

/// <summary>As many images are being worked on as can be.</summary>
public sealed record ImagesBusy()
    : UserError("As many images are being worked on as can be. Try again in a few seconds.");
